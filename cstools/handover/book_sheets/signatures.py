"""Sheet 签字 of the agents' workbook: signing, refusing, overriding, supplementing without a command."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cstools.errors import CstoolsError, Refused, UsageFault
from cstools.handover.book_sheets import sheets
from cstools.handover.book_sheets.reading import Entry
from cstools.handover.changes import Changes
from cstools.handover.setup import Setup
from cstools.handover.signing import Signing
from cstools.journal import Journal
from cstools.language import Text

FIRST: Final = (sheets.OVERRIDE, sheets.UNFIT, sheets.OUT)  # what other rows depend on, wherever these stand
Told = Mapping[str, Any]


@dataclass(frozen=True)
class Signer:
    """Whoever signs in a workbook. ``now`` is when it is read."""

    journal: Journal
    setup: Setup
    changes: Changes
    now: datetime

    def sign(self, entries: Iterable[Entry]) -> Iterable[Text | bool]:
        """What came of each row: whether it did something new; a Text says why not, such as a gate that is shut."""
        order = {side: place for place, side in enumerate(FIRST)}
        rows = sorted(entries, key=lambda entry: order.get(entry.values["side"], len(FIRST)))
        return [self._sign(entry) for entry in rows]

    def _sign(self, entry: Entry) -> Text | bool:
        told = entry.values
        change = self.changes.of(told["day"], told["shift"])
        why = Text("this shift has not begun yet") if change.begins > self.now else None
        try:
            if why is None:
                with self.journal.writing(by=told["by"], now=self.now) as writing:
                    signing = Signing(writing, self.setup, change, entry.row)
                    if stands(signing, told):
                        return False
                    _ACTS[told["side"]](signing, told)
        except (UsageFault, Refused) as error:
            why = said(error)
        return Text("{place}: {why}", place=str(entry.record.source()), why=why) if why else True


def said(error: CstoolsError) -> Text:
    """What an error tells, on one line."""
    return Text("{lines}", lines=" ".join(map(str, error.lines)))


def stands(signing: Signing, told: Told) -> bool:
    """Whether what a row says is recorded already, as by a command."""
    side, by, note = told["side"], told["by"], told["note"]
    if side == sheets.OVERRIDE:
        return any(one["gate"] == told["about"] for one in signing.record.get("overrides", []))
    if side == sheets.UNFIT:
        return any(one["person"] == told["about"] for one in signing.record.get("unfit", []))
    if side == sheets.SUPPLEMENT:
        added = signing.record.get("supplements", [])
        return any(one["text"] == note and by in one.get("signed", {}) for one in added)
    signed = signing.record.get("signatures", [])
    refused = max((place for place, one in enumerate(signed) if one["side"] == sheets.REFUSED), default=-1)
    if side == sheets.REFUSED:
        return refused >= 0 and (signed[refused]["person"], signed[refused]["note"]) == (by, note)
    return any((one["side"], one["person"]) == (side, by) for one in signed[refused + 1 :])


# --- one function a word ----------------------------------------------------------------------------------------------


def _out(signing: Signing, told: Told) -> None:
    signing.sign_out(told["by"], told.get("at"), told["note"])


def _in(signing: Signing, told: Told) -> None:
    signing.sign_in(told["by"], told.get("at"), told["note"])


def _refuse(signing: Signing, told: Told) -> None:
    signing.refuse(told["by"], told["note"], told.get("at"))


def _override(signing: Signing, told: Told) -> None:
    signing.override(told["about"], told["by"], told["note"], told.get("at"))


def _unfit(signing: Signing, told: Told) -> None:
    signing.unfit(told["about"], told["note"], told.get("at"))


def _supplement(signing: Signing, told: Told) -> None:
    """The same words in another row are the other side's signature under them."""
    known = (one["number"] for one in signing.record.get("supplements", []) if one["text"] == told["note"])
    if number := next(known, None):
        signing.cosign(number, told["by"], told.get("at"))
    else:
        signing.amend(told["by"], told["note"], told.get("at"))


_ACTS: Final[Mapping[str, Callable[[Signing, Told], None]]] = {
    sheets.OUT: _out, sheets.IN: _in, sheets.REFUSED: _refuse,
    sheets.OVERRIDE: _override, sheets.UNFIT: _unfit, sheets.SUPPLEMENT: _supplement,
}  # fmt: skip
