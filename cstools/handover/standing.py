"""Where a desk's handover stands: the last good run, the next change, what is open, due and overdue."""

from collections.abc import Iterator
from datetime import datetime

from cstools.handover.book import Book
from cstools.handover.content import content
from cstools.handover.forms.heading import change as change_words
from cstools.handover.forms.heading import people, summary
from cstools.handover.made import Made
from cstools.handover.making import LIST, Maker
from cstools.handover.sheet import SheetContent
from cstools.language import Text


def lines(maker: Maker) -> Iterator[Text | str]:
    """A line each."""
    last = Made.read(maker.desk.folder / LIST).last()
    yield Text("last sheet made: {moment}", moment=_shown(last)) if last else Text("no sheet was ever made")
    if missing := maker.missing():
        yield Text("{count} sheets are missing; make them with cstools handover sheet --catch-up", count=len(missing))
    if days := maker.unrostered():
        yield Text("no roster is published for {days}: no sheets can be made for them", days=days)
    sheet = _next(maker)
    header = sheet.header
    if not header.rostered:
        yield Text("next change: {moment}, but no roster is published for it", moment=_shown(header.at))
    else:
        yield Text("next change: {moment}, {change}", moment=_shown(header.at), change=change_words(header))
        yield Text("outgoing: {names}", names=people(header.outgoing_people))
        yield Text("relief: {names}", names=people(header.relief_people) or Text("nobody"))
    yield summary(sheet)


def _next(maker: Maker) -> SheetContent:
    with maker.desk.journal.reading() as pages:
        return content(Book(pages, maker.setup), maker.next_after(maker.now), maker.now)


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
