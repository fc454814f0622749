"""The book as it was at some point: what is open, ordered, shared and done, read from the cards.

A point is a watermark: the number of the last event that counts, and the latest time that one may speak of. Cards that
a later event was filed on are folded anew from their events up to there; all others are read as they lie.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from cstools.handover.change import Change
from cstools.handover.events import SHELVES, TOLD, Data, fold
from cstools.handover.items import Item, read_item
from cstools.handover.setup import Setup
from cstools.handover.shelves import Shelves
from cstools.journal import Card, Event, Pages


@dataclass(frozen=True, slots=True)
class Point:
    """Up to where the book is read; None: everything."""

    number: int | None = None
    at: datetime | None = None


NOW = Point()


@dataclass(frozen=True)
class Book:
    """What can be asked of a desk's book. Without ``pages`` nothing was ever recorded.

    What was read is kept: who writes takes a new one.
    """

    pages: Pages | None
    setup: Setup = field(default_factory=Setup)
    point: Point = NOW
    base: "Book | None" = None  # the book that this is another point of

    def as_of(self, point: Point) -> "Book":
        """The same book at another point."""
        return Book(self.pages, self.setup, point, self)

    @cached_property
    def shelves(self) -> Shelves:
        """What was read of the cards as they lie."""
        return self.base.shelves if self.base else Shelves(self.pages)

    @property
    def begun(self) -> bool:
        """Whether anything at all was recorded up to the point: nothing open and nothing known are two things."""
        if self._open_items:
            return True
        first = self.pages.first(*TOLD) if self.pages else None
        return first is not None and self._counts(first)

    # --- items --------------------------------------------------------------------------------------------------------

    def open_items(self, team: str = "") -> list[Item]:
        """Every item that is not closed, by number; those of one group, with those of nobody's, where it is told."""
        return [item for item in self._open_items if not team or item.team in {"", team}]

    @cached_property
    def _open_items(self) -> list[Item]:
        if self.base and not any(shelf == "item" for shelf, _ in self._later):
            return self.base._open_items  # noqa: SLF001 - a book of the same kind
        return [_item(card) for card in self._live("item")]

    def closed_items(self, since: datetime, after: int | None = None, *, grave: bool = False) -> list[Item]:
        """The items closed at a time or later, or, with ``after``, by an event above that number, by number.

        With ``grave`` only those that are 重大 or worse.
        """
        if self.pages and grave:
            found = self._folded("item", self.pages.grave_cards("item", since, after))
        else:
            found = self._since("item", since, after)
        closed = [_item(card) for card in found if "closed_at" in card.data and (card.grave or not grave)]
        return [
            item for item in closed
            if item.closed_at and (item.closed_at >= since or (after is not None and item.closed_number > after))
        ]  # fmt: skip

    def item(self, number: int) -> Item | None:
        """One item; None where there is none of that number."""
        card = self._one("item", str(number))
        return _item(card) if card else None

    def search(self, words: str) -> list[Item]:
        """The items, open or closed, that hold every one of some words, by number."""
        first, *others = words.split() or [""]
        if self.pages is None:
            return []
        found = [_item(card) for card in self.pages.cards("item", holding=first)]
        return [item for item in found if all(word.casefold() in str(item).casefold() for word in others)]

    # --- what is said, shared and done --------------------------------------------------------------------------------

    def orders(self) -> list[tuple[int, Data]]:
        """The orders that were not revoked, with their numbers."""
        return _numbered(self._live("order"))

    def notices(self) -> list[tuple[int, Data]]:
        """Every notice, with its number; who asks knows which are still valid."""
        return _numbered(self._live("notice"))

    def things(self) -> list[Data]:
        """The shared things, by name."""
        return _by_key(self._live("thing"))

    def equipment(self) -> list[Data]:
        """Every machine as last recorded, by name."""
        return _by_key(self._live("equipment"))

    def ticks(self, day: date, shift: str) -> dict[str, Data]:
        """What was ticked in one shift, by the line ticked."""
        return self._done("tick", "line", day, shift)

    def arrivals(self, day: date, shift: str) -> dict[str, Data]:
        """Who arrived for one shift, by number."""
        return self._done("arrival", "person", day, shift)

    def figures(self, day: date, shift: str, team: str = "") -> Data | None:
        """The figures that one shift left; None where it left none."""
        return next((data for data in self.figures_of(day, team) if data["shift"] == shift), None)

    def figures_of(self, day: date, team: str = "") -> list[Data]:
        """Every shift's figures of a day, in the order in which they were recorded."""
        return [card.data for card in self._of_day("figures", day) if card.data["team"] == team]

    # --- changes ------------------------------------------------------------------------------------------------------

    def of(self, change: Change) -> dict[str, Any]:
        """What was recorded about a change itself: frozen, signatures, overrides, unfit, supplements."""
        card = self._one("change", change.key)
        return dict(card.data) if card else {}

    def changes_since(self, since: datetime) -> list[Data]:
        """What was recorded about the changes whose clock time is so late or later, in no order."""
        return [card.data for card in self._since("change", since, None)]

    def imported(self, row: str) -> Data | None:
        """What a row of a workbook was recorded as: its card's key, and its hash; None where it never was."""
        card = self._one("row", row)
        return card.data if card else None

    # --- reading as of a point ----------------------------------------------------------------------------------------

    def _live(self, shelf: str) -> list[Card]:
        return [card for card in self._folded(shelf, self.shelves.alive(shelf)) if card.live]

    def _of_day(self, shelf: str, day: date) -> list[Card]:
        """The cards of a shelf whose keys begin with a day."""
        return [
            card for card in self._folded(shelf, self.shelves.of_day(shelf, day)) if card.key[:10] == day.isoformat()
        ]

    def _done(self, shelf: str, name: str, day: date, shift: str) -> dict[str, Data]:
        """What was done in one shift, by what its data call so."""
        if (shelf, day, shift) not in self._shifts:
            found = (card.data for card in self._of_day(shelf, day))
            self._shifts[shelf, day, shift] = {data[name]: data for data in found if data["shift"] == shift}
        return self._shifts[shelf, day, shift]

    @cached_property
    def _shifts(self) -> dict[tuple[str, date, str], dict[str, Data]]:
        return {}

    def _since(self, shelf: str, since: datetime, after: int | None) -> list[Card]:
        if self.pages is None:
            return []
        found = {card.key: card for card in self.pages.cards_since(shelf, since)}
        for _, key in self.pages.touched([shelf], after) if after is not None else ():
            if key not in found and (card := self.pages.card(shelf, key)):
                found[key] = card
        return self._folded(shelf, found.values())

    def _one(self, shelf: str, key: str) -> Card | None:
        card = self.shelves.card(shelf, key)
        found = [each for each in self._folded(shelf, [card] if card else []) if each.key == key]
        return found[0] if found else None

    def _folded(self, shelf: str, cards: Iterable[Card]) -> list[Card]:
        """The cards as they were at the point, by the number of their last event."""
        if self.pages is None or not any(touched == shelf for touched, _ in self._later):
            return list(cards)
        found = {card.key: card for card in cards if (shelf, card.key) not in self._later}
        for key, told in self.pages.threads(shelf, self.point.number, self.point.at).items():
            if card := fold(told).get((shelf, key)):
                found[key] = card
        return sorted(found.values(), key=lambda card: card.number)

    def _counts(self, event: Event) -> bool:
        number, at = self.point.number, self.point.at
        return (number is None or event.number <= number) and (at is None or event.at <= at)

    @cached_property
    def _later(self) -> set[tuple[str, str]]:
        """Shelf and key of the cards that something beyond the point was said of."""
        if self.pages is None or self.point == NOW:
            return set()
        return self.pages.touched(SHELVES, self.point.number, self.point.at)


def _item(card: Card) -> Item:
    return read_item(card.key, card.number, card.data)


def _numbered(cards: Iterable[Card]) -> list[tuple[int, Data]]:
    return sorted(((int(card.key), card.data) for card in cards), key=lambda pair: pair[0])


def _by_key(cards: Iterable[Card]) -> list[Data]:
    return [card.data for card in sorted(cards, key=lambda card: card.key)]
