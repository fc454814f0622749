"""Leave as every family reads it."""

from datetime import date
from pathlib import Path

import pytest
from desks import make, sheets

from cstools.errors import BadInput
from cstools.team.leave import leave

HEADER: list[object] = ["工号", "姓名", "类型", "开始", "结束", "半天", "班次", "权重", "批准人", "批准时间", "备注"]


def test_leave_is_read_with_its_kind_days_part_and_approval_and_wishes_are_left_out(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        HEADER,
        ["002", None, "年假", "11-12", "11-14", None, None, None, "经理", "11-01", None],
        [None, "李娜", "病假", "11-13", None, "上午", None, None, None, None, None],
        ["002", None, "想休", "11-15", None, None, None, None, None, None, None],
    ]
    found = leave(make(tmp_path, sheets(请假与愿望=rows)), date(2026, 11, 9))
    assert [
        (one.person, one.kind, one.first.day, one.last.day, one.half, one.approved) for one in found
    ] == [("002", "年假", 12, 14, "", True), ("003", "病假", 13, 13, "am", False)]  # fmt: skip
    assert str(found[0].source) == "team.xlsx 请假与愿望!D2"


def test_a_row_about_nobody_is_told_by_its_cell(tmp_path: Path) -> None:
    rows: list[list[object]] = [HEADER, ["020", None, "年假", "11-12"]]
    with pytest.raises(BadInput) as caught:
        leave(make(tmp_path, sheets(请假与愿望=rows)), date(2026, 11, 9))
    assert [str(fault.source) for fault in caught.value.faults] == ["team.xlsx 请假与愿望!A2"]
