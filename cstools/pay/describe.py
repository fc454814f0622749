"""The pay elements as a user reads them: name, sentence, parameters."""

from collections.abc import Iterator

from cstools.language import Text, translate
from cstools.pay.element import UNDECIDED
from cstools.pay.elements import all_elements


def describe() -> Iterator[Text]:
    """A few lines for every element, by name."""
    for name, element in all_elements().items():
        shown = {key: _said(about["default"], about["kind"].write) for key, about in element.parameters().items()}
        yield Text("{label} ({name})", label=Text(element.label), name=name)
        yield Text("    {sentence}", sentence=Text(element.sentence, **shown))
        for about in element.parameters().values():
            right = about["kind"].right
            if about["default"] is UNDECIDED:
                yield Text("    {label}: {right}; must be chosen: {question}", label=Text(about["label"]), right=right,
                           question=about["question"])  # fmt: skip
            else:
                yield Text("    {label}: {right}; usually {default}", label=Text(about["label"]), right=right,
                           default=_shown(about["default"], about["kind"].write))  # fmt: skip


def _said(value: object, write: object) -> object:
    """A default as a sentence says it; None where there is nothing to say, so that it can be left out."""
    if value is UNDECIDED or value in {None, "", ()} or value == frozenset():
        return None
    return value if isinstance(value, tuple) or not callable(write) else write(value)


def _shown(value: object, write: object) -> str:
    if value in {None, "", ()} or value == frozenset():
        return translate("–")
    return str(write(value)) if callable(write) else str(value)
