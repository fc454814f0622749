"""Why a slip is what it is: the tree from net down to each order, event and setting, from the stored lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from cstools.errors import CstoolsError, nearest
from cstools.language import Text, translate
from cstools.money import show
from cstools.pay.elements import all_elements
from cstools.pay.slip import GROUPS, NET, Group, Line, Slip, Why
from cstools.tables.grid import fold


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of the tree: how deep it stands, what it says, its amount, and where it comes from."""

    depth: int
    text: str
    amount: Decimal | None = None
    source: str = ""

    def __str__(self) -> str:
        amount = "" if self.amount is None else f"  {show(self.amount)}"
        source = f"  [{self.source}]" if self.source else ""
        return f"{'  ' * self.depth}{self.text}{amount}{source}"


def tree(slip: Slip) -> Iterator[Branch]:
    """A whole slip: net, each group, each line, each reason."""
    yield Branch(0, str(Text("net")), slip.net)
    for group in (*NET, Group.EMPLOYER):
        lines = [line for line in slip.lines if line.group is group]
        if not lines:
            continue
        name = Text(GROUPS[group])
        shown = name if group in NET else Text("{group} (not in net)", group=name)
        yield Branch(1, str(shown), slip.total(group))
        for line in lines:
            yield from of_line(line, 2)
    for notice in slip.notices:
        yield Branch(1, str(Text("note: {text}", text=notice.text)), source=notice.source)


def of_line(line: Line, depth: int = 0) -> Iterator[Branch]:
    """One line and its reasons."""
    product = ""
    if line.quantity is not None and line.rate is not None:
        product = f" ({_plain(line.quantity)} × {_plain(line.rate)})"
    yield Branch(depth, f"{line.label}{product}", line.amount)
    yield from _reasons(line.why, depth + 1)


def _reasons(why: Why, depth: int) -> Iterator[Branch]:
    yield Branch(depth, str(why.text), why.amount, why.source)
    for part in why.parts:
        yield from _reasons(part, depth + 1)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def lines_called(slip: Slip, word: str) -> list[Line]:
    """The lines that a user means: by what the slip calls them, or by their element. Raises CstoolsError for none."""
    asked = fold(word)
    found = [line for line in slip.lines if asked in _names(line)]
    found = found or [line for line in slip.lines if asked in fold(str(line.label))]
    if not found:
        near = nearest(word, [str(line.label) for line in slip.lines])
        raise CstoolsError(Text("the slip of {name} has no line “{word}”", name=slip.name, word=word),
                           *([near] if near else []))  # fmt: skip
    return found


def _names(line: Line) -> set[str]:
    element = all_elements().get(line.item)
    labels = {fold(element.label), fold(translate(element.label))} if element else set()
    return {fold(str(line.label)), fold(line.label.key), fold(line.item), *labels}
