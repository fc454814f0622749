"""Sheet 说明: what the letters mean, how good the roster is proven to be, and the rules it was made by."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from cstools import __version__
from cstools.language import WEEKDAYS, Text, show
from cstools.roster import cells
from cstools.roster.parameters import show_hours
from cstools.roster.result import Result, Status
from cstools.roster.roster import Roster
from cstools.roster.rule import Stated, Strength
from cstools.roster.scope import Scope
from cstools.roster.workbook import look
from cstools.tables.style import Style
from cstools.tables.write import BookWriter, SheetWriter, Value, block, display_width

COLUMNS: Final = 6
WIDTHS: Final = (12, 20, 26, 16, 16, 40)
ROW: Final = 18.0  # points
Line = Sequence[Value]


def write(book: BookWriter, result: Result, settings: Sequence[tuple[object, object]]) -> None:
    """Write the sheet: legend, the search's figures, rules, settings."""
    roster = result.roster
    if roster is None:
        raise ValueError(result.status)
    sheet = book.sheet(str(Text("About")), tab="A5A5A5")
    for column, width in enumerate(WIDTHS, 1):
        sheet.width(column, width)
    row = _legend(sheet, roster)
    row = _figures(sheet, row + 1, result)
    row = _rules(sheet, row + 1, roster)
    if settings:
        _band(sheet, row + 1, Text("Settings"))
        for row_of_it, (name, value) in enumerate(settings, row + 2):
            _wide(sheet, row_of_it, str(name), str(value))
    sheet.page()


def _legend(sheet: SheetWriter, roster: Roster) -> int:
    """The shifts and the other words of the grid; gives the next free row."""
    _band(sheet, 1, Text("Legend"))
    heads = (Text("code"), Text("title"), Text("time"), Text("paid hours"), Text("kind"), Text("what to know"))
    sheet.row(2, heads, look.HEAD)
    row = 3
    shifts = cells.shifts(roster)
    styles = look.shift_styles(shifts)
    for shift in shifts.values():
        longer = Text("goes on while customers are still there") if shift.open_ended else None
        line = (shift.code, shift.name, look.span(shift), show_hours(shift.paid), shift.kind, longer)
        sheet.row(row, line, look.CENTRED)
        sheet.put(row, 1, shift.code, styles[shift.code])
        sheet.height(row, ROW)
        row += 1
    off = replace(look.CELL, colour=look.FAINT)
    for words, meaning, style in (
        (Text(cells.REST), Text("day off"), off),
        (Text(cells.LEAVE), Text("leave; or its kind, such as 年假"), replace(look.CELL, italic=True)),
    ):
        _wide(sheet, row, str(words), str(meaning), style)
        row += 1
    return row


def _figures(sheet: SheetWriter, row: int, result: Result) -> int:
    """Status, seed and each tier's cost; gives the next free row."""
    if result.roster is None:
        raise ValueError(result.status)
    days = result.roster.problem.days
    _band(sheet, row, Text("The roster"))
    for name, value in (
        (Text("period"), Text("{first} to {last}, {count} days", first=days[0], last=days[-1], count=len(days))),
        (Text("status"), status_words(result)),
        (Text("seed"), str(result.seed)),
        (Text("version"), __version__),
    ):
        row += 1
        _wide(sheet, row, str(name), str(value))
    if not result.tiers:
        return row + 1
    row += 1
    heads = (Text("tier"), Text("cost"), Text("bound"), Text("gap"), Text("proven"), Text("rules"))
    sheet.row(row, heads, look.HEAD)
    for tier in result.tiers:
        row += 1
        rules = show(tier_rules(result.roster.problem.rules, tier.tier))
        proven = Text("yes") if tier.proven else Text("no")
        sheet.row(row, (tier.tier, tier.cost, tier.bound, f"{tier.gap:.0%}", proven, rules), look.CENTRED)
        sheet.height(row, _height(rules, WIDTHS[5]))
    return row + 1


def status_words(result: Result) -> Text:
    """A result's status as a sentence."""
    if result.interrupted:
        return Text("stopped by hand: the best roster found until then")
    return {
        Status.OPTIMAL: Text("proven: there is no better roster"),
        Status.FEASIBLE: Text("a good roster; a better one is not ruled out"),
        Status.INFEASIBLE: Text("proven: no roster keeps all hard rules"),
        Status.UNKNOWN: Text("no roster was found in the time given"),
    }[result.status]


def tier_rules(rules: Iterable[Stated], tier: int) -> list[Text]:
    """The labels of the rules in a tier, each once."""
    soft = (stated.rule.label for stated in rules if stated.strength is Strength.SOFT and stated.tier == tier)
    return [Text(label) for label in dict.fromkeys(soft)]


def _rules(sheet: SheetWriter, row: int, roster: Roster) -> int:
    """Each rule in force as its sentence; gives the next free row."""
    _band(sheet, row, Text("Rules in force"))
    for stated in sorted(roster.problem.rules, key=_rank):
        row += 1
        words = Text("{rule}: {sentence}", rule=Text(stated.rule.label), sentence=stated.rule.says())
        only = scope_words(stated.scope)
        _wide(
            sheet,
            row,
            str(strength_words(stated)),
            str(Text("{words} (only: {only})", words=words, only=only) if only else words),
        )
    return row + 1


def _rank(stated: Stated) -> tuple[int, int]:
    """What must be first, then tier after tier, last what is only told."""
    return (Strength.HARD, Strength.SOFT, Strength.WATCH).index(stated.strength), stated.tier


def strength_words(stated: Stated) -> Text:
    """How strong a rule is: must, only told, or in which tier with what weight."""
    if stated.strength is Strength.HARD:
        return Text("must")
    if stated.strength is Strength.WATCH:
        return Text("told only")
    return Text("tier {tier} × {weight}", tier=stated.tier, weight=stated.weight)


def scope_words(scope: Scope) -> list[object]:
    """Whom and when a rule applies to, in words; none where it applies to everybody always."""
    found: list[object] = []
    for names in (scope.people, scope.skills, scope.contracts, scope.groups):
        found += sorted(names)
    found += [Text(WEEKDAYS[weekday]) for weekday in sorted(scope.weekdays)]
    found += [Text("from {day}", day=scope.first)] if scope.first else []
    return found + ([Text("until {day}", day=scope.last)] if scope.last else [])


def _band(sheet: SheetWriter, row: int, title: Text) -> None:
    sheet.row(row, [title, *[None] * (COLUMNS - 1)], look.SECTION)
    sheet.merge(block(row, 1, row, COLUMNS))
    sheet.height(row, ROW * 1.2)


def _wide(sheet: SheetWriter, row: int, name: str, words: str, style: Style = look.CENTRED) -> None:
    """A name and, over all other columns, what there is to say of it."""
    sheet.put(row, 1, name, style)
    sheet.row(row, [words, *[None] * (COLUMNS - 2)], look.WORDS, first=2)
    sheet.merge(block(row, 2, row, COLUMNS))
    sheet.height(row, max(_height(words, sum(WIDTHS[1:])), _height(name, WIDTHS[0])))


def _height(words: str, width: float) -> float:
    return ROW * (-(-display_width(words) // int(width - 1)) or 1)
