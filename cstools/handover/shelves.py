"""The cards that a sheet is made of, read from the journal few queries at a time and kept while one book is open."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from cstools.journal import Card, Pages

LIVE: Final = ("item", "order", "notice", "thing", "equipment")
DAILY: Final = ("tick", "arrival", "figures")  # their keys begin with the day


class Shelves:
    """What was read so far; without ``pages`` every shelf is empty."""

    def __init__(self, pages: Pages | None) -> None:
        self._pages = pages
        self._alive: dict[str, list[Card]] | None = None
        self._days: dict[date, dict[str, list[Card]]] = {}
        self._cards: dict[tuple[str, str], Card | None] = {}

    def alive(self, shelf: str) -> list[Card]:
        """What is not over of one of the LIVE shelves."""
        if self._alive is None:
            self._alive = _sorted(LIVE, self._pages.live_cards(*LIVE) if self._pages else [])
        return self._alive[shelf]

    def of_day(self, shelf: str, day: date) -> list[Card]:
        """What was done on a day, of one of the DAILY shelves."""
        if day not in self._days:
            ends = day.isoformat(), (day + timedelta(days=1)).isoformat()
            self._days[day] = _sorted(DAILY, self._pages.cards_between(DAILY, *ends) if self._pages else [])
        return self._days[day][shelf]

    def card(self, shelf: str, key: str) -> Card | None:
        """One card; None where nothing was filed under that key."""
        if (shelf, key) not in self._cards:
            self._cards[shelf, key] = self._pages.card(shelf, key) if self._pages else None
        return self._cards[shelf, key]


def _sorted(shelves: Iterable[str], cards: Iterable[Card]) -> dict[str, list[Card]]:
    found: dict[str, list[Card]] = {shelf: [] for shelf in shelves}
    for card in cards:
        found[card.shelf].append(card)
    return found
