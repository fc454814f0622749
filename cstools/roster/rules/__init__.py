"""The roster's rules: a file here that holds a Rule is active, listed, documented and tested."""

import importlib
import pkgutil
from functools import cache

from cstools.language import translate
from cstools.roster.rule import Rule


@cache
def all_rules() -> dict[str, type[Rule]]:
    """Every rule by its name, which is its file's."""
    found: dict[str, type[Rule]] = {}
    for module in pkgutil.iter_modules(__path__):
        room = importlib.import_module(f"{__name__}.{module.name}")
        found[module.name] = next(
            item for item in vars(room).values()
            if isinstance(item, type) and issubclass(item, Rule) and item.__module__ == room.__name__
        )  # fmt: skip
    return found


def find(word: str) -> type[Rule] | None:
    """The rule that a user calls by its file's name or by its label in either language."""
    asked = word.strip().lower()
    for name, rule in all_rules().items():
        if asked in {name, rule.label.lower(), translate(rule.label, "zh").lower()}:
            return rule
    return None
