"""Column 参数 of sheet 规则: names and values, and what their words name in the desk."""

from dataclasses import replace
from typing import Any, Final

from cstools.errors import Fault, nearest
from cstools.language import Text, translate
from cstools.roster.rule import Rule
from cstools.tables.columns import Record
from cstools.tables.grid import both_names, fold
from cstools.tables.parameters import split_parameters
from cstools.team.reading import Reading
from cstools.team.sheets import OFF_WORDS

_ANY: Final = frozenset({"任", "任意", "any"})  # what sequences call any shift


def read_parameters(record: Record, rule: type[Rule], words: "Words") -> dict[str, Any]:
    """The values of a row's parameters by field; what is wrong with them is added to the faults."""
    faults, known = words.reading.faults, rule.parameters()
    labels = [translate(about["label"]) for about in known.values()]
    right = (
        Text("parameters of this rule: {names}", names=tuple(labels))
        if labels
        else Text("leave it empty: this rule has no parameters")
    )
    try:
        parts = split_parameters(record["parameters"])
    except ValueError:
        faults.append(record.fault("parameters", Text("not written as name=value"), right))
        return {}
    values: dict[str, Any] = {}
    for name, text in parts:
        key = next(
            (key for key, about in known.items() if fold(name) in both_names(about["label"]) | {fold(key)}), None
        )
        if key is None or key in values:
            wrong = Text("this parameter stands twice") if key else Text("this rule has no such parameter")
            faults.append(
                replace(
                    record.fault(
                        "parameters", wrong, nearest(name, labels) if not key and nearest(name, labels) else right
                    ),
                    value=name,
                )
            )
            continue
        kind, label = known[key]["kind"], known[key]["label"]
        try:
            values[key] = kind.read(text)
        except ValueError:
            faults.append(_bad_value(record, Text(label), text, kind.right))
            continue
        values[key] = words.settle(record, kind.names, values[key])
    return values


def _bad_value(record: Record, name: Text, text: str, right: str) -> Fault:
    wrong = Text("{name} can't be that", name=name)
    return replace(record.fault("parameters", wrong, Text(right)), value=f"{name}={text}")


class Words:
    """Looks up what the words of a rule name."""

    def __init__(self, reading: Reading, posts: frozenset[str]) -> None:
        self.reading = reading
        self.posts = posts

    def settle(self, record: Record, names: str, value: Any) -> Any:
        """A parameter's value in the desk's spelling; what its words name must be there."""
        if names == "skill":
            for word in value:
                self.doubt(record, "parameters", word, self.reading.team.skills())
        if names not in {"shift", "post"}:
            return value
        one = self._shift if names == "shift" else self._post
        if all(isinstance(item, str) for item in value):
            return tuple(one(record, word) for word in value)
        return tuple(
            tuple(word if fold(word) in OFF_WORDS | _ANY else one(record, word) for word in steps) for steps in value
        )

    def _shift(self, record: Record, word: str) -> str:
        self.reading.codes(record, "parameters", [word])
        return next((name for name in self.reading.shift_names if fold(name) == fold(word)), word)

    def _post(self, record: Record, word: str) -> str:
        found = next((post for post in self.posts if fold(post) == fold(word)), None)
        if found is None:
            self.reading.unknown(record, "parameters", word, Text("no row of sheet 需求 has this post"), self.posts)
        return found or word

    def doubt(self, record: Record, key: str, word: str, known: frozenset[str]) -> None:
        """A note where nobody has what a row asks for: it does nothing then."""
        if word not in known:
            wrong = Text("nobody in sheet 人员 has this, so the row applies to nobody")
            self.reading.notes.append(replace(record.fault(key, wrong, nearest(word, known)), value=word))
