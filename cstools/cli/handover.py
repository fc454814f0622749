"""The handover family's commands on matters: add, update, close, transfer, show, list, search."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import click

from cstools.cli import handover_sheet, handover_shift, handover_signing, options
from cstools.cli.handover_matters import missing, tell_many, tell_one
from cstools.cli.help import Group
from cstools.cli.options import handover as asked
from cstools.cli.show import say
from cstools.errors import UsageFault
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.handover.counter import Counter
    from cstools.handover.items import Item


@click.group(cls=Group, help=mark("The handover: what is open and whose it is, the shift change and its signatures."))
@options.family
def handover() -> None:
    pass


for each in (*handover_sheet.COMMANDS, *handover_shift.COMMANDS, *handover_signing.COMMANDS):
    handover.add_command(each)


@handover.command(
    help=mark(
        "Record a matter; a title and an owner suffice.\n\nOn a terminal what is missing is asked for, elsewhere not."
    ),
    example="cstools handover add 漏发赠品 --owner 001 --type 投诉 --customer 李女士 --cause 仓库漏放",
)
@asked.at_counter
@asked.title
@asked.owner
@asked.fields
@asked.recorded
def add(counter: "Counter", title: str | None, owner: str | None, at: datetime | None, by: str, **fields: Any) -> None:
    title = title or _ask(Text("What it is about"))
    owner = counter.person(owner or _ask(Text("Whose it is")))
    given = {**_given(counter, fields), "title": title, "owner": owner}
    with counter.recording(by) as recorder:
        item = recorder.add(given, at, late=at is not None)
        opened = recorder.opened_by(item)
    say(Text("recorded as matter {number}: {title}", number=item.number, title=item.title), *_lacks(counter, item))
    if item.liable and not given.get("liable"):
        names = [counter.setup.who(number).name for number in item.liable]
        say(Text("liable by the roster: {names}", names=names))
    say(*map(_opened, opened))


@handover.command(
    help=mark("Change what is told of a matter; an empty text takes it away."),
    example="cstools handover update 39 --progress 快递已同意赔付",
)
@asked.at_counter
@asked.number(mark("The matter's number."))
@asked.fields
@asked.recorded
def update(counter: "Counter", number: int, at: datetime | None, by: str, **fields: Any) -> None:
    given = _given(counter, fields)
    if not given:
        raise UsageFault(Text("say what to change, such as --cause"))
    with counter.recording(by) as recorder:
        item = recorder.update(number, given, at)
    say(Text("matter {number} is changed", number=number), *_lacks(counter, item))


@handover.command(
    help=mark("Close a matter with its outcome; some types open another matter then."),
    example="cstools handover close 39 --result 已索赔",
)
@asked.at_counter
@asked.number(mark("The matter's number."))
@asked.result
@asked.recorded
def close(counter: "Counter", number: int, result: str, at: datetime | None, by: str) -> None:
    with counter.recording(by) as recorder:
        item, opened = recorder.close(number, result, at)
    say(Text("matter {number} is closed: {result}", number=number, result=item.result))
    if opened:
        say(_opened(opened))


@handover.command(
    help=mark("Give a matter to another owner; it stays open."),
    example="cstools handover transfer 39 002",
)
@asked.at_counter
@asked.number(mark("The matter's number."))
@options.who("who")
@options.remark
@asked.recorded
def transfer(counter: "Counter", number: int, who: str, note: str, at: datetime | None, by: str) -> None:
    with counter.recording(by) as recorder:
        recorder.transfer(number, who, note, at)
    say(Text("matter {number} is now {name}'s", number=number, name=counter.setup.who(who).name))


@handover.command(
    help=mark("All that is known of a matter."),
    example="cstools handover show 39",
)
@asked.at_counter
@asked.number(mark("The matter's number."))
def show(counter: "Counter", number: int) -> None:
    with counter.reading() as book:
        item = book.item(number)
        told = book.pages.thread("item", str(number)) if book.pages else []
    if item is None:
        raise UsageFault(Text("there is no matter {number}", number=number))
    tell_one(counter, item, told, counter.desk.now())


@handover.command(
    "list",
    help=mark("The matters that are open, the most urgent first; or those due soon, one person's, or lately closed."),
    example="cstools handover list --due 4h\ncstools handover list --owner 001 --since 2026-11-01",
)
@asked.at_counter
@asked.group
@asked.due
@asked.owner
@asked.only_open
@asked.since
def list_(counter: "Counter", due: timedelta | None, owner: str | None, only_open: bool, since: date | None) -> None:
    now = counter.desk.now()
    with counter.reading() as book:
        items = book.open_items()
        if since and not only_open:
            items += book.closed_items(datetime.combine(since, time()))
    if counter.group:
        items = [item for item in items if item.team in {"", counter.group}]  # as on the group's sheet
    if owner:
        number = counter.person(owner)
        items = [item for item in items if item.owner == number]
    if due is not None:
        items = counter.setup.deadlines.within([item for item in items if item.open], now, due)
    tell_many(counter, items, now)


@handover.command(
    help=mark("The matters, open or closed, that hold all of some words."),
    example="cstools handover search 漏发",
)
@asked.at_counter
@asked.text("words", mark("What it holds."), metavar=mark("WORDS"), nargs=-1, required=True)
def search(counter: "Counter", words: Sequence[str]) -> None:
    with counter.reading() as book:
        items = book.search(" ".join(words))
    tell_many(counter, items, counter.desk.now())


def _ask(what: Text) -> str:
    """An answer from the terminal; a fault where there is none to ask."""
    if not sys.stdin.isatty():
        raise UsageFault(Text("a matter needs at least its title and its owner"))
    answer: str = click.prompt(str(what))
    return answer


def _given(counter: "Counter", fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that were told; people by number, and the group of --team."""
    told = {name: value for name, value in fields.items() if value not in {None, ()}}
    told |= {"team": counter.group} if counter.group else {}
    if "liable" in told:
        told["liable"] = tuple(map(counter.person, told["liable"]))
    return told


def _opened(item: "Item") -> Text:
    return Text("opened matter {number}: {kind}", number=item.number, kind=item.kind)


def _lacks(counter: "Counter", item: "Item") -> Iterable[Text]:
    if lacks := missing(counter, item):
        yield Text("still lacks: {missing}", missing=lacks)
