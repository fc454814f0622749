"""Duties and attendance as hours at 100, 150, 200 and 300 %."""

from cstools.hours.counting import count_hours
from cstools.hours.cycle import Cycle
from cstools.hours.kinds import Planned, called_in
from cstools.hours.worked import Hours, Rate, Warned, Worked

__all__ = ["Cycle", "Hours", "Planned", "Rate", "Warned", "Worked", "called_in", "count_hours"]
