"""The tax client's figure instead of ours, where a desk pays it: told with ours and the difference."""

from collections.abc import Sequence
from decimal import Decimal

from cstools.language import Text
from cstools.money import ZERO, show
from cstools.pay.case import Case
from cstools.pay.slip import Notice, Why


def as_the_client(case: Case, ours: Why, due: Decimal) -> tuple[Decimal, Why, Sequence[Notice]]:
    """What is withheld, why, and what is to be told of it.

    The client's figure is of the whole tax month: what earlier runs of it have withheld is taken off. Where its file
    doesn't have the person, ours is paid.
    """
    theirs = (case.inputs.client or {}).get(case.number)
    month = f"{case.run.tax_month:%Y-%m}"
    if theirs is None:
        text = Text("the tax client’s file of {month} doesn’t have this person: our {ours} is withheld", month=month,
                    ours=show(due))  # fmt: skip
        return due, ours, [Notice(text, grave=True)]
    before = case.past.in_tax_month(case.run.tax_month, "tax.withheld")
    figure = max(ZERO, theirs.due - before)
    parts = [Why(Text("as we reckon it"), -due, parts=(ours,))]
    if figure != due:
        parts.append(Why(Text("the tax client differs by {more}", more=show(figure - due)), due - figure))
    text = Text("the tax client’s figure of {month}: {theirs}[[, less {before} withheld in it before]]", month=month,
                theirs=show(theirs.due), before=show(before) if before else None)  # fmt: skip
    told = Text("income tax: the tax client’s {theirs} is withheld, ours would be {ours}", theirs=show(figure),
                ours=show(due))  # fmt: skip
    return figure, Why(text, -figure, theirs.source, tuple(parts)), (
        [Notice(told, grave=True, source=theirs.source)] if figure != due else [])  # fmt: skip
