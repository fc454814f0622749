"""Reading all of a desk's files into one result."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from cstools.errors import Fault, Source
from cstools.language import Text
from cstools.orders.chat_files import Silence, read_silence
from cstools.orders.files import UNKNOWN, newest_first, stamp
from cstools.orders.headers import Sheet, open_sheet, with_headers
from cstools.orders.item_files import ItemFiles, read_items
from cstools.orders.kinds import Judge, Kind, Table
from cstools.orders.ledger import Key, Ledger
from cstools.orders.look import Looker, excluded, silent
from cstools.orders.notes import Attribution
from cstools.orders.order_columns import FIELDS
from cstools.orders.order_file import Reading
from cstools.orders.order_rows import read_order_file
from cstools.orders.refund_files import RefundFiles, read_refunds
from cstools.orders.refunds import taken_back
from cstools.orders.report_files import read_report
from cstools.orders.result import Orders, Sales
from cstools.orders.sale import Conflict, State
from cstools.orders.settings import COUNTS, OrderSettings, undecided
from cstools.tables import kinds


@dataclass
class Shop:
    """A desk's files and settings, a period, and where to tell what is wrong or doubtful."""

    folder: Path
    settings: OrderSettings
    first: date
    last: date
    known: Container[str] | None
    faults: list[Fault]
    notes: list[Fault]

    def read(self) -> Orders:
        """All of them as one result."""
        settings = self.settings
        others = (*settings.items, *settings.refunds, *settings.report.files)
        paths = newest_first(self.folder, settings.files, but=others)
        reports = newest_first(self.folder, settings.report.files)
        totals = read_report(reports, settings.report, self.first, self.last, self.faults)
        if not paths and not reports:
            self._note(Text("there are no files of orders: {names}", names=settings.files))
        if paths and not settings.counts_on:
            return Orders(totals=totals, undecided=(COUNTS,))
        return replace(self._orders(paths), totals=totals) if paths else Orders(totals=totals)

    def _orders(self, paths: list[Path]) -> Orders:
        refunds = read_refunds(newest_first(self.folder, self.settings.refunds), self.settings, self.faults)
        orders = refunds.orders()
        items = read_items(newest_first(self.folder, self.settings.items), self.settings, orders, self.faults)
        chats, lists = (newest_first(self.folder, names) for names in (self.settings.chats, self.settings.silent))
        silence = read_silence(chats, lists, self.settings, self.faults)
        aliases = dict(items.subs)
        while True:
            faults: list[Fault] = []
            looker = Looker(
                Table(ask=silence.asks_buyers), orders | set(aliases.values()), items, silence, self.settings.counts_on
            )
            reading = self._read_files(paths, looker, faults)
            if reading.aliases.items() <= aliases.items():
                break
            aliases |= reading.aliases  # refunds of sub-orders: once more, keeping their orders this time
        self.faults += faults
        return self._result(reading, looker, refunds, aliases)

    def _read_files(self, paths: list[Path], looker: Looker, faults: list[Fault]) -> Reading:
        settings, table = self.settings, looker.table
        attribution = Attribution(settings, self.known)
        reading = Reading(
            settings, self.first.toordinal(), self.last.toordinal(), Ledger(table),
            lambda words: Judge(settings, attribution, words, table), looker.look, faults, looker.refunded,
        )  # fmt: skip
        fields = with_headers(FIELDS, settings.columns, required=(settings.counts_on,))
        sheets = [sheet for path in paths if (sheet := open_sheet(path, fields, faults))]
        for sheet in sorted(sheets, key=lambda sheet: _newness(sheet, faults), reverse=True):
            read_order_file(reading, sheet)
        return reading

    def _result(self, reading: Reading, looker: Looker, refunds: RefundFiles, aliases: Mapping[Key, Key]) -> Orders:
        ledger = reading.ledger
        _cut(ledger, looker.items)
        conflicts = [*refunds.conflicts, *ledger.conflicts, *_mark_silent(ledger, looker.silence)]
        back = [refund for refund in taken_back(ledger, refunds.refunds, aliases, conflicts)
                if self.first <= refund.day <= self.last]  # fmt: skip
        found = Orders(
            Sales(ledger, self.first, self.last),
            tuple(sorted(back, key=lambda one: (one.day, one.order, one.number))),
            conflicts=tuple(sorted(conflicts, key=lambda one: (one.number, repr(one.wrong)))),
        )
        ambiguous = any(group.facts.state is State.AMBIGUOUS for group in found.groups()) or any(
            refund.sale and refund.sale.state is State.AMBIGUOUS for refund in back
        )
        self._doubts(reading, looker)
        open_choices = undecided(self.settings, orders=True, ambiguous=ambiguous, repeated=reading.repeated)
        return replace(found, undecided=open_choices)

    def _doubts(self, reading: Reading, looker: Looker) -> None:
        """Notes on what the files leave open."""
        if reading.shown:
            key, source = min(reading.shown, key=lambda one: str(one[0]))
            wrong = Text("{count} orders show a refund that no file of refunds has, such as {number}",
                         count=len(reading.shown), number=key)  # fmt: skip
            self._note(wrong, source)
        for key, source in sorted(looker.partly.items(), key=lambda one: str(one[0])):
            wrong = Text("order {number} holds something that is no sale: counted whole, for want of an item file",
                         number=key)  # fmt: skip
            self._note(wrong, source)
        for status, keys in sorted(looker.unknown.items()):
            wrong = Text("{count} orders are not counted, because their status “{status}” is none that counts",
                         count=len(keys), status=status)  # fmt: skip
            right = Text("if it means that the order is done, add it to {key}", key="orders.succeeded")
            self.notes.append(Fault(Source("cstools.toml", cell="orders.succeeded"), None, wrong, right))
        for sheet in reading.ledger.sheets:
            if "status" not in sheet.places:
                self._note(
                    Text("the file has no column of the order’s status: closed orders count"),
                    sheet.source(sheet.first - 1),
                )

    def _note(self, wrong: Text, source: Source | None = None) -> None:
        self.notes.append(Fault(source or Source(self.folder.name), None, wrong))


def _newness(sheet: Sheet, faults: list[Fault]) -> tuple[datetime, str]:
    """When an export was made: as its name tells, else as its column tells; then by name."""
    told = stamp(sheet.stream.file)
    if told == UNKNOWN and "exported" in sheet.places and (row := next(sheet.stream.rows, None)) is not None:
        sheet.put_back(row)
        try:
            told = kinds.moment(sheet.words(row, "exported"))
        except ValueError:
            faults.append(
                Fault(
                    sheet.source(sheet.first, "exported"),
                    sheet.words(row, "exported"),
                    kinds.moment.wrong,
                    kinds.moment.right,
                )
            )
    return told, sheet.stream.file


def _cut(ledger: Ledger, items: ItemFiles) -> None:
    """Take what is no sale off the orders."""
    for key in items.whole:
        record = ledger.seen.get(key)
        if isinstance(record, tuple):
            facts = excluded(ledger.table.facts(record[2]), Text("its title is of no sale"))
            ledger.seen[key] = (*record[:2], ledger.table.number(Kind(facts)), record[3])
    for key, amount in items.cut.items():
        record = ledger.seen.get(key)
        if isinstance(record, tuple):
            ledger.seen[key] = (max(0, record[0] - amount), *record[1:])


def _mark_silent(ledger: Ledger, silence: Silence) -> list[Conflict]:
    """Make the orders silent of which a list says so; a conflict where a note has an agent's number all the same."""
    conflicts = []
    for key in silence.orders:
        record = ledger.seen.get(key)
        if not isinstance(record, tuple):
            continue
        facts = ledger.table.facts(record[2])
        if facts.state is State.UNATTRIBUTED and not facts.agents:
            ledger.seen[key] = (*record[:2], ledger.table.number(Kind(silent(facts))), record[3])
        elif facts.agents and facts.state is not State.EXCLUDED:
            wrong = Text("said to be a silent order, but its note names {agents}, who counts", agents=facts.agents)
            conflicts.append(Conflict(str(key), wrong, (ledger.source(record[1], record[3]),)))
    return conflicts
