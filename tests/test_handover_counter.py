"""A desk's own files make its handover: settings, tables, people, and which change is meant."""

from datetime import date, datetime
from pathlib import Path

import pytest
from desks import make

from cstools.desk import Desk
from cstools.duties import Board, Facts, Posted, record
from cstools.errors import BadInput, Refused, UsageFault
from cstools.handover.counter import Counter
from cstools.language import speak
from cstools.shifts import Duty, Shift

DAY, EVENING = Shift("白", "白班", 510, 1020, 480), Shift("晚", "晚班", 990, 1440, 450)
MONDAY = date(2026, 11, 9)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    speak("en")
    desk = make(tmp_path, toml="[handover]\nlong_open_days = 3\n")
    duties = [Posted.of(Duty(MONDAY, shift.code, who), shift) for shift, who in ((DAY, "001"), (EVENING, "002"))]
    with desk.journal.writing(by="x", now=datetime(2026, 11, 6, 9)) as book:
        record(book, Facts("published"), Board().published(frozenset({MONDAY}), duties, {}))
    return desk


def test_the_change_that_is_meant(desk: Desk) -> None:
    counter = Counter.of(desk)
    assert counter.change(MONDAY, "白班").key == "|2026-11-09|白"
    assert [worker.name for worker in counter.change(MONDAY, "白").relief] == ["王芳"]
    assert counter.change(MONDAY, "白").outgoing[0].leader
    with pytest.raises(UsageFault):
        counter.change(MONDAY)
    with pytest.raises(UsageFault, match="no shift “早早”"):
        counter.change(MONDAY, "早早")
    with pytest.raises(Refused, match="no published roster"):
        counter.change(at=datetime(2027, 11, 9))


@pytest.mark.parametrize(
    ("moment", "who", "side", "shift", "ends"),
    [
        ("2026-11-09 16:45", "", "", "", "白"),
        ("2026-11-09 23:00", "", "", "", "晚"),
        ("2026-11-09 23:00", "001", "", "", "白"),  # who was only in the first
        ("2026-11-09 20:00", "002", "in", "", "白"),
        ("2026-11-09 20:00", "002", "out", "", "晚"),
        ("2026-11-10 08:30", "", "", "晚班", "晚"),  # the morning after
    ],
)
def test_the_nearest_change_is_meant_in_which_somebody_takes_part(
    desk: Desk, moment: str, who: str, side: str, shift: str, ends: str
) -> None:
    assert Counter.of(desk).change(None, shift, datetime.fromisoformat(moment), who, side).shift == ends


def test_what_was_written_on_friday_is_accepted_on_monday(desk: Desk) -> None:
    days = [date(2026, 11, day) for day in (13, 16)]
    with desk.journal.writing(by="x", now=datetime(2026, 11, 6, 9)) as book:
        record(book, Facts("published"), Board().published(
            frozenset(days), [Posted.of(Duty(day, "白", "001"), DAY) for day in days], {}))  # fmt: skip
    now, counter = datetime(2026, 11, 16, 8, 30), Counter.of(desk)
    assert [counter.change(None, "", now, "001", side).day for side in ("in", "out")] == days
    assert counter.change(None, "", now, "001", "in").written


def test_people_are_told_by_number_or_name(desk: Desk) -> None:
    counter = Counter.of(desk)
    assert (counter.person("001"), counter.person("王芳")) == ("001", "002")
    with pytest.raises(UsageFault, match="nobody in sheet 人员"):
        counter.person("王方")
    with pytest.raises(UsageFault, match="no group “九组”"):
        Counter.of(desk, "九组")


def test_a_group_has_its_own_change(desk: Desk) -> None:
    change = Counter.of(desk, "二组").change(MONDAY, "白")
    assert (change.rostered, change.key) == (False, "二组|2026-11-09|白")


def test_leave_comes_from_the_desks_sheet(desk: Desk) -> None:
    change = Counter.of(desk).change(date(2026, 11, 12), "白")
    assert [(str(line.what), line.person.name, line.until) for line in change.staff] == [
        ("on leave: 年假", "王芳", date(2026, 11, 13))
    ]


def test_settings_and_own_tables_count(desk: Desk) -> None:
    own = desk.folder / "templates" / "handover"
    own.mkdir(parents=True)
    (own / "事项类型.csv").write_text("类型,逾期\n报修,2小时\n", encoding="utf-8")
    counter = Counter.of(desk)
    assert list(counter.setup.types.types) == ["报修"]
    assert counter.setup.settings.long_open_days == 3
    with counter.recording("001") as recorder:
        number = recorder.add({"title": "x", "owner": "001", "kind": "报修"}).number
    with counter.reading() as book:
        assert book.item(number)
    with counter.signing(counter.change(MONDAY, "白"), "001") as signing:
        signing.freeze()
        assert signing.record["frozen"]["until"] == 2


def test_every_fault_of_the_setup_is_told_at_once(tmp_path: Path) -> None:
    desk = make(tmp_path, toml="[handover.gates.relief]\non = true\n[handover.gates.major_open]\non = 3\n")
    own = tmp_path / "templates" / "handover"
    own.mkdir(parents=True)
    (own / "事项类型.csv").write_text("类型,逾期\n报修,很久\n", encoding="utf-8")
    (own / "检查清单.csv").write_text("清单,内容,时间\n定时,确认货款,\n中班,x,\n", encoding="utf-8")
    with pytest.raises(BadInput) as told:
        Counter.of(desk)
    places = {(fault.source.file, fault.source.cell) for fault in told.value.faults}
    assert places == {
        ("事项类型.csv", "B2"), ("检查清单.csv", "C2"), ("检查清单.csv", "A3"),
        ("cstools.toml", "handover.gates.relief"), ("cstools.toml", "handover.gates.major_open.on"),
    }  # fmt: skip
