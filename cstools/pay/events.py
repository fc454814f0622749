"""What happened and may count for pay: complaints, fines, exams, call-backs, praise, damages, manual lines.

Some stand in sheet 事件, some come from the handover book, and some are read out of attendance (late, absent, missing
punch, not online). Which of them cost or bring what is a desk's table 奖惩标准, not theirs.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a time (midnight where only the day is known).

    ``kind`` is the desk's word for it (投诉, 迟到, 考试); ``people`` are those it names, by number: none where it falls
    on everybody on duty. ``quantity`` is how many, how many minutes or which mark; ``amount`` yuan, where it has one.
    """

    kind: str
    at: datetime
    people: tuple[str, ...] = ()
    quantity: Decimal | None = None
    amount: Decimal | None = None
    reason: str = ""
    approved_by: str = ""
    source: str = ""

    @property
    def day(self) -> date:
        """The day it happened."""
        return self.at.date()
