"""Duties and attendance as hours at 100, 150, 200 and 300 %."""

from cstools.hours.counting import Cycle, count_hours
from cstools.hours.worked import Hours, Rate, Warned, Worked

__all__ = ["Cycle", "Hours", "Rate", "Warned", "Worked", "count_hours"]
