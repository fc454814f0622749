"""A desk is found from any folder below it; what its cstools.toml sets is typed, and what it doesn't has defaults."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cstools.assets import template
from cstools.desk import Desk, NoDesk, Settings
from cstools.desk.settings import read_settings, setting
from cstools.errors import BadInput, Fault
from cstools.language import Text


def desk(folder: Path, toml: str = "") -> Desk:
    (folder / "cstools.toml").write_text(toml, encoding="utf-8")
    return Desk.find(folder)


def test_a_desk_is_the_nearest_folder_upwards(tmp_path: Path) -> None:
    below = tmp_path / "排班" / "旧"
    below.mkdir(parents=True)
    desk(tmp_path)
    assert Desk.find(below).folder == tmp_path.resolve()


def test_without_a_desk_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoDesk) as error:
        Desk.find(tmp_path)
    assert error.value.exit_code == 2
    assert str(error.value).splitlines() == [
        f"{tmp_path.resolve()} 及其上级目录里都没有 cstools.toml",
        "请进入班组的目录，或用 --desk 指定，或新建一个：cstools init 目录",
    ]


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    settings = desk(tmp_path).settings
    assert settings == Settings()
    assert (settings.team, settings.rosters, settings.arrive_before, settings.past_days) == (
        "team.xlsx",
        "排班",
        10,
        92,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_settings_are_read_in_any_encoding_of_a_notepad(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "cstools.toml").write_bytes('# 班组\r\nrosters = "班表"\r\narrive_before = 15\r\n'.encode(encoding))
    settings = Desk.find(tmp_path).settings
    assert (settings.rosters, settings.arrive_before) == ("班表", 15)


def test_who_asks_gets_the_faults_and_the_other_settings(tmp_path: Path) -> None:
    (tmp_path / "cstools.toml").write_text('zone = 8\nteam = "a.xlsx"\n', encoding="utf-8")
    faults: list[Fault] = []
    found = Desk.find(tmp_path, faults)
    assert (found.settings.zone, found.settings.team, len(faults)) == ("Asia/Shanghai", "a.xlsx", 1)
    with pytest.raises(BadInput):
        Desk.find(tmp_path)


def test_a_section_is_read_like_the_rest() -> None:
    def take(value: object) -> int:
        if not isinstance(value, int):
            raise ValueError(value)
        return value

    @dataclass(frozen=True)
    class Pay:
        day: int = setting(10, take, Text("a day of the month"))

    @dataclass(frozen=True)
    class Whole:
        pay: Pay = Pay()

    faults: list[Fault] = []
    assert read_settings(Whole, {"pay": {"day": 15}}, faults) == Whole(Pay(15))
    assert read_settings(Whole, {"pay": {"dai": 15, "day": "x"}}, faults) == Whole()
    assert [(fault.source.cell, str(fault.right)) for fault in faults] == [
        ("pay.dai", "是不是“day”？"), ("pay.day", "a day of the month"),
    ]  # fmt: skip


def test_rosters_are_named_by_their_days(tmp_path: Path) -> None:
    found = desk(tmp_path)
    path = found.roster_path(date(2026, 11, 9), date(2026, 11, 15))
    assert path == tmp_path.resolve() / "排班" / "排班_2026-11-09_2026-11-15.xlsx"
    assert found.roster_days(path) == (date(2026, 11, 9), date(2026, 11, 15))
    assert found.roster_days(path.with_stem(f"{path.stem} (2)")) == (date(2026, 11, 9), date(2026, 11, 15))
    assert found.roster_days(path.with_stem("排班_2026-11-31_2026-12-01")) is None
    assert found.roster_days(path.with_stem("十一月")) is None


def test_roster_files_leave_out_what_excel_leaves_behind(tmp_path: Path) -> None:
    found = desk(tmp_path)
    assert found.roster_files() == []
    found.rosters.mkdir()
    for name in ("b.xlsx", "a.csv", "~$b.xlsx", ".c.xlsx", "d.docx"):
        (found.rosters / name).touch()
    assert [path.name for path in found.roster_files()] == ["a.csv", "b.xlsx"]


def test_today_is_the_day_in_the_desks_zone(tmp_path: Path) -> None:
    found = desk(tmp_path, 'zone = "Pacific/Kiritimati"')
    before = datetime.now(ZoneInfo("Pacific/Kiritimati")).date()
    assert before <= found.today() <= datetime.now(ZoneInfo("Pacific/Kiritimati")).date()


def test_a_desks_own_template_comes_first(tmp_path: Path) -> None:
    found = desk(tmp_path, 'templates = "模板"')
    assert found.template("shop") == template("shop")
    (tmp_path / "模板" / "shop").mkdir(parents=True)
    assert found.template("shop") == tmp_path.resolve() / "模板" / "shop"
