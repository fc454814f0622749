"""What a handover sheet holds: plain frozen shapes that every form (xlsx, html, md, json, text) renders.

The fields of SheetContent stand in the order in which the relief needs them. Every open item stands exactly once, in
one of ``first``, ``callbacks``, ``complaints``, ``repairs``, ``open`` and ``long_open``, each sorted by severity, then
overdue, then due time. Strings are what users wrote (phone numbers masked already where the desk says so); Text is
ours, to be said in the language spoken. An empty tuple is a section that says 无. All times are wall times of the desk.
"""

from dataclasses import dataclass
from datetime import date, datetime

from cstools.handover.words import Severity, Stage, State, Status
from cstools.language import Text


@dataclass(frozen=True, slots=True)
class Who:
    """A person by number and name; ``posts`` and ``leader`` where they are on one of the two shifts."""

    number: str
    name: str
    posts: tuple[str, ...] = ()
    leader: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A shift of the change, on its day: ``starts`` and ``ends`` are clock times, 24:00 being the next midnight."""

    day: date
    code: str
    name: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Header:
    """Which change it is.

    ``at`` is its clock time and ``sheet_due`` when the sheet is due and the relief arrives. ``outgoing`` is empty where
    no roster says who was there (``rostered`` is False then: a red sheet); ``relief`` is empty where none is known.
    ``written``: the two shifts don't meet, so the relief accepts at its start. ``made_late``: 补生成, made only after
    the next change. ``signed_late``: 延迟交接.
    Without ``begun`` nothing was ever recorded, so that nobody knows whether anything is open.
    """

    team: str
    outgoing: tuple[ShiftLine, ...]
    relief: tuple[ShiftLine, ...]
    at: datetime
    sheet_due: datetime
    outgoing_people: tuple[Who, ...]
    relief_people: tuple[Who, ...]
    written: bool
    rostered: bool
    frozen: bool
    made_late: bool
    signed_late: bool
    state: State
    zone: str = "Asia/Shanghai"  # whose clock all times are by
    begun: bool = True


@dataclass(frozen=True)  # made quickly
class ItemLine:
    """An open item, or one closed in this shift.

    ``due`` is when it is overdue, ``warn`` when to begin to worry; ``days`` its age in days and ``today`` 当日未结:
    opened on the day of the outgoing shift and still open. ``missing``: labels of what its type still needs (缺).
    ``late_entry``: 补录. ``restate``: the relief restates it in a box. ``reason``: why it is left open (特殊情况).
    ``receiver``: who owns it once this change is signed.
    """

    number: int
    kind: str
    severity: Severity
    title: str
    owner: Who
    status: Status
    stage: Stage
    opened: datetime
    days: int
    today: bool
    due: datetime | None = None
    warn: datetime | None = None
    promised: datetime | None = None
    receiver: Who | None = None
    cause: str = ""
    course: str = ""
    result: str = ""
    advice: str = ""
    wording: str = ""
    reason: str = ""
    progress: str = ""
    liable: tuple[Who, ...] = ()
    target: str = ""
    customer: str = ""
    grade: str = ""
    reference: str = ""
    contact: str = ""
    address: str = ""
    attachments: tuple[str, ...] = ()
    accepted_by: Who | None = None
    accepted_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    escalate_to: str = ""
    consequence: str = ""
    missing: tuple[Text, ...] = ()
    late_entry: bool = False
    restate: bool = False


@dataclass(frozen=True, slots=True)
class GateLine:
    """A gate and why it is shut; no reasons: it is open. ``overridden`` tells which supervisor passed it, and why."""

    name: str
    label: Text
    reasons: tuple[Text, ...]
    overridden: Text | None = None


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A standing order of a superior, carried until it is revoked or its last day is over."""

    number: int
    text: str
    given_by: str
    since: date
    until: date | None = None
    new: bool = False  # given in the outgoing shift


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice, change of business, promotion or agreed wording; ``unread`` of those who come on now."""

    number: int
    kind: str
    text: str
    since: date
    until: date | None = None
    read: tuple[Who, ...] = ()
    unread: tuple[Who, ...] = ()
    expiring: bool = False  # its last day is the relief's, or before it
    new: bool = False


@dataclass(frozen=True, slots=True)
class EquipmentLine:
    """A machine, line or system as last recorded. ``fault`` and ``moving`` (starting or stopping) are to be seen."""

    name: str
    state: str
    fault: bool
    moving: bool
    at: datetime
    by: str
    note: str = ""
    test: str = ""
    tested_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A change of the roster, a leave, an absence or a lateness that touches one of the two shifts.

    ``until`` is the last day of a leave; ``alarm``: somebody on leave is still rostered.
    """

    what: Text
    person: Who
    day: date
    note: str = ""
    until: date | None = None
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A line of a checklist. ``at`` is its clock time where it has one; ``done`` and what came of it where ticked."""

    text: str
    at: datetime | None = None
    done: datetime | None = None
    by: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class ThingLine:
    """A shared thing: how many there should be, how many were counted in this shift (None: not yet), who has it."""

    name: str
    expected: int
    counted: int | None = None
    counted_by: str = ""
    counted_at: datetime | None = None
    holder: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One number of a daily report, such as 总订单量."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Report:
    """The figures that a shift left; ``day`` and ``shift`` say whose."""

    day: date
    shift: str
    by: str
    figures: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A signature or a refusal. ``side`` is "out", "in" or "refused"; ``late``: 延迟交接."""

    side: str
    person: Who
    at: datetime
    note: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class SupplementLine:
    """What was added to a signed sheet, and who signed it; both sides must."""

    number: int
    text: str
    by: str
    at: datetime
    signed: tuple[Who, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class SheetContent:
    """One handover sheet, whole."""

    header: Header
    gates: tuple[GateLine, ...] = ()
    first: tuple[ItemLine, ...] = ()
    callbacks: tuple[ItemLine, ...] = ()
    complaints: tuple[ItemLine, ...] = ()
    repairs: tuple[ItemLine, ...] = ()
    open: tuple[ItemLine, ...] = ()
    resolved: tuple[ItemLine, ...] = ()  # 重大 or worse, closed in this shift
    orders: tuple[OrderLine, ...] = ()
    notices: tuple[NoticeLine, ...] = ()
    equipment: tuple[EquipmentLine, ...] = ()
    staff: tuple[StaffLine, ...] = ()
    tasks: tuple[CheckLine, ...] = ()  # timed tasks of the relief's shift
    opening: tuple[CheckLine, ...] = ()  # the relief's
    closing: tuple[CheckLine, ...] = ()  # the outgoing shift's
    seats: tuple[Text, ...] = ()  # a line for each seat without a successor (电话挂起)
    things: tuple[ThingLine, ...] = ()
    figures: Report | None = None  # of the outgoing shift
    last_report: Report | None = None  # last evening's, on the morning sheet
    long_open: tuple[ItemLine, ...] = ()  # for the supervisor
    signatures: tuple[SignatureLine, ...] = ()
    supplements: tuple[SupplementLine, ...] = ()
    checksum: str = ""  # of a signed sheet, SHA-256 in hexadecimal

    @property
    def items(self) -> tuple[ItemLine, ...]:
        """Every open item on the sheet, each once."""
        return (*self.first, *self.callbacks, *self.complaints, *self.repairs, *self.open, *self.long_open)
