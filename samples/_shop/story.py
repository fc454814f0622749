"""Make the journal of samples/shop anew: two weeks of its handover, from 1 to 15 November 2026.

``python samples/_shop/story.py`` from the top of a checkout plays what the tables in 交接/ tell, and the routine of
every shift beside it, through the product's own functions: nothing is recorded that it would refuse. The same journal
comes out each time.
"""

import csv
import random
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
SHOP: Final = HERE.parent / "shop"
sys.path.insert(0, str(HERE.parent.parent))

from cstools.desk import Desk  # noqa: E402 - the checkout that this file lies in comes first
from cstools.handover.change import Change, Worker  # noqa: E402
from cstools.handover.changes import Changes  # noqa: E402
from cstools.handover.checks import CLOSING, OPENING, TIMED, in_shift  # noqa: E402
from cstools.handover.counter import Counter  # noqa: E402
from cstools.handover.record import Recorder  # noqa: E402
from cstools.handover.signing import Signing  # noqa: E402
from cstools.handover.types import EQUIPMENT_STATE, SEVERITY, STATUS  # noqa: E402
from cstools.handover.words import Equipment, State, Status  # noqa: E402
from cstools.roster import proposal  # noqa: E402
from cstools.roster.change_sheet import problems_of  # noqa: E402
from cstools.roster.changes import grant  # noqa: E402
from cstools.roster.effects import ProblemOf  # noqa: E402
from cstools.roster.publish import publish  # noqa: E402

Row = Mapping[str, str]
Step = tuple[datetime, Callable[[datetime], None]]
DAYS: Final = tuple(date(2026, 11, day) for day in range(1, 16))
THINGS: Final = {"样品间钥匙": 2, "值班手机": 2, "耳麦": 26, "客服手册": 3}
MAIN: Final = "客服电话"
SOLVED: Final = "解决："
CALLBACK: Final = "约好次日回访"


def rows(name: str) -> list[dict[str, str]]:
    """A table of the story."""
    with (HERE / "交接" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def moment(words: str) -> datetime:
    """``11-01 08:52`` of 2026."""
    return datetime.fromisoformat(f"2026-{words}")


def minutes(count: int) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=count)


@dataclass
class Story:
    """A desk whose journal is written; ``chance`` gives the small differences between one shift and the next."""

    desk: Desk
    chance: random.Random = field(default_factory=lambda: random.Random(2026_11_01))  # noqa: S311 - no secret

    @cached_property
    def counter(self) -> Counter:
        return Counter.of(self.desk)

    def play(self) -> None:
        """Everything that happened, in order of time."""
        steps = [*self._rosters(), *self._told(), *self._items(), *self._signatures()]
        for day in DAYS:
            steps += self._shift(day, "白") + self._shift(day, "晚")
        for when, act in sorted(steps, key=lambda step: step[0]):
            act(when)

    # --- the roster ---------------------------------------------------------------------------------------------------

    def _rosters(self) -> Iterator[Step]:
        for path in self.desk.roster_files():
            first, _ = self.desk.roster_days(path) or (DAYS[0], DAYS[0])
            friday = first - timedelta(days=first.weekday() + 3)
            yield datetime.combine(friday, time(17, 40)), partial(self._publish, path)
        for row in rows("调班"):
            yield moment(row["时间"]), partial(self._grant, row)

    def _publish(self, path: Path, now: datetime) -> None:
        publish(self.desk, path, by="002", now=now)
        self._forget()

    def _grant(self, row: Row, now: datetime) -> None:
        other_day = date.fromisoformat(f"2026-{row['另一日']}") if row["另一日"] else None
        asked = proposal.Change(row["办法"], row["工号"], date.fromisoformat(f"2026-{row['日期']}"), row["另一人"],
                                other_day, row["批准人"], note=row["说明"])  # fmt: skip
        grant(self.desk.journal, self._problem, asked, by=row["批准人"], now=now)
        self._forget()

    @cached_property
    def _problem(self) -> ProblemOf:
        return problems_of(self.desk)

    def change(self, day: date, shift: str) -> Change:
        """A shift change as the roster knows it by now."""
        return self.known.of(day, shift)

    @cached_property
    def known(self) -> Changes:
        """The changes that what is published makes, until something is published or changed."""
        return Counter.of(self.desk).changes

    def _forget(self) -> None:
        vars(self).pop("known", None)

    def present(self, now: datetime) -> list[Worker]:
        """Who is on duty: those of the shift that began last come first, and among them those who lead."""
        found: list[Worker] = []
        for day in (now.date() - timedelta(days=1), now.date()):
            for shift in ("白", "晚"):
                change = self.change(day, shift)
                if change.begins <= now <= change.ends:
                    found = [*sorted(change.outgoing, key=lambda worker: not worker.leader), *found]
        return found

    @contextmanager
    def recording(self, by: str, now: datetime) -> Iterator[Recorder]:
        """The book, to be written into."""
        with self.desk.journal.writing(by=by, now=now) as writing:
            yield Recorder(writing, self.counter.setup)

    # --- what was said, and what broke --------------------------------------------------------------------------------

    def _told(self) -> Iterator[Step]:
        for row in rows("指示"):
            yield moment(row["时间"]), partial(self._order, row)
            if row["撤销"]:
                yield moment(row["撤销"]), partial(self._revoke, row)
        for row in rows("公告"):
            yield moment(row["时间"]), partial(self._notice, row)
        for row in rows("设备"):
            yield moment(row["时间"]), partial(self._machine, row)

    def _order(self, row: Row, now: datetime) -> None:
        with self.recording(row["登记人"], now) as recorder:
            recorder.order(row["内容"], row["下达人"], *_days(row))

    def _revoke(self, row: Row, now: datetime) -> None:
        with self.recording(row["登记人"], now) as recorder:
            found = (number for number, order in recorder.book.orders() if order["text"] == row["内容"])
            recorder.revoke(next(found))

    def _notice(self, row: Row, now: datetime) -> None:
        with self.recording(row["登记人"], now) as recorder:
            number = recorder.notice(row["类别"], row["内容"], *_days(row))
            recorder.read(number, row["登记人"])

    def _machine(self, row: Row, now: datetime) -> None:
        with self.recording(row["登记人"], now) as recorder:
            recorder.equipment(row["设备"], EQUIPMENT_STATE.read(row["状态"]), row["说明"], row["测试"])

    # --- matters ------------------------------------------------------------------------------------------------------

    def _items(self) -> Iterator[Step]:
        for row in rows("事项"):
            item = _Matter(self, row)
            yield moment(row["补录"] or row["时间"]), item.add
            if row["跟进"]:
                yield moment(row["跟进"]), item.follow
            if row["结案"]:
                yield moment(row["结案"]), item.close
            if row["回访"]:
                yield moment(row["回访"]), item.call_back

    # --- a shift ------------------------------------------------------------------------------------------------------

    def _shift(self, day: date, shift: str) -> list[Step]:
        """What every shift does, by the clock: it begins, works through its list, counts, reports and hands over."""
        posted = self.counter.team.shifts.on(day)[shift]
        begins, ends = (datetime.combine(day, time()) + minutes(clock) for clock in (posted.start, posted.end))
        hands_over = begins.replace(hour=16, minute=52) if shift == "白" else ends - minutes(5)
        steps: list[Step] = [
            (begins + minutes(1), partial(self._begin, day, shift)),
            (begins + minutes(6), partial(self._test, shift)),
            (hands_over - minutes(13), partial(self._count, day, shift)),
            (hands_over - minutes(8), partial(self._tick, day, shift, (CLOSING, TIMED))),
            (hands_over - minutes(6), partial(self._report, day, shift)),
        ]
        if (day, shift) not in self._signed_by_hand:
            accepts = hands_over + minutes(3) if shift == "白" else datetime.combine(day, time(8, 36)) + timedelta(1)
            steps += [(hands_over, partial(self._sign, day, shift, "out")),
                      (accepts, partial(self._sign, day, shift, "in"))]  # fmt: skip
        steps += [
            (_arrival(row), partial(self._arrive_late, row))
            for row in rows("到岗") if (row["日期"], row["班次"]) == (f"{day:%m-%d}", shift)
        ]  # fmt: skip
        return steps

    def _begin(self, day: date, shift: str, now: datetime) -> None:
        """Whoever is there in time arrives; the opening checklist; some read what is new."""
        workers = self.change(day, shift).outgoing
        late = {row["工号"] for row in rows("到岗") if (row["日期"], row["班次"]) == (f"{day:%m-%d}", shift)}
        gone = {row["工号"] for row in rows("调班") if row["办法"] == "absent" and row["日期"] == f"{day:%m-%d}"}
        there = [worker.number for worker in workers if worker.number not in late | gone]
        with self.recording(there[0], now) as recorder:
            for number in there:
                recorder.writing.author = number
                recorder.arrive(day, shift, number, at=now - minutes(self.chance.randint(2, 14)))
        self._tick(day, shift, (OPENING,), now)
        with self.recording(there[0], now) as recorder:
            for notice, told in recorder.book.notices():
                for reader in there:
                    if reader not in told.get("read", {}) and self.chance.random() < 0.9:
                        recorder.writing.author = reader
                        recorder.read(notice, reader)

    def _arrive_late(self, row: Row, now: datetime) -> None:
        with self.recording(row["工号"], now) as recorder:
            recorder.arrive(now.date(), row["班次"], row["工号"], row["说明"])

    def _test(self, shift: str, now: datetime) -> None:
        """The day shift tests the phones; the evening shift every other day."""
        if shift == "白" or now.day % 2:
            who = self.chance.choice(self.present(now)).number
            with self.recording(who, now) as recorder:
                recorder.equipment(MAIN, Equipment.FINE, test="双线拨打正常")

    def _count(self, day: date, shift: str, now: datetime) -> None:
        told = {row["物品"]: row for row in rows("清点") if (row["日期"], row["班次"]) == (f"{day:%m-%d}", shift)}
        who = self.chance.choice(self.change(day, shift).outgoing).number
        with self.recording(who, now) as recorder:
            for thing, expected in THINGS.items():
                row = told.get(thing, {})
                counted = int(row.get("实点") or expected)
                recorder.count(thing, counted, expected, row.get("在谁"), row.get("说明"))

    def _tick(self, day: date, shift: str, lists: tuple[str, ...], now: datetime) -> None:
        """Tick some checklists; what has a time was done within some minutes of it."""
        change = self.change(day, shift)
        with self.recording(change.outgoing[0].number, now) as recorder:
            for check in in_shift(self.counter.setup.checks, day, change.shifts[0][1], *lists):
                who = self.chance.choice(change.outgoing).number
                due = check.due(day)
                at = due + minutes(self.chance.randint(0, 9)) if due else now - minutes(self.chance.randint(0, 4))
                recorder.writing.author = who
                recorder.tick(day, shift, check.line, who, at=min(at, now))

    def _report(self, day: date, shift: str, now: datetime) -> None:
        busy = 3 if day in {date(2026, 11, 10), date(2026, 11, 11)} else 1
        orders = self.chance.randint(110, 160) * busy
        told = {"接待人数": orders * 3 + self.chance.randint(0, 60), "总订单量": orders,
                "催付成交": orders // 9, "退款笔数": self.chance.randint(4, 12) * busy}  # fmt: skip
        if shift == "晚":
            told |= {"反馈量": self.chance.randint(6, 15), "撤销量": self.chance.randint(2, 9) * busy,
                     "中差评": self.chance.randint(0, 3)}  # fmt: skip
        with self.recording(self._leading(day, shift), now) as recorder:
            recorder.figures(day, shift, {name: str(value) for name, value in told.items()})

    def _leading(self, day: date, shift: str) -> str:
        workers = self.change(day, shift).outgoing
        return next((worker.number for worker in workers if worker.leader), workers[0].number)

    # --- signatures ---------------------------------------------------------------------------------------------------

    @cached_property
    def _signed_by_hand(self) -> frozenset[tuple[date, str]]:
        told = (row for row in rows("签名") if row["动作"] in {"out", "in", "none"})
        return frozenset((date.fromisoformat(f"2026-{row['日期']}"), row["班次"]) for row in told)

    @contextmanager
    def signing(self, day: date, shift: str, by: str, now: datetime) -> Iterator[Signing]:
        """A change, to be signed."""
        with self.desk.journal.writing(by=by, now=now) as writing:
            yield Signing(writing, self.counter.setup, self.change(day, shift))

    def _sign(self, day: date, shift: str, side: str, now: datetime) -> None:
        """The 组长 signs for a side; where there is none, everybody does."""
        change = self.change(day, shift)
        workers = change.outgoing if side == "out" else change.relief
        leader = next((worker for worker in workers if worker.leader), None)
        for number in [leader.number] if leader else [worker.number for worker in workers]:
            with self.signing(day, shift, number, now) as signing:
                signed = (signing.sign_out if side == "out" else signing.sign_in)(number)
            if signed.state is State.ACCEPTED:
                break
        self._deal(change, now)

    def _deal(self, change: Change, now: datetime) -> None:
        """Who leads the relief gives some of what was taken over to those who will do it."""
        leaders = {worker.number for worker in change.relief if worker.leader}
        others = [worker.number for worker in change.relief if not worker.leader]
        with self.recording("", now) as recorder:
            for item in recorder.book.open_items():
                if item.owner in leaders and not item.severity.grave and self.chance.random() < 0.3:
                    recorder.writing.author = item.owner
                    recorder.transfer(item.number, self.chance.choice(others), "组长分派")

    def _signatures(self) -> Iterator[Step]:
        for row in rows("签名"):
            if row["时间"]:
                yield moment(row["时间"]), partial(self._sign_by_hand, row)

    def _sign_by_hand(self, row: Row, now: datetime) -> None:
        day, shift, who, note = date.fromisoformat(f"2026-{row['日期']}"), row["班次"], row["工号"], row["说明"]
        with self.signing(day, shift, who, now) as signing:
            match row["动作"]:
                case "out":
                    signing.sign_out(who, note=note)
                case "in":
                    signing.sign_in(who, note=note)
                case "refuse":
                    signing.refuse(who, note)
                case "amend":
                    signing.amend(who, note)
                case "cosign":
                    signing.cosign(signing.record["supplements"][-1]["number"], who)
                case gate:
                    signing.override(gate, who, note)


@dataclass
class _Matter:
    """A matter of the story: recorded, followed, closed, and its customer called the next day."""

    story: Story
    row: Row
    number: int = 0
    callback: int = 0

    def add(self, now: datetime) -> None:
        row, late = self.row, bool(self.row["补录"])
        told = {
            "kind": row["类型"], "title": row["事项"], "owner": row["登记人"], "customer": row["客户"],
            "grade": row["等级"], "contact": self._any(row["电话"], "1390000", 4), "address": row["地址"],
            "cause": row["原因"],
            "reference": self._any(row["单号"], "23198476", 11), "course": row["经过"], "advice": row["意见"],
            "wording": row["口径"], "reason": row["未结原因"],
            "liable": tuple(row["承担人"].split("、")) if row["承担人"] else (),
            "severity": SEVERITY.read(row["程度"]) if row["程度"] else None,
            "status": STATUS.read(row["状态"]) if row["状态"] else None,
            "promised": moment(row["承诺"]) if row["承诺"] else None,
        }  # fmt: skip
        there = {worker.number for worker in self.story.present(moment(row["时间"]))}
        if row["登记人"] not in there:
            raise SystemExit(f"{row['时间']}: {row['登记人']} is off")
        with self.story.recording(row["登记人"], now) as recorder:
            given = {name: value for name, value in told.items() if value}
            self.number = recorder.add(given, moment(row["时间"]) if late else None, late=late).number
            self._explain(recorder)

    def _any(self, words: str, begins: str, figures: int) -> str:
        """A number nobody has, where the table has a star."""
        return begins + "".join(self.story.chance.choices("0123456789", k=figures)) if words == "*" else words

    def follow(self, now: datetime) -> None:
        words = self.row["进展"]
        told: dict[str, object] = {"progress": words.removeprefix(SOLVED)}
        if words.startswith(SOLVED):
            told["status"] = Status.SOLVED
        with self._recording(self.number, now) as recorder:
            recorder.update(self.number, told)

    def close(self, now: datetime) -> None:
        with self._recording(self.number, now) as recorder:
            recorder.close(self.number, self.row["结果"])
            self._explain(recorder)

    def _explain(self, recorder: Recorder) -> None:
        """Say why the callback that this has opened is still open."""
        for item in recorder.book.open_items():
            if item.parent == self.number and not item.reason:
                recorder.update(item.number, {"reason": CALLBACK})
                self.callback = item.number

    def call_back(self, now: datetime) -> None:
        with self._recording(self.callback, now) as recorder:
            recorder.close(self.callback, self.row["回访结果"])

    @contextmanager
    def _recording(self, number: int, now: datetime) -> Iterator[Recorder]:
        """Written by its owner, or by who leads the shift where the owner is off."""
        there = [worker.number for worker in self.story.present(now)]
        with self.story.recording("", now) as recorder:
            item = recorder.book.item(number)
            owner = item.owner if item else ""
            recorder.writing.author = owner if owner in there else there[0]
            yield recorder


def _days(row: Row) -> tuple[date, date | None]:
    first, last = (date.fromisoformat(f"2026-{row[name]}") if row[name] else None for name in ("起", "止"))
    return first or DAYS[0], last


def _arrival(row: Row) -> datetime:
    return datetime.fromisoformat(f"2026-{row['日期']}T{row['时间']}")


def write_journal(folder: Path) -> None:
    """Write a desk's journal anew."""
    journal = folder / ".cstools" / "journal.db"
    journal.unlink(missing_ok=True)
    Story(Desk.find(folder)).play()
    with closing(sqlite3.connect(journal)) as link:
        link.execute("VACUUM")


if __name__ == "__main__":
    write_journal(SHOP)
