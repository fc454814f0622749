"""Filling the blanks of a printed form's template; what is wrong with it is told by place."""

from collections.abc import Iterable, Mapping
from string import Template

from cstools.errors import BadInput, Fault, Source, nearest
from cstools.language import Text


def fill(words: str, values: Mapping[str, str], source: Source) -> str:
    """The text with ``$name`` filled, ``$$`` being a dollar; BadInput where a name isn't known."""
    template = Template(words)
    wrong = [name for name in template.get_identifiers() if name not in values]
    if wrong:
        known = Text("one of {names}", names=[f"${name}" for name in values])
        why = Text("nothing fills this blank")
        raise BadInput([Fault(source, f"${wrong[0]}", why, nearest(wrong[0], values) or known)])
    if not template.is_valid():
        raise BadInput([Fault(source, None, Text("a $ stands alone; write $$ for a dollar"))])
    return template.substitute(values)


def demand(words: Iterable[str], names: Iterable[str], source: Source) -> None:
    """Raise BadInput where a template has no place for what a sheet must never lack."""
    held = {name for text in words for name in Template(text).get_identifiers()}
    if faults := [
        Fault(source, None, Text("the blank {name} is missing", name=f"${name}")) for name in names if name not in held
    ]:
        raise BadInput(faults)
