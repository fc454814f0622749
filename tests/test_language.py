"""The catalogue is complete, right and compiled, and everything is said in the language spoken."""

import ast
import string
from collections.abc import Callable, Iterator
from datetime import date
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from cstools.language import CATALOGUE, Text, speak, spoken, translate

ROOT = Path(__file__).parent.parent
PO = CATALOGUE / "zh" / "LC_MESSAGES" / "cstools.po"


def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="zh")


def entries() -> Iterator[Message]:
    return (message for message in catalogue() if message.id)


def said_by_us() -> set[str]:
    """Every key in our files, in f-strings too, where pybabel is blind."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "cstools").rglob("*.py"))
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    keys = (call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"Text", "mark"})
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)}


def said_by_click() -> set[str]:
    """Every key in click's files; of those in two numbers the first."""
    found = extract_from_dir(Path(click.__file__).parent, keywords=DEFAULT_KEYWORDS)
    return {key if isinstance(key, str) else key[0] for _, _, key, _, _ in found}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def translations(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


@pytest.mark.parametrize("said", [said_by_us, said_by_click])
def test_every_sentence_has_its_chinese(said: Callable[[], set[str]]) -> None:
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in entries()}
    assert said() - known == set(), "run make catalogue"


def test_every_entry_is_translated_with_the_same_parameters() -> None:
    for message in entries():
        keys = (message.id,) if isinstance(message.id, str) else message.id
        assert not message.fuzzy, keys
        for chinese in translations(message):
            assert chinese, keys
            assert placeholders(chinese) <= set.union(*map(placeholders, keys)), keys
            assert set.intersection(*map(placeholders, keys)) <= placeholders(chinese), keys


def test_the_compiled_catalogue_is_the_written_one() -> None:
    fresh = BytesIO()
    write_mo(fresh, catalogue())
    fresh.seek(0)
    with PO.with_suffix(".mo").open("rb") as file:
        committed = vars(GNUTranslations(file))["_catalog"]
    expected = vars(GNUTranslations(fresh))["_catalog"]
    assert {**committed, "": ""} == {**expected, "": ""}, "run make catalogue"  # but for the name of the tool


def test_a_text_is_said_in_the_language_spoken() -> None:
    text = Text("did you mean “{name}”?", name="team.xlsx")
    assert str(text) == "是不是“team.xlsx”？"
    speak("en")
    assert (spoken(), str(text)) == ("en", "did you mean “team.xlsx”?")
    assert translate("Mon", "zh") == "周一"
    with pytest.raises(ValueError, match="fr"):
        speak("fr")


def test_parameters_are_shown_as_a_reader_wants_them() -> None:
    text = Text("{day} {weekday}", day=[date(2026, 11, 9), "007"], weekday=Text("Mon"))
    assert str(text) == "2026-11-09 周一、007 周一"
    assert str(Text("100 {percent} {}")) == "100 {percent} {}"


def test_texts_are_values() -> None:
    assert Text("Mon") == Text("Mon")
    assert Text("{a}", a=1) != Text("{a}", a=2)
    assert len({Text("{a}", a=[1]), Text("{a}", a=[1])}) == 1


def test_what_has_nothing_to_say_is_left_out() -> None:
    sentence = "works[[ at least {least}]][[ at most {most}]] days"
    assert str(Text(sentence, least=None, most=6)) == "works at most 6 days"
    assert str(Text(sentence, least=2, most=None)) == "works at least 2 days"
