"""Every rule in a lead's words: its sentence, its parameters, and what a desk has set."""

from collections.abc import Iterator

from cstools.desk import Desk
from cstools.language import WEEKDAYS, Text, mark
from cstools.roster.reader import read_stated
from cstools.roster.rule import Rule, Stated, Strength
from cstools.roster.rules import all_rules
from cstools.roster.scope import Scope

STRENGTHS = {Strength.HARD: mark("hard"), Strength.SOFT: mark("soft"), Strength.WATCH: mark("watch")}
Row = list[object]


def entries(desk: Desk) -> Iterator[Row]:
    """Rule, strength, sentence, parameters with their values, and the cell, for each rule as the desk states it; rules
    that it doesn't state come last, with their usual values. Raises BadInput where the desk can't be read.
    """
    rows = read_stated(desk)
    stated = {name: [row for row in rows if row.rule.name() == name] for name in all_rules()}
    for found in stated.values():
        yield from (_entry(row.rule, _strength(row), row) for row in found)
    for name, rule in all_rules().items():
        if not stated[name]:
            yield _entry(rule(), Text("not used"), None)


def _entry(rule: Rule, strength: Text, stated: Stated | None) -> Row:
    labels = {name: about["label"] for name, about in rule.parameters().items()}
    values = [
        Text("{label}={value}", label=Text(labels[name]), value=about["kind"].show(getattr(rule, name)))
        for name, about in rule.parameters().items()
    ]
    where = (str(stated.source) if stated.source else Text("as usual")) if stated else ""
    says = (
        rule.says() if stated is None else Text("{sentence}{scope}", sentence=rule.says(), scope=_scope(stated.scope))
    )
    return [Text(rule.label), strength, says, values, where]


def _strength(stated: Stated) -> Text:
    if stated.strength is Strength.SOFT:
        return Text("soft, tier {tier} × {weight}", tier=stated.tier, weight=stated.weight)
    return Text(STRENGTHS[stated.strength])


def _scope(scope: Scope) -> Text | str:
    """For whom and when, in brackets; nothing where the rule is for everybody on all days."""
    parts: list[object] = [
        sorted(words) for words in (scope.people, scope.skills, scope.contracts, scope.groups) if words
    ]
    parts += [[Text(WEEKDAYS[day]) for day in sorted(scope.weekdays)]] if scope.weekdays else []
    if scope.first or scope.last:
        parts.append(Text("{first} to {last}", first=scope.first or "…", last=scope.last or "…"))
    return Text(" ({what})", what=parts) if parts else ""
