"""The few fixed words of the handover: how grave, in which state, how near its time; each with its label."""

import enum
from typing import Final

from cstools.language import Text, mark


class Severity(enum.Enum):
    """一般 / 重大 / 紧急 (000-031, 003-015); ``rank`` grows with it."""

    ORDINARY = "ordinary"
    MAJOR = "major"
    URGENT = "urgent"

    def __init__(self, _: str) -> None:
        self.rank = len(type(self).__members__)  # 0 for the least
        self.grave = self.rank > 0  # 重大 or worse: it shuts the gate, and its box is restated by the relief

    @property
    def text(self) -> Text:
        """As users read it."""
        return Text(SEVERITIES[self])


class Status(enum.Enum):
    """Where an item stands. SOLVED still waits for somebody's confirmation; only CLOSED leaves the book's open part."""

    WAITING = "waiting"
    WORKING = "working"
    CUSTOMER = "customer"
    DEPARTMENT = "department"
    SOLVED = "solved"
    CLOSED = "closed"

    @property
    def text(self) -> Text:
        """As users read it."""
        return Text(STATUSES[self])


class Stage(enum.Enum):
    """How near an item's time is."""

    CALM = "calm"
    WARNED = "warned"
    OVERDUE = "overdue"

    def __init__(self, _: str) -> None:
        self.rank = len(type(self).__members__)  # 0 for the calmest


class State(enum.Enum):
    """Where a sheet stands: 草稿 → 待接 → 已接 or 拒接."""

    DRAFT = "draft"
    SIGNED_OUT = "signed_out"
    ACCEPTED = "accepted"
    REFUSED = "refused"

    @property
    def text(self) -> Text:
        """As users read it."""
        return Text(STATES[self])


class Part(enum.Enum):
    """The part of the sheet in which a type's open items stand."""

    OPEN = "open"
    COMPLAINTS = "complaints"
    CALLBACKS = "callbacks"
    REPAIRS = "repairs"


SEVERITIES: Final = {
    Severity.ORDINARY: mark("ordinary"),
    Severity.MAJOR: mark("major"),
    Severity.URGENT: mark("urgent"),
}
STATUSES: Final = {
    Status.WAITING: mark("to do"),
    Status.WORKING: mark("in hand"),
    Status.CUSTOMER: mark("waits for the customer"),
    Status.DEPARTMENT: mark("waits for others"),
    Status.SOLVED: mark("solved"),
    Status.CLOSED: mark("closed"),
}
STATES: Final = {
    State.DRAFT: mark("draft"),
    State.SIGNED_OUT: mark("to be accepted"),
    State.ACCEPTED: mark("accepted"),
    State.REFUSED: mark("refused"),
}
PARTS: Final = {
    Part.OPEN: mark("open matters"),
    Part.COMPLAINTS: mark("complaints and suggestions"),
    Part.CALLBACKS: mark("callbacks and messages"),
    Part.REPAIRS: mark("repairs"),
}


class Equipment(enum.Enum):
    """How a machine, a line or a system is."""

    FINE = "fine"
    FAULT = "fault"
    STARTING = "starting"
    STOPPING = "stopping"
    REPAIR = "repair"
    OFF = "off"

    @property
    def text(self) -> Text:
        """As users read it."""
        return Text(EQUIPMENT[self])


EQUIPMENT: Final = {
    Equipment.FINE: mark("in order"),
    Equipment.FAULT: mark("faulty"),
    Equipment.STARTING: mark("starting up"),
    Equipment.STOPPING: mark("shutting down"),
    Equipment.REPAIR: mark("under repair"),
    Equipment.OFF: mark("out of use"),
}
MOVING: Final = frozenset({Equipment.STARTING, Equipment.STOPPING})
BROKEN: Final = frozenset({Equipment.FAULT, Equipment.REPAIR})
