"""Sheet 规则: the rules of a desk, how strong, for whom and when."""

from collections.abc import Iterable, Iterator
from typing import Final

from cstools.days import read_number, read_weekdays
from cstools.desk import Form
from cstools.errors import nearest
from cstools.language import WEEKDAYS, Text, mark, translate
from cstools.roster.rule import Rule, Stated, Strength
from cstools.roster.rules import all_rules
from cstools.roster.rules import find as find_rule
from cstools.roster.scope import Scope
from cstools.roster.sheets.parameters import Words, read_parameters
from cstools.tables import kinds
from cstools.tables.columns import Column, Record
from cstools.tables.grid import both_names, fold
from cstools.tables.kinds import Kind
from cstools.team.reading import Reading

OFF: Final = "off"  # a row that switches a rule off
TIERS: Final = (mark("minimum cover"), mark("target cover"), mark("wishes"), mark("fairness"))
LAST_TIER: Final = 9

strength = kinds.choice({
    Strength.HARD: (mark("hard"), "硬", "必需", "强制"), Strength.SOFT: (mark("soft"), "尽量"),
    Strength.WATCH: (mark("watch"), "提醒", "只提示"), OFF: (mark("switched off"), "关", "不用"),
})  # fmt: skip


def _read_tier(value: object) -> int:
    for number, name in enumerate(TIERS, 1):
        if isinstance(value, str) and fold(value) in both_names(name):
            return number
    number = int(read_number(value.strip("第层级 ") if isinstance(value, str) else value))
    if not 1 <= number <= LAST_TIER:
        raise ValueError(value)
    return number


def _read_rule(value: object) -> type[Rule]:
    found = find_rule(str(value))
    if found is None:
        raise kinds.Wrong(
            Text("no rule is called this"),
            nearest(str(value), _rule_names()) or Text("cstools roster rules lists them"),
        )
    return found


def _rule_names() -> Iterator[str]:
    for name, rule in all_rules().items():
        yield from (translate(rule.label), name)


def _write_weekdays(days: Iterable[int]) -> str:
    return "、".join(translate(WEEKDAYS[day]) for day in sorted(days))


tier = Kind(_read_tier, Text("not a tier"),
            Text("a number from 1 to 9, or one of {names}", names=tuple(map(Text, TIERS))),
            lambda value: translate(TIERS[value - 1]) if value <= len(TIERS) else value)  # fmt: skip
rule_name = Kind(_read_rule, Text("no rule is called this"), Text("cstools roster rules lists them"),
                 lambda rule: translate(rule.label), "@",
                 tuple(rule.label for rule in all_rules().values()))  # fmt: skip
weekdays = Kind(
    lambda value: read_weekdays(str(value)),
    Text("not weekdays"),
    Text("weekdays such as 周一、周三-周五"),
    _write_weekdays,
    "@",
    many=True,
)

RULES: Final = Form(mark("Rules"), (
    Column("rule", mark("rule"), rule_name, required=True, aliases=("规则名称",),
           note=Text("may stand several times, for other people or days")),
    Column("strength", mark("strength"), strength, aliases=("强度",),
           note=Text("hard: always kept; soft: costs in its tier; watch: only told; empty: as usual for this rule")),
    Column("tier", mark("tier"), tier, aliases=("层",),
           note=Text("for soft rules: tier 1 is settled first and never traded for the next")),
    Column("weight", mark("weight"), kinds.whole.between(1, 1000), default=1,
           note=Text("for soft rules, within the tier")),
    Column("people", mark("people"), kinds.words, default=(), note=Text("numbers or names; empty: all")),
    Column("skills", mark("skills"), kinds.words, default=()),
    Column("contracts", mark("contract"), kinds.words, default=()),
    Column("groups", mark("group"), kinds.words, default=()),
    Column("weekdays", mark("weekday"), weekdays, default=frozenset()),
    Column("first", mark("from date"), kinds.day, aliases=("起始日期",)),
    Column("last", mark("to date"), kinds.day, aliases=("截止日期",)),
    Column("parameters", mark("parameters"), kinds.text, default="",
           note=Text("such as 小时=11，周期=月; cstools roster rules lists them")),
    Column("remark", mark("remark"), kinds.text, default="", aliases=("说明",)),
))  # fmt: skip


def read_rules(reading: Reading, posts: Iterable[str]) -> tuple[Stated, ...]:
    """The stated rules, and those that hold unless stated; ``posts`` are the posts that needs name."""
    table = reading.rows(RULES)
    words = Words(reading, frozenset(posts))
    stated = [found for record in table if (found := _stated(record, words))]
    named = {record.values["rule"] for record in (*table.records, *table.broken)}
    return (*stated, *(usual(rule) for rule in all_rules().values() if rule.default and rule not in named))


def usual(rule: type[Rule]) -> Stated:
    """A rule as it holds in a desk that doesn't state it."""
    return Stated(rule(), rule.default or Strength.HARD, rule.tier)


def _stated(record: Record, words: Words) -> Stated | None:
    """A row as a stated rule; None where it is switched off or wrong."""
    rule: type[Rule] = record["rule"]
    strong = record["strength"] or rule.default or Strength.HARD
    before = len(words.reading.faults)
    parameters = read_parameters(record, rule, words)
    scope = _scope(record, words)
    if strong is OFF or len(words.reading.faults) > before:
        return None
    return Stated(
        rule(**parameters), strong, record["tier"] or rule.tier, record["weight"], scope, record.source("rule")
    )


def _scope(record: Record, words: Words) -> Scope:
    reading = words.reading
    first, last = record["first"], record["last"]
    if first and last and last < first:
        reading.faults.append(
            record.fault("last", Text("the end lies before the beginning"), Text("a day from {day} on", day=first))
        )
    people = [person.number for word in record["people"] if (person := reading.look_up(record, "people", word))]
    team = reading.team
    for key, known in (("skills", team.skills()), ("contracts", team.contracts()), ("groups", team.groups())):
        for word in record[key]:
            words.doubt(record, key, word, known)
    return Scope(frozenset(people), frozenset(record["skills"]), frozenset(record["contracts"]),
                 frozenset(record["groups"]), record["weekdays"], first, last)  # fmt: skip
