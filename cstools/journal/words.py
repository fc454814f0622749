"""How the journal writes things down: data as JSON, sentences as key and parameters, moments to the second."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from cstools.language import Text


def canonical(data: Mapping[str, Any]) -> str:
    """JSON with sorted keys and nothing to spare: the same data is the same text. Decimals are given as text.

    Raises TypeError or ValueError for what JSON can't hold, which is a mistake of the caller.
    """
    return json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def read_all(texts: Iterable[str]) -> list[Any]:
    """What many pieces of JSON say, read at one go, which takes half the time."""
    found: list[Any] = json.loads(f"[{','.join(texts)}]")
    return found


def like(text: str) -> str:
    """A pattern that finds a text as it stands in JSON."""
    words = re.sub("([%_!])", r"!\1", canonical({"": text})[5:-2])
    return f"%{words}%"


def stamp(moment: datetime) -> str:
    """A moment as it stands in the file."""
    return moment.isoformat(sep=" ", timespec="seconds")


def pack(value: object) -> Any:
    """A sentence or one of its parameters as JSON: key and parameters, so that each reader hears their language."""
    if isinstance(value, Text):
        return {"text": value.key, "params": {name: pack(each) for name, each in value.params.items()}}
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"day": value.isoformat()}
    if isinstance(value, list | tuple):
        return [pack(each) for each in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def unpack(data: Any) -> Any:
    """What ``pack`` made into JSON, back again; tuples come back as lists."""
    if isinstance(data, dict) and "text" in data:
        key = data["text"]
        return Text(key, **{name: unpack(each) for name, each in data["params"].items()})
    if isinstance(data, dict):
        return date.fromisoformat(data["day"])
    return [unpack(each) for each in data] if isinstance(data, list) else data
