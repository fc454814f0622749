"""The roster's rules: a file here that holds a Rule is active, listed, documented and tested."""

from functools import cache

from cstools.registry import called, registered
from cstools.roster.rule import Rule


@cache
def all_rules() -> dict[str, type[Rule]]:
    """Every rule by its name, which is its file's."""
    return registered(__name__, __path__, Rule)


def find(word: str) -> type[Rule] | None:
    """The rule that a user calls by its file's name or by its label in either language."""
    return called(word, all_rules())
