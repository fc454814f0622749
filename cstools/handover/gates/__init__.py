"""The gates of a shift change: a file here that holds a Gate is active, listed and tested."""

from functools import cache

from cstools.desk.settings import SETTINGS, Handover, read_settings
from cstools.errors import Fault, Source, nearest
from cstools.handover.gate import Gate
from cstools.language import Text
from cstools.registry import called, registered


@cache
def all_gates() -> dict[str, type[Gate]]:
    """Every gate by its name, which is its file's."""
    return registered(__name__, __path__, Gate)


def read_gates(settings: Handover, faults: list[Fault]) -> list[Gate]:
    """The gates a desk keeps, with its parameters; what isn't known or can't be is a fault."""
    for name in settings.gates.keys() - all_gates().keys():
        source = Source(SETTINGS, cell=f"handover.gates.{name}")
        faults.append(Fault(source, None, Text("no gate is called this"), nearest(name, all_gates())))
    gates = [
        read_settings(gate, settings.gates.get(name, {}), faults, f"handover.gates.{name}.")
        for name, gate in all_gates().items()
    ]
    return [gate for gate in gates if gate.on]


def kept(settings: Handover) -> list[Gate]:
    """The gates a desk keeps, its settings being in order."""
    return read_gates(settings, [])


def find(word: str) -> type[Gate] | None:
    """The gate that a user calls by its file's name or by its label in either language."""
    return called(word, all_gates())
