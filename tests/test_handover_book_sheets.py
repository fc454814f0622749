"""The agents' workbook: written empty, read as often as one likes, each row once, changes of a row, wrong cells, signing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from handovers import CHECKS, MONDAY, PEOPLE, House, house
from openpyxl import load_workbook

from cstools.dated import Dated
from cstools.days import Calendar
from cstools.errors import BadInput
from cstools.handover.book_sheets import Imported, Importer, empty_workbook
from cstools.handover.items import Item
from cstools.handover.words import Severity, Status
from cstools.people import Terms
from cstools.shifts import Shift, ShiftBook
from cstools.team import Team

SHIFTS = ShiftBook.of((
    Shift("白", "白班", 8 * 60 + 30, 17 * 60, 480, "白班"), Shift("晚", "晚班", 16 * 60 + 30, 24 * 60, 420, "晚班"),
))  # fmt: skip
TEAM = Team(PEOPLE, SHIFTS, Calendar())
Row = Mapping[str, object]


@pytest.fixture
def desk(tmp_path: Path) -> House:
    return house(tmp_path)


def fill(path: Path, desk: House, **sheets: list[Row]) -> Path:
    """An empty workbook with rows filled in by header, from the first row on."""
    path.write_bytes(empty_workbook(TEAM, desk.setup))
    book = load_workbook(path)
    for name, rows in sheets.items():
        sheet: Any = book[name]
        places = {cell.value: cell.column for cell in sheet[1]}
        for number, row in enumerate(rows, 2):
            for header, value in row.items():
                sheet.cell(number, places[header], value)
    book.save(path)
    return path


def read(desk: House, path: Path) -> Imported:
    return Importer(desk.journal, TEAM, desk.setup, desk.changes, desk.tick()).read(path)


def items(desk: House) -> list[Item]:
    with desk.reading() as book:
        return book.search("")


ITEM: Row = {
    "事项": "面膜破损",
    "负责人": "王芳",
    "类型": "投诉",
    "原因": "快递挤压",
    "发生时间": datetime(2026, 11, 9, 10),
}


def test_an_empty_workbook_says_nothing(desk: House, tmp_path: Path) -> None:
    assert read(desk, fill(tmp_path / "log.xlsx", desk)) == Imported(0)
    assert items(desk) == []


def test_an_item_is_recorded_once_however_often_it_is_read(desk: House, tmp_path: Path) -> None:
    path = fill(tmp_path / "log.xlsx", desk, 事项=[ITEM])
    assert (read(desk, path).new, read(desk, path).new) == (1, 0)
    (item,) = items(desk)
    assert (item.title, item.owner, item.kind, item.cause, item.by) == ("面膜破损", "002", "投诉", "快递挤压", "002")
    assert (item.opened, item.late) == (datetime(2026, 11, 9, 10), False)


def test_what_changes_in_a_row_changes_in_the_item_and_nothing_else(desk: House, tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    read(desk, fill(path, desk, 事项=[ITEM]))
    number = items(desk)[0].number
    with desk.recording("009") as recorder:
        recorder.update(number, {"progress": "主管已回电"})
    read(desk, fill(path, desk, 事项=[{**ITEM, "程度": "紧急", "负责人": "001", "状态": "待客户"}]))
    (item,) = items(desk)
    assert (item.severity, item.owner, item.status) == (Severity.URGENT, "001", Status.CUSTOMER)
    assert (item.progress, item.cause) == ("主管已回电", "快递挤压")
    read(desk, fill(path, desk, 事项=[{**ITEM, "负责人": "001", "结果": "已退款"}]))
    item = items(desk)[0]
    assert (item.status, item.result) == (Status.CLOSED, "已退款")


def test_every_other_sheet_is_recorded_once(desk: House, tmp_path: Path) -> None:
    day, noon = {"日期": MONDAY, "班次": "白班"}, {"发生时间": datetime(2026, 11, 9, 11)}
    path = fill(
        tmp_path / "log.xlsx", desk,
        指示=[{"指示内容": "先退款", "谁的指示": "周主管", "起": MONDAY, "登记人": "001"}],
        公告=[{"公告类型": "优惠", "公告内容": "满300减40", "起": MONDAY, "登记人": "001", "已读人": "002、003"}],
        清点=[{"物品": "钥匙", "应有": 5, "实点": 4, "在谁处": "王芳", "清点人": "002", **noon}],
        设备=[{"设备或系统": "座机", "现状": "故障", "备注": "杂音", "登记人": "002", **noon}],
        检查=[{**day, "检查项": CHECKS[0].line, "完成人": "001", **noon}],
        到岗=[{"日期": MONDAY, "班次": "晚", "到岗人": "003", **noon}],
        数据=[{**day, "指标": "总订单量", "数值": 132, "登记人": "001"}, {**day, "指标": "撤销量", "数值": 6, "登记人": "001"}],
    )  # fmt: skip
    assert (read(desk, path).new, read(desk, path).new) == (8, 0)
    with desk.reading() as book:
        (order,), (notice,) = book.orders(), book.notices()
        assert (order[1]["text"], sorted(notice[1]["read"])) == ("先退款", ["002", "003"])
        assert (book.things()[0]["counted"], book.equipment()[0]["state"]) == (4, "fault")
        assert set(book.ticks(MONDAY, "白")) == {CHECKS[0].line}
        assert set(book.arrivals(MONDAY, "晚")) == {"003"}
        figures = book.figures(MONDAY, "白")
        assert figures
        assert dict(figures["figures"]) == {"总订单量": "132", "撤销量": "6"}


def test_every_wrong_cell_is_told_and_nothing_recorded(desk: House, tmp_path: Path) -> None:
    wrong: list[Row] = [
        {**ITEM, "负责人": "没人"}, {**ITEM, "类型": "投拆"}, {**ITEM, "程度": "要命"}, {"事项": "没有负责人"},
        {**ITEM, "编号": "001"}, ITEM,
    ]  # fmt: skip
    path = fill(tmp_path / "log.xlsx", desk, 事项=wrong, 到岗=[{"日期": MONDAY, "班次": "夜班", "到岗人": "003"}])
    with pytest.raises(BadInput) as told:
        read(desk, path)
    cells = {str(fault.source).split()[-1] for fault in told.value.faults}
    assert cells == {"事项!F2", "事项!C3", "事项!D4", "事项!F5", "事项!A6", "到岗!B2"}
    assert items(desk) == []


def test_figures_are_a_groups_where_the_row_says_so(desk: House, tmp_path: Path) -> None:
    row: Row = {"日期": MONDAY, "班次": "白", "指标": "总订单量", "数值": 70, "登记人": "001"}
    path = fill(tmp_path / "log.xlsx", desk, 数据=[row, {**row, "数值": 50, "组": "一组"}])
    with pytest.raises(BadInput) as told:
        read(desk, path)
    assert [str(fault.source).split()[-1] for fault in told.value.faults] == ["数据!G3"]
    grouped = tuple(replace(person, terms=Dated.always(Terms(group="一组"))) for person in TEAM.people)
    team = replace(TEAM, people=grouped)
    assert Importer(desk.journal, team, desk.setup, desk.changes, desk.tick()).read(path).new == 2
    with desk.reading() as book:
        found = [book.figures(MONDAY, "白", group) for group in ("", "一组")]
    assert [data and data["figures"] for data in found] == [[["总订单量", "70"]], [["总订单量", "50"]]]


def test_what_the_book_refuses_is_told_by_row_and_nothing_recorded(desk: House, tmp_path: Path) -> None:
    later = {**ITEM, "发生时间": datetime(2026, 11, 9, 23)}
    open_type = {**ITEM, "结果": "等等看"}
    with pytest.raises(BadInput) as told:
        read(desk, fill(tmp_path / "log.xlsx", desk, 事项=[ITEM, later, open_type]))
    assert [(str(fault.source)[-1], str(fault.value)) for fault in told.value.faults] == [
        ("3", "2026-11-09 23:00:00"),
        ("4", "等等看"),
    ]
    assert items(desk) == []


def test_signing_by_the_workbook_waits_until_the_gates_are_open(desk: House, tmp_path: Path) -> None:
    signs: list[Row] = [
        {"日期": MONDAY, "班次": "白班", "交或接": "交班", "签字人": "001"},
        {"日期": MONDAY, "班次": "白班", "交或接": "接班", "签字人": "003"},
    ]
    path = fill(tmp_path / "log.xlsx", desk, 签字=signs)
    refused = read(desk, path)
    assert (refused.new, len(refused.refused)) == (0, 2)
    assert str(refused.refused[0]).startswith("log.xlsx 签字!A2：")
    desk.ready()
    assert read(desk, path) == Imported(2)
    assert read(desk, path) == Imported(0)
    assert [line.side for line in desk.sheet().signatures] == ["out", "in"]
