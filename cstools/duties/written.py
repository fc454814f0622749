"""How the journal writes duties: a shift stands once, a cell names it by its place."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from cstools.journal import canonical
from cstools.shifts import Duty, Shift


def write_shift(shift: Shift) -> dict[str, Any]:
    """What is remembered of a shift."""
    return {
        "code": shift.code, "name": shift.name, "start": shift.start, "end": shift.end, "paid": shift.paid,
        "kind": shift.kind, "open_ended": shift.open_ended,
    }  # fmt: skip


def write_cell(duty: Duty, shift: int) -> dict[str, Any]:
    """A duty by the place of its shift, with its posts and meal where it has them."""
    return {
        "shift": shift,
        **({"posts": list(duty.posts)} if duty.posts else {}),
        **({"meal": list(duty.meal)} if duty.meal else {}),
    }


def read_cell(day: date, person: str, shift: Shift, cell: Mapping[str, Any]) -> Duty:
    """What ``write_cell`` wrote."""
    meal = (cell["meal"][0], cell["meal"][1]) if "meal" in cell else None
    return Duty(day, shift.code, person, tuple(cell.get("posts", ())), meal)


def write_column(duties: Iterable[tuple[Duty, Shift]]) -> str:
    """A day's duties, by person; the same duties are the same text."""
    shifts: dict[Shift, int] = {}
    cells = {
        duty.person: write_cell(duty, shifts.setdefault(shift, len(shifts)))
        for duty, shift in sorted(duties, key=lambda pair: pair[0].person)
    }
    return canonical({"shifts": [write_shift(shift) for shift in shifts], "cells": cells})


def read_column(day: date, text: str) -> Iterator[tuple[Duty, Shift]]:
    """What ``write_column`` wrote."""
    data = json.loads(text)
    shifts = [Shift(**values) for values in data["shifts"]]
    for person, cell in data["cells"].items():
        shift = shifts[cell["shift"]]
        yield read_cell(day, person, shift, cell), shift
