"""Sheets 需求 and 活动日历: how many people are needed, when, for what; and what a campaign adds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from cstools.desk import Form
from cstools.errors import nearest
from cstools.language import Text, mark
from cstools.roster.inputs import Demand
from cstools.roster.sheets.dayset import DaySet, read_days
from cstools.tables import kinds
from cstools.tables.columns import Column, Record
from cstools.tables.kinds import Kind
from cstools.team.reading import Reading
from cstools.team.sheets import read_slots, show_slots

_SHIFTS: Final = Column(
    "shifts",
    mark("shifts"),
    kinds.words,
    default=(),
    aliases=("班次代码",),
    note=Text("codes, names or kinds; empty: all shifts"),
)


def _read_window(value: object) -> tuple[int, int]:
    found = read_slots(value)
    if len(found) != 1:
        raise ValueError(value)
    return found[0]


window = Kind(
    _read_window,
    Text("not from one time to another"),
    Text("from and to, such as 12:00-13:00"),
    lambda slot: show_slots([slot]),
    "@",
)
_people = kinds.whole.between(0, 999)

NEEDS: Final = Form(mark("Needs"), (
    _SHIFTS,
    Column("skill", mark("skill"), kinds.text, default="", note=Text("only people with this skill count")),
    Column("post", mark("post"), kinds.text, default="",
           note=Text("among those on duty somebody takes it, in turn: 主旺旺, 值班经理")),
    Column("window", mark("time window"), window,
           note=Text("counts who is at work all through it, whoever eats not: 12:00-13:00")),
    Column("days", mark("on days"), kinds.text, default="", aliases=("日期", "星期"),
           note=Text(
               "每天、工作日、休息日、周末、周一-周五、节假日、法定节假日, a date, a campaign"
           )),
    Column("minimum", mark("minimum"), _people, aliases=("最少人数", "下限")),
    Column("target", mark("target"), _people, aliases=("目标人数",)),
    Column("maximum", mark("maximum"), _people, aliases=("最多人数", "上限")),
    Column("remark", mark("remark"), kinds.text, default="", aliases=("说明",)),
), ("用人需求", "人数需求"))  # fmt: skip
CAMPAIGNS: Final = Form(mark("Campaigns"), (
    Column("name", mark("campaign"), kinds.text, required=True, aliases=("活动名称",)),
    Column("first", mark("start"), kinds.day, required=True, aliases=("开始日期",)),
    Column("last", mark("end"), kinds.day, aliases=("结束日期",), note=Text("the last day; empty: one day")),
    _SHIFTS,
    Column("more", mark("more people"), kinds.whole.between(0, 999), default=0,
           note=Text("raises minimum and target of the needs for these shifts that name no post, skill or window")),
    Column("remark", mark("remark"), kinds.text, default="", aliases=("说明",)),
), ("活动",))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Campaign:
    """A row of 活动日历."""

    days: frozenset[date]
    shifts: tuple[str, ...]
    more: int

    def raises(self, demand: Demand) -> bool:
        """Whether it adds to a demand of its days."""
        return not self.shifts or (bool(demand.shifts) and set(demand.shifts) <= set(self.shifts))


@dataclass(frozen=True, slots=True)
class Need:
    """A row of 需求: the demand that it makes of any of its days."""

    demand: Demand
    days: DaySet
    record: Record

    @property
    def key(self) -> object:
        """What it counts; of several rows that count the same, a day takes the most specific."""
        return (frozenset(self.demand.shifts), self.demand.skill, self.demand.post, self.demand.window)

    @property
    def general(self) -> bool:
        """Whether it counts people at large."""
        return not (self.demand.skill or self.demand.post or self.demand.window)


@dataclass(frozen=True)
class Needs:
    """Both sheets, read."""

    rows: tuple[Need, ...]
    campaigns: tuple[Campaign, ...]

    @property
    def posts(self) -> tuple[str, ...]:
        """The posts that rows name, in order."""
        return tuple(dict.fromkeys(need.demand.post for need in self.rows if need.demand.post))


def read_needs(reading: Reading) -> Needs:
    """Both sheets, whatever days they speak of."""
    campaigns, names = _campaigns(reading)
    table = reading.rows(NEEDS)
    rows = tuple(need for record in table if (need := _need(reading, record, names)))
    for campaign, record in campaigns:
        whole = rows and len(rows) == len(table) + len(table.broken)  # else it may be a broken row that it raises
        if campaign.more and whole and not any(need.general and campaign.raises(need.demand) for need in rows):
            wrong = Text("no need of sheet 需求 for these shifts can be raised")
            reading.faults.append(
                record.fault("more", wrong, Text("a need for these shifts without post, skill and window"))
            )
    return Needs(rows, tuple(campaign for campaign, _ in campaigns))


def _campaigns(reading: Reading) -> tuple[list[tuple[Campaign, Record]], dict[str, frozenset[date]]]:
    """The rows, and the days of each name."""
    found: list[tuple[Campaign, Record]] = []
    names: dict[str, frozenset[date]] = {}
    table = reading.rows(CAMPAIGNS)
    for record in table:
        days = frozenset(reading.days(record))
        found.append((Campaign(days, reading.codes(record, "shifts"), record["more"]), record))
        names[record["name"]] = names.get(record["name"], frozenset()) | days
    for record in table.broken:
        names.setdefault(record["name"] or "", frozenset())
    return found, names


def _need(reading: Reading, record: Record, campaigns: Mapping[str, frozenset[date]]) -> Need | None:
    least, target, most = record["minimum"], record["target"], record["maximum"]
    before = len(reading.faults)
    if least is None and target is None and most is None:
        reading.faults.append(
            record.fault("minimum", Text("minimum, target and maximum are all empty"), Text("at least one of them"))
        )
    least = least or 0
    if target is not None and target < least:
        reading.faults.append(
            record.fault("target", Text("the target lies below the minimum"), Text("at least {least}", least=least))
        )
    elif most is not None and most < max(least, target or 0):
        right = Text("at least {least}", least=max(least, target or 0))
        reading.faults.append(record.fault("maximum", Text("the maximum lies below the minimum or the target"), right))
    if record["post"] and most is None:
        most = max(least, target or 0)  # a post is one seat: more people than seats would hold it for nothing
    codes = reading.codes(record, "shifts")
    try:
        days = read_days(
            record["days"], reading.team.calendar, {name: on for name, on in campaigns.items() if name}, reading.near
        )
    except KeyError as error:
        word = str(error.args[0])
        right = nearest(word, campaigns) or Text(
            "每天, 工作日, 周末, 周一-周五, 节假日, a date or a campaign of sheet 活动日历"
        )
        reading.faults.append(replace(record.fault("days", Text("no days are called this"), right), value=word))
        return None
    if len(reading.faults) > before or (record["shifts"] and not codes):
        return None
    demand = Demand(
        reading.near,
        codes,
        record["skill"],
        record["post"],
        record["window"],
        least,
        target,
        most,
        source=record.source("minimum"),
    )
    return Need(demand, days, record)
