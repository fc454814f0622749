"""The two desks that pay reads: the clerk's own, and the team lead's, which is only read."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from cstools.attendance import AttendanceSettings
from cstools.desk import SETTINGS, Desk, NoDesk, Sheets
from cstools.desk.settings import read_settings
from cstools.errors import BadInput, CstoolsError, Fault, Refused, Source
from cstools.language import Text
from cstools.orders import OrderSettings
from cstools.pay import witness
from cstools.pay.settings import PaySettings
from cstools.pay.sheets.employees import EMPLOYEES
from cstools.tables.grid import read_book

T = TypeVar("T")


@dataclass(frozen=True)
class PayDesk:
    """A pay desk with its own settings; ``roster`` is the roster desk it reads, None where it names none."""

    desk: Desk
    pay: PaySettings = field(default_factory=PaySettings)
    orders: OrderSettings = field(default_factory=OrderSettings)
    attendance: AttendanceSettings = field(default_factory=AttendanceSettings)
    roster: Desk | None = None

    @classmethod
    def of(cls, desk: Desk, faults: list[Fault]) -> "PayDesk":
        """A desk as a pay desk; what is wrong in its sections is added to ``faults``.

        Raises CstoolsError where it is none.
        """
        pay = _section(PaySettings, desk, "pay", faults)
        if not (desk.folder / pay.book).exists() and not desk.pays:
            raise CstoolsError(
                Text("{folder} is not a pay desk: it has no {file}", folder=str(desk.folder), file=pay.book),
                Text("make one: cstools init DIR --profile pay"),
            )
        orders = _section(OrderSettings, desk, "orders", faults)
        attendance = _section(AttendanceSettings, desk, "attendance", faults)
        return cls(desk, pay, orders, attendance, _roster_desk(desk, faults))

    @classmethod
    def ready(cls, desk: Desk) -> "PayDesk":
        """A desk as a pay desk whose settings are in order, and whose journal has lost nothing.

        Raises BadInput with everything wrong in its settings, Tampered for the journal.
        """
        faults: list[Fault] = []
        found = cls.of(desk, faults)
        if faults:
            raise BadInput(faults)
        told = witness.told(desk.folder)
        with desk.journal.reading() as pages:
            witness.confirm(told, pages)
        return found

    @property
    def folder(self) -> Path:
        """The pay desk's folder."""
        return self.desk.folder

    @property
    def output(self) -> Path:
        """Where registers and slips go."""
        return self.folder / self.pay.output

    def folder_for(self, asked: Path | None) -> Path:
        """The folder to write into: the one asked for, else the desk's. Refused where the team lead would read it."""
        found = asked or self.output
        if self.roster and found.resolve().is_relative_to(self.roster.folder.resolve()):
            raise Refused(
                Text("{folder} lies in the roster desk, where others read: pay is written elsewhere", folder=str(found))
            )
        return found

    def sheets(self, faults: list[Fault]) -> Sheets:
        """The sheets of its workbook; BadInput with all faults so far where it can't be read.

        Without a workbook, a csv file 人员.csv (and one for each other sheet) is enough.
        """
        bare = Sheets(None, self.folder)
        if not (self.folder / self.pay.book).exists() and bare.csv_files(EMPLOYEES):
            return bare
        try:
            return Sheets(read_book(self.folder / self.pay.book), self.folder)
        except BadInput as error:
            raise BadInput([*faults, *error.faults]) from error


def _section(shape: type[T], desk: Desk, name: str, faults: list[Fault]) -> T:
    values: Any = getattr(desk.settings, name)
    return read_settings(shape, values, faults, f"{name}.")


def _roster_desk(desk: Desk, faults: list[Fault]) -> Desk | None:
    named = desk.settings.roster_desk
    if not named:
        return None
    folder = (desk.folder / named).resolve()
    source = Source(SETTINGS, cell="roster_desk")
    if not (folder / SETTINGS).is_file():
        wrong = Text("no desk is there: {folder} has no {file}", folder=str(folder), file=SETTINGS)
        faults.append(Fault(source, named, wrong, Text("the folder of the roster desk, such as “../shop”")))
        return None
    try:
        return Desk.find(folder)
    except (BadInput, NoDesk) as error:
        faults.extend(getattr(error, "faults", ()))
        return None
