"""Make samples/shop anew: the shop's profile with dates of autumn 2026, and the rosters that its own rules make.

``python samples/_shop/build.py`` from the top of a checkout makes everything, in some five minutes; with ``--desk``
only the desk's own files, for when their look has changed. These come out the same to the byte; the rosters do on the
same machine with the same solver. Its journal is ``story.py``'s, to be made anew after the rosters.
"""

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent.parent
SHOP: Final = HERE.parent / "shop"
FIRST: Final = date(2026, 8, 31)
NEXT: Final = date(2026, 11, 16)  # the first day that isn't rostered yet
WORK: Final = 12.0  # units of the solver's work for a week
sys.path.insert(0, str(ROOT))


def desk_files() -> dict[str, bytes]:
    """The desk's own files by name."""
    from cstools.roster.template import compose

    return compose([ROOT / "templates" / "shop", HERE], NEXT)


def weeks() -> list[tuple[date, ...]]:
    """The weeks before the first day to roster, the first one from the day on which the story begins."""
    from cstools.days import span, week_of

    found, first = [], FIRST
    while first < NEXT:
        found.append(span(first, week_of(first)[1]))
        first = found[-1][-1] + timedelta(days=1)
    return found


def roster(days: tuple[date, ...]) -> None:
    """Solve some days as the desk would, and lay their roster among the others."""
    from cstools.desk import Desk
    from cstools.roster.reader import read_problem
    from cstools.roster.result import Limits
    from cstools.roster.solve import solve
    from cstools.roster.workbook import About, write_roster

    desk = Desk.find(SHOP)
    problem, notes = read_problem(desk, days)
    result = solve(problem, Limits(WORK, deterministic=True))
    if result.roster is None or result.broken:
        raise SystemExit(f"{days[0]}: {result.status} {[str(breach.text) for breach in result.broken]}")
    path = desk.roster_path(days[0], days[-1])
    path.parent.mkdir(exist_ok=True)
    write_roster(result, path, about=About("", desk.settings.arrive_before, notes))
    costs = " ".join(f"{tier.cost}/{tier.bound}" for tier in result.tiers)
    sys.stdout.write(f"{path.name}: {costs} {result.seconds:.0f} s\n")


def main(*, rosters: bool) -> None:
    """Write the desk's files, and week after week its rosters."""
    SHOP.mkdir(exist_ok=True)
    for name, data in desk_files().items():
        (SHOP / name).write_bytes(data)
    if rosters:
        for path in SHOP.glob("排班/*.xlsx"):
            path.unlink()
        for days in weeks():
            roster(days)


if __name__ == "__main__":
    main(rosters="--desk" not in sys.argv)
