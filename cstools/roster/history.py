"""Versions and changes in words: who has what now instead of what."""

from collections.abc import Iterable, Sequence
from typing import Final

from cstools.days import show_time
from cstools.duties import Board, Move, Posted, Version
from cstools.language import Text, mark, translate
from cstools.roster.cells import REST

WHAT: Final = {
    "published": mark("published"),
    "restored": mark("restored"),
    "swap": mark("swap"),
    "substitute": mark("substitute"),
    "absent": mark("absent"),
}


def cell_words(posted: Posted | None) -> object:
    """A cell as a grid shows it, with posts: 晚(主旺旺), 休."""
    if posted is None:
        return Text(REST)
    posts = posted.duty.posts
    return Text("{shift} ({posts})", shift=posted.duty.shift, posts=posts) if posts else posted.duty.shift


def hours_words(posted: Posted) -> str:
    """From when to when a shift goes: 15:00–24:00, with a + where it goes on."""
    return f"{show_time(posted.shift.start)}–{show_time(posted.shift.end)}{'+' if posted.shift.open_ended else ''}"


def move_words(move: Move) -> Text:
    """One cell's change: 2026-11-12 周四: 晚 → 休; with the hours, where they or the meal are all that changed."""
    before, after = cell_words(move.before), cell_words(move.after)
    if str(before) == str(after) and move.before and move.after:
        before, after = (Text("{shift} {hours}{meal}", shift=cell, hours=hours_words(posted), meal=_meal(posted))
                         for cell, posted in ((before, move.before), (after, move.after)))  # fmt: skip
    return Text("{day}: {before} → {after}", day=move.day, before=before, after=after)


def diff_words(moves: Sequence[Move], board: Board) -> list[Text]:
    """Who is affected, a line each: 王芳 (007): 2026-11-12 周四: 晚 → 休; 2026-11-13 周五: 休 → 晚."""
    people = list(dict.fromkeys(move.person for move in moves))
    return [
        Text("{name} ({number}): {moves}", name=board.name(person), number=person,
             moves=_joined(move_words(move) for move in moves if move.person == person))
        for person in people
    ]  # fmt: skip


def version_words(version: Version, board: Board) -> Text:
    """A version in one line: 第 5 版，换班：… (批准人 …, 补登)."""
    return Text("version {number}, {what}", number=version.number, what=summary(version, board))


def summary(version: Version, board: Board) -> Text:
    """What a version did: to whom, or for publications and restorations on which days."""
    facts = version.facts
    if facts.what == "published":
        return Text("{what}: {days}", what=Text(WHAT[facts.what]), days=days_words(version))
    if facts.what == "restored":
        return Text("back to version {number}: {days}", number=facts.restored, days=days_words(version))
    what = Text(WHAT[facts.what])
    if facts.instead:
        what = Text("{what} for {name}", what=what, name=board.name(facts.instead))
    return Text("{what}: {moves}", what=what, moves=_joined(diff_words(version.moves, board)))


def days_words(version: Version) -> Text:
    """The days that a version touches and how many cells it changes."""
    days, cells = version.days, len(version.moves)
    return Text("{first} to {last}, {cells} cells", first=days[0], last=days[-1], cells=cells)


def _joined(texts: Iterable[Text]) -> str:
    return translate(mark("; ")).join(map(str, texts))


def _meal(posted: Posted) -> str:
    meal = posted.duty.meal
    return f" ({show_time(meal[0])}–{show_time(meal[1])})" if meal else ""
