"""What may stand in a cell, kind by kind: what is taken, and what is said of the rest."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from cstools.language import speak
from cstools.tables import kinds
from cstools.tables.kinds import Kind, Wrong

COLOURS = kinds.choice({"red": ("Red ink", "红"), "blue": "Blue ink"})


@pytest.mark.parametrize(("kind", "value", "read"), [
    (kinds.text, " 王芳　", "王芳"), (kinds.text, 7.0, "7"), (kinds.text, 1.5, "1.5"), (kinds.text, 1e21, "1" + "0" * 21),
    (kinds.text, True, "TRUE"), (kinds.text, datetime(2026, 11, 9), "2026-11-09"), (kinds.text, time(8, 30), "08:30"),
    (kinds.text, "=1+1", "=1+1"),
    (kinds.identifier, "007", "007"), (kinds.identifier, 7.0, "7"), (kinds.identifier, "００７", "007"),
    (kinds.identifier, "\t'13800000000 ", "13800000000"), (kinds.identifier, '="1234567890123456789"', "1234567890123456789"),
    (kinds.identifier, 999_999_999_999_999, "999999999999999"), (kinds.identifier, "1E5", "1E5"),
    (kinds.day, "2026年11月9日", date(2026, 11, 9)), (kinds.day, datetime(2026, 11, 9), date(2026, 11, 9)),
    (kinds.day_near(date(2026, 12, 30)), "1/3", date(2027, 1, 3)),
    (kinds.moment, datetime(2026, 11, 9, 18, 30, 5), datetime(2026, 11, 9, 18, 30, 5)),
    (kinds.moment, "2026/11/9 18:30:05", datetime(2026, 11, 9, 18, 30, 5)),
    (kinds.moment, "2026年11月9日下午6:30", datetime(2026, 11, 9, 18, 30)),
    (kinds.moment, "2026-11-09T24:00", datetime(2026, 11, 10)), (kinds.moment, "２０２６-11-09　9:00 AM", datetime(2026, 11, 9, 9)),
    (kinds.moment, "2026年 11月 9日 18:30", datetime(2026, 11, 9, 18, 30)),
    (kinds.moment, 46335.770833333, datetime(2026, 11, 9, 18, 30)), (kinds.moment, date(2026, 11, 9), datetime(2026, 11, 9)),
    (kinds.time_of_day, "上午9:00", 540), (kinds.time_of_day, timedelta(days=1), 1440),
    (kinds.whole, "１２", 12), (kinds.whole, 12.0, 12), (kinds.number, "0。5", Decimal("0.5")), (kinds.number, 0.1, Decimal("0.1")),
    (kinds.whole.between(1, 7), 7, 7), (kinds.number.between(most=Decimal("0.5")), "0.5", Decimal("0.5")),
    (kinds.yes_no, "是", True), (kinds.yes_no, "√", True), (kinds.yes_no, 1, True), (kinds.yes_no, "Ｙ", True), (kinds.yes_no, True, True),
    (kinds.yes_no, "否", False), (kinds.yes_no, 0.0, False), (kinds.yes_no, "No", False), (kinds.yes_no, "FALSE", False),
    (kinds.words, "售前、售后，退款;质检 Ａ/B\nC", ("售前", "售后", "退款", "质检", "A", "B", "C")), (kinds.words, 7.0, ("7",)),
    (COLOURS, "红", "red"), (COLOURS, " RED INK", "red"), (COLOURS, "blue", "blue"),
])  # fmt: skip
def test_a_cell_is_read(kind: Kind, value: object, read: object) -> None:
    found = kind(value)
    assert (found, type(found)) == (read, type(read))


@pytest.mark.parametrize(("kind", "value", "wrong", "right"), [
    (kinds.identifier, 1234567890123456789, "only its first 15 digits", "text"),
    (kinds.identifier, 1e15, "only its first 15 digits", "text"),
    (kinds.identifier, "1.23457E+17", "only its first 15 digits", "text"),
    (kinds.identifier, 7.5, "not a number or code", "007"),
    (kinds.identifier, -7, "not a number or code", "007"),
    (kinds.identifier, datetime(2026, 11, 9), "not a number or code", "007"),
    (kinds.identifier, '=""', "not a number or code", "007"),
    (kinds.day, "2026-02-30", "not a date", "2026-11-09"),
    (kinds.day, "11/9", "not a date", "2026-11-09"),
    (kinds.moment, "18:30", "not a date with a time", "2026-11-09 18:30"),
    (kinds.moment, "2026-11-09 25:99", "not a date with a time", "2026-11-09 18:30"),
    (kinds.time_of_day, "早上", "not a time of day", "24:00"),
    (kinds.whole, "三", "not a whole number", "such as 3"),
    (kinds.whole, 1.5, "not a whole number", "such as 3"),
    (kinds.number, "3元", "not a number", "0.5"),
    (kinds.whole.between(1, 7), 8, "out of bounds", "from 1 to 7"),
    (kinds.whole.between(1, 7), "x", "not a whole number", "from 1 to 7"),
    (kinds.whole.between(1), 0, "out of bounds", "at least 1"),
    (kinds.number.between(most=1), "1.01", "out of bounds", "at most 1"),
    (kinds.yes_no, "也许", "not one of the choices", "one of yes, no"),
    (COLOURS, "green", "not one of the choices", "one of Red ink, Blue ink"),
    (kinds.words, "、,", "an empty list", "comma"),
])  # fmt: skip
def test_a_wrong_cell_is_told_with_what_would_be_right(kind: Kind, value: object, wrong: str, right: str) -> None:
    speak("en")
    with pytest.raises(Wrong) as caught:
        kind(value)
    assert wrong in str(caught.value.wrong)
    assert right in str(caught.value.right)


def test_what_is_read_is_written_back() -> None:
    speak("en")
    written = [
        kinds.time_of_day.write(1510), kinds.number.write(Decimal("2.0")), kinds.number.write(Decimal("0.5")),
        kinds.yes_no.write(kinds.yes_no("是")), COLOURS.write("red"), kinds.words.write(("a", "b")), kinds.day.write(date(2026, 11, 9)),
    ]  # fmt: skip
    assert written == ["25:10", 2, 0.5, "yes", "Red ink", "a, b", date(2026, 11, 9)]
    speak("zh")
    assert kinds.words.write(("a", "b")) == "a、b"
