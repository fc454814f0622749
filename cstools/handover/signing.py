"""Signing a shift change: out, in, refused, supplemented; gates and their overrides; who owns what afterwards.

All of it happens inside the journal's one writing transaction: what was checked is still true when it is recorded.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cstools.errors import Refused, UsageFault
from cstools.handover import events
from cstools.handover.book import Book
from cstools.handover.change import Change
from cstools.handover.content import SIGNED_CONTENT, covered, point_of, state, unsigned
from cstools.handover.gate import IN, OUT
from cstools.handover.gates import all_gates, kept
from cstools.handover.setup import Setup
from cstools.handover.shape import to_json
from cstools.handover.words import State
from cstools.journal import Book as Writing
from cstools.journal import Journal, canonical
from cstools.language import Text


class GateClosed(Refused):
    """The gates that are shut, each with its reasons; nothing was signed."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature did: how the change stands now, and which items went to whom."""

    state: State
    passed: tuple[tuple[int, str], ...] = ()
    checksum: str = ""


@dataclass(frozen=True)
class Signing:
    """A change that is being signed, in an open journal; ``row`` is the row of a workbook that says so."""

    writing: Writing
    setup: Setup
    change: Change
    row: Mapping[str, str] | None = None

    @property
    def book(self) -> Book:
        """The book as it is."""
        return Book(self.writing, self.setup)

    @property
    def record(self) -> dict[str, Any]:
        """What was recorded about the change so far."""
        return self.book.of(self.change)

    def _write(self, kind: str, data: dict[str, Any], at: datetime | None = None) -> None:
        self._moment(at)
        about: dict[str, Any] = {"change": self.change.key, "at": events.stamp(self.change.at)}
        about |= {"row": dict(self.row)} if self.row else {}
        events.write(self.writing, kind, {**data, **about}, at)

    def _moment(self, at: datetime | None) -> datetime:
        """The moment that counts: one that was told, or now."""
        if at is not None and at > self.writing.now:
            raise UsageFault(Text("{time} is still to come", time=at.isoformat(" ", "minutes")))
        return at or self.writing.now

    # --- the two signatures -------------------------------------------------------------------------------------------

    def sign_out(self, person: str, at: datetime | None = None, note: str = "") -> Signed:
        """Sign for what is handed over. Raises GateClosed, or Refused where that person has nothing to sign."""
        moment = self._moment(at)
        self._may(OUT, person)
        self._pass_gates(OUT, moment)
        self.freeze()
        checksum = self._keep(moment)
        self._write(events.SIGNED, {"side": OUT, "person": person, "note": note, "checksum": checksum}, at)
        return self._done(at, checksum)

    def sign_in(self, person: str, at: datetime | None = None, note: str = "") -> Signed:
        """Accept what is handed over; from here on the liability is the relief's. Raises as sign_out does."""
        moment = self._moment(at)
        self._may(IN, person)
        self._pass_gates(IN, moment)
        self.freeze()
        checksum = "" if self._checksum else self._keep(moment)
        entry = {"side": IN, "person": person, "note": note}
        self._write(events.SIGNED, {**entry, "checksum": checksum} if checksum else entry, at)
        return self._done(at, checksum or self._checksum)

    def refuse(self, person: str, why: str, at: datetime | None = None) -> None:
        """Don't accept what is handed over, and say why; it goes to the supervisor."""
        self._may(IN, person)
        if not why.strip():
            raise UsageFault(Text("a refusal needs its reason"))
        self._write(events.REFUSED, {"side": "refused", "person": person, "note": why.strip()}, at)

    @property
    def _checksum(self) -> str:
        return next((entry["checksum"] for entry in self.record.get("signatures", []) if entry.get("checksum")), "")

    def _may(self, side: str, person: str) -> None:
        """Whether somebody may sign on a side: whoever is on it, or a supervisor; anybody where nobody is known."""
        workers = self.change.outgoing if side == OUT else self.change.relief
        numbers = {worker.number for worker in workers}
        if numbers and person not in numbers and person not in self.setup.supervisors:
            names = tuple(worker.name for worker in workers)
            raise Refused(Text("{name} isn't on this side of the change: {names}",
                               name=self.setup.who(person).name, names=names))  # fmt: skip
        entries = self.record.get("signatures", [])
        if entries and entries[-1]["side"] != "refused":
            if state(self.book, self.change, self.record) is State.ACCEPTED:
                raise Refused(Text("this handover is accepted already; add a supplement instead"))
            if any(entry["side"] == side and entry["person"] == person for entry in entries):
                raise Refused(Text("{name} has signed already", name=self.setup.who(person).name))

    # --- gates --------------------------------------------------------------------------------------------------------

    def _pass_gates(self, side: str, moment: datetime) -> None:
        overridden = {entry["gate"] for entry in self.record.get("overrides", [])}
        reasons = [
            Text("{gate}: {reason}", gate=Text(gate.label), reason=reason)
            for gate in kept(self.setup.settings)
            if side in gate.sides and gate.name() not in overridden
            for reason in gate.closed(self.book, self.change, moment)
        ]
        if reasons:
            raise GateClosed(
                Text("The handover of {change} may not be signed now:", change=self.change.called), *reasons
            )

    def override(self, gate: str, person: str, why: str, at: datetime | None = None) -> None:
        """Let a supervisor pass a gate for this change, with a reason that is recorded (000-031)."""
        if gate not in all_gates():
            raise UsageFault(Text("no gate is called this"))
        if not why.strip():
            raise UsageFault(Text("an override needs its reason"))
        name, asked = self.setup.who(person).name, self.setup.settings.supervisors
        if not self.setup.supervises(person):
            raise Refused(Text("{name} may not override: only {skills} may", name=name, skills=asked))
        if person not in self.setup.supervisors and person in {worker.number for worker in self.change.outgoing}:
            # where nobody is told to be a supervisor: anybody but those who want to leave
            raise Refused(Text("{name} leaves and may not override: somebody else may, or give a supervisor the skill "
                               "{skills} in sheet 人员", name=name, skills=asked))  # fmt: skip
        self._write(events.OVERRIDDEN, {"gate": gate, "person": person, "why": why.strip()}, at)

    def unfit(self, person: str, why: str, at: datetime | None = None) -> None:
        """Record that somebody of the relief is not fit for duty."""
        if person not in {worker.number for worker in self.change.relief}:
            raise Refused(Text("{name} isn't the relief of this change", name=self.setup.who(person).name))
        self._write(events.UNFIT, {"person": person, "why": why}, at)

    # --- supplements --------------------------------------------------------------------------------------------------

    def amend(self, person: str, text: str, at: datetime | None = None) -> int:
        """Add to a signed sheet what it lacks, marked as a supplement that both sides sign (004-084); its number."""
        if not self.record.get("signatures"):
            raise Refused(Text("nothing is signed yet: what is missing can still be recorded"))
        if not text.strip():
            raise UsageFault(Text("a supplement needs its words"))
        self._write(events.AMENDED, {"text": text.strip()}, at)
        number = self.writing.last()
        self.cosign(number, person, at)
        return number

    def cosign(self, supplement: int, person: str, at: datetime | None = None) -> None:
        """Sign a supplement for one's side."""
        if not any(entry["number"] == supplement for entry in self.record.get("supplements", [])):
            raise UsageFault(Text("there is no supplement {number}", number=supplement))
        numbers = {worker.number for worker in (*self.change.outgoing, *self.change.relief)}
        if numbers and person not in numbers | self.setup.supervisors:
            raise Refused(Text("{name} is on neither side of the change", name=self.setup.who(person).name))
        self._write(events.COSIGNED, {"supplement": supplement, "person": person}, at)

    # --- the watermark ------------------------------------------------------------------------------------------------

    def freeze(self, *, late: bool = False) -> None:
        """Set the watermark, once: what is recorded from now on belongs to the next sheet. ``late``: 补生成."""
        if "frozen" in self.record:
            return
        now = self.writing.now
        point = point_of(self.change, {}, now)
        data = {"until": self.writing.last(), "cut": events.stamp(point.at or now), "late": late}
        self._write(events.FROZEN, data)

    def _keep(self, moment: datetime) -> str:
        """Keep the sheet whole as it is signed, and tell its checksum."""
        if self._checksum:
            return self._checksum
        sheet = canonical(to_json(unsigned(self.book, self.change, moment))).encode()
        return self.writing.keep(SIGNED_CONTENT + self.change.key, sheet).hash

    # --- liability ----------------------------------------------------------------------------------------------------

    def _done(self, at: datetime | None, checksum: str) -> Signed:
        passed = tuple(self._hand_over(at))
        return Signed(state(self.book, self.change, self.record), passed, checksum)

    def _hand_over(self, at: datetime | None) -> list[tuple[int, str]]:
        """Pass the open items of everybody who has signed to their receiver, once that one has signed too."""
        record = self.record
        out, comes = (covered(self.book, self.change, record, side) for side in (OUT, IN))
        stands_in = next((entry["person"] for entry in record["signatures"] if entry["side"] == IN), "")
        passed: list[tuple[int, str]] = []
        for item in self.book.open_items(self.change.team):
            if item.owner not in out:
                continue
            worker = self.change.receiver(item.owner)
            receiver = worker.number if worker else stands_in
            if receiver and receiver != item.owner and (worker is None or receiver in comes):
                data = {"item": item.number, "to": receiver, "from": item.owner, "accepted": True}
                events.write(self.writing, events.TRANSFERRED, {**data, "change": self.change.key}, at)
                passed.append((item.number, receiver))
        return passed


@dataclass(frozen=True, slots=True)
class Verified:
    """What the check of a signed sheet found: its checksum, and why it isn't what was signed (empty: it is)."""

    checksum: str
    wrong: tuple[Text, ...] = ()


def verify(journal: Journal, setup: Setup, change: Change, printed: str = "") -> Verified:
    """Prove that a sheet is what was signed: the kept content has the checksum that every signature recorded.

    ``printed`` is the checksum on a paper, or its beginning. Raises Refused where nothing was signed.
    """
    with journal.reading() as pages:
        entries = Book(pages, setup).of(change).get("signatures", [])
        sums = [entry["checksum"] for entry in entries if entry.get("checksum")]
        kept_sheet = pages.snapshot(SIGNED_CONTENT + change.key) if pages else None
    if not sums:
        raise Refused(Text("nothing is signed yet"))
    wrong: list[Text] = []
    found = hashlib.sha256(kept_sheet.content).hexdigest() if kept_sheet else ""
    if any(each != found for each in sums):
        wrong.append(Text("the kept sheet is not the one that was signed"))
    if printed and not sums[0].startswith(printed.strip().lower()):
        wrong.append(Text("the checksum on the paper is another one"))
    return Verified(sums[0], tuple(wrong))
