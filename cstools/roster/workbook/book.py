"""The one door: a result in, a workbook out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cstools.language import Text
from cstools.roster.result import Result
from cstools.roster.rule import Breach
from cstools.roster.workbook import about_sheet, by_day, findings_sheet, grid, statistics_sheet
from cstools.tables.write import BookWriter


@dataclass(frozen=True, slots=True)
class About:
    """What a result doesn't know of its desk.

    ``team`` stands in the titles; people arrive ``arrive_before`` minutes before a shift (000-034); ``notes`` are
    told in sheet 检查, such as leave that nobody approved; ``why`` gives the lines that stand there under a shortage;
    ``settings`` are names and values for sheet 说明.
    """

    team: str = ""
    arrive_before: int = 0
    notes: Sequence[object] = ()
    settings: Sequence[tuple[object, object]] = ()
    why: Callable[[Breach], Sequence[object]] = lambda _: ()


def write_roster(result: Result, path: Path, *, about: About | None = None) -> None:
    """Write a result's roster; the same result gives the same bytes, whatever the hour.

    Raises Locked where the file is open in Excel, and ValueError for a result without a roster.
    """
    if result.roster is None:
        raise ValueError(result.status)
    about = about or About()
    days = result.roster.problem.days
    title = str(Text("{team} roster {first} – {last}", team=about.team, first=f"{days[0]}", last=f"{days[-1]}")).strip()
    book = BookWriter(title)
    layout = grid.write(book, result, title)
    by_day.write(book, result.roster, title, about.arrive_before)
    statistics_sheet.write(book, result.roster, title)
    findings_sheet.write(book, result, layout, about.notes, about.why)
    about_sheet.write(book, result, about.settings)
    book.save(path)
