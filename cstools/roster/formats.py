"""A roster as csv, as json and as plain rows; the same result gives the same text."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from cstools.days import show_time
from cstools.errors import Source
from cstools.language import Text
from cstools.roster import cells
from cstools.roster.covered import needs
from cstools.roster.findings import COST, kind_of, sections
from cstools.roster.marks import mark_day
from cstools.roster.result import Result
from cstools.roster.roster import Roster
from cstools.roster.rule import Breach
from cstools.roster.statistics import count_all

Row = list[object]


def to_csv(roster: Roster) -> bytes:
    """The grid alone, as sheet 排班 has it, with whole dates; UTF-8 with a mark at its start, for Excel."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow([str(Text("number")), str(Text("name")), *(day.isoformat() for day in roster.problem.days)])
    for person in cells.rows(roster):
        words = (cells.word(roster, person, day) for day in roster.problem.days)
        lines.writerow([_inert(person.number), _inert(person.name), *words])
    return written.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    """A text that Excel would run as a formula, with a tab before it: then it is text; our reader strips the tab."""
    return f"\t{text}" if text.startswith(("=", "+", "-", "@")) else text


def to_table(roster: Roster) -> tuple[Row, list[Row]]:
    """The grid with its totals, and below it the needs, as headers and rows for a screen."""
    days, statistics = roster.problem.days, count_all(roster)
    totals = statistics.totals()
    headers: Row = [Text("number"), Text("name"), *(_short(roster, day) for day in days)]
    rows: list[Row] = [
        [count.person.number, count.person.name, *(cells.word(roster, count.person, day) for day in days),
         *(_number(total.values[nth]) for total in totals)]
        for nth, count in enumerate(statistics.counts)
    ]  # fmt: skip
    for need in needs(roster):
        words = (covered.words.replace("\n", " ") if (covered := need.by_day.get(day)) else "" for day in days)
        rows.append(["", need.label, *words, *([None] * len(totals))])
    return [*headers, *(total.label for total in totals)], rows


def to_statistics(roster: Roster) -> tuple[Row, list[Row]]:
    """Everybody's figures with their sum, least, most and spread, as headers and rows for a screen."""
    statistics = count_all(roster)
    measures = statistics.measures()
    rows: list[Row] = [
        [count.person.number, count.person.name, *(_number(measure.values[nth]) for measure in measures)]
        for nth, count in enumerate(statistics.counts)
    ]
    rows += [
        ["", Text("total"), *(_number(measure.total) for measure in measures)],
        ["", Text("least"), *(_number(measure.least) for measure in measures)],
        ["", Text("most"), *(_number(measure.most) for measure in measures)],
        ["", Text("spread"), *(_number(measure.spread) for measure in measures)],
    ]
    return [Text("number"), Text("name"), *(measure.label for measure in measures)], rows


Cells = Mapping[tuple[str, date], Source]


def to_lines(breaches: Iterable[Breach], where: Cells | None = None) -> list[Text]:
    """What a roster breaks, a line each, section by section; sections without a breach are left out.

    ``where`` are the cells of the roster's own file: a breach names those that it lies in.
    """
    found = []
    for section in sections(breaches):
        if section.breaches:
            told = Text("{title}: cost {cost}", title=section.title, cost=section.cost)
            found.append(told if section.kind == COST else Text("{title}:", title=section.title))
            found += [_line(breach, where or {}) for breach in section.breaches]
    return found


def to_json(result: Result) -> str:
    """Days, people, duties, tiers and breaches under English keys that stay; texts in the language spoken.

    Without a roster only the status, the seed and the tiers. Times are ``HH:MM`` up to 48:00, days ISO dates.
    """
    found: dict[str, object] = {"status": result.status.value, "seed": result.seed, "interrupted": result.interrupted}
    found["tiers"] = [
        {"tier": tier.tier, "cost": tier.cost, "bound": tier.bound, "gap": round(tier.gap, 4)} for tier in result.tiers
    ]
    if result.roster:
        found |= _told(result.roster)
    found["breaches"] = [_breach(breach) for breach in result.breaches]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _told(roster: Roster) -> dict[str, object]:
    people = cells.rows(roster)
    return {
        "days": [day.isoformat() for day in roster.problem.days],
        "people": [{"number": one.number, "name": one.name, "group": cells.group_of(roster, one)} for one in people],
        "duties": [
            {
                "day": duty.day.isoformat(),
                "shift": duty.shift,
                "person": duty.person,
                "posts": list(duty.posts),
                "meal": _times(duty.meal),
                "ended": None if duty.ended is None else show_time(duty.ended),
            }
            for duty in sorted(roster.duties)
        ],
    }


def _breach(breach: Breach) -> dict[str, object]:
    tier, cost = breach.cost or (None, None)
    return {
        "kind": kind_of(breach),
        "rule": breach.stated.rule.name() if breach.stated else None,
        "text": str(breach.text),
        "people": list(breach.place.people),
        "days": [day.isoformat() for day in breach.place.days],
        "shifts": list(breach.place.shifts),
        "amount": breach.amount,
        "tier": tier,
        "cost": cost,
        "source": str(breach.source) if breach.source else None,
    }


def _line(breach: Breach, where: Cells) -> Text:
    """A breach with its rule's name, and its cells where they are known."""
    rule = Text(breach.stated.rule.label) if breach.stated else ""
    places = [
        where[person, day] for person in breach.place.people for day in breach.place.days if (person, day) in where
    ]
    if not places and breach.source:
        places = [breach.source]
    if not places:
        return Text("  {rule}: {text}", rule=rule, text=breach.text)
    first, *others = places
    shown = str(first) if not others else f"{first}, {', '.join(other.cell for other in others[-1:])}"
    return Text("  {rule}: {text} [{source}]", rule=rule, text=breach.text, source=shown)


def _times(slot: Sequence[int] | None) -> list[str] | None:
    return None if slot is None else [show_time(minute) for minute in slot]


def _short(roster: Roster, day: date) -> str:
    return f"{day.month}/{day.day} {mark_day(roster.problem.calendar, day).weekday}"


def _number(value: float) -> float | int:
    """A whole number without a point, however it was counted."""
    return int(value) if value == int(value) else value


def to_tiers(result: Result) -> list[Text]:
    """A line a tier: what it costs, and whether that is proven to be the least."""
    return [
        Text("Tier {tier}: cost {cost}, proven to be the least", tier=tier.tier, cost=tier.cost)
        if tier.proven
        else Text(
            "Tier {tier}: cost {cost}, at least {bound}, gap {gap}",
            tier=tier.tier, cost=tier.cost, bound=tier.bound, gap=f"{tier.gap:.0%}",
        )
        for tier in result.tiers
    ]  # fmt: skip
