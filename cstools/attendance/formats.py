"""The formats that are known: which columns each has, and which of them tell it from the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cstools.attendance.daily import PARTS, read_daily, read_punches
from cstools.attendance.heads import Header, Want
from cstools.attendance.lines import Lines, Part
from cstools.attendance.monthly import read_month
from cstools.tables.grid import fold
from cstools.team.sheets import DINGTALK, WECOM

_ENOUGH: Final = 0.5  # of a format's marks: less is some other sheet


@dataclass(frozen=True, slots=True)
class Format:
    """An export: its columns, the headers that mark it, whose accounts it has, and what reads it.

    ``skip`` are beginnings of groups of columns that hold other things under the same names.
    """

    wants: tuple[Want, ...]
    marks: tuple[str, ...]
    system: str
    read: Callable[[Lines], Part]
    skip: tuple[str, ...] = ()

    def likeness(self, header: Header) -> float:
        """How much of the marks a header has, 0 to 1."""
        return len(header.names() & set(map(fold, self.marks))) / len(self.marks)


_WHO: Final = (Want("name", ("姓名",), required=True), Want("number", ("工号",)), Want("account", ("UserId", "账号")))
_LATE: Final = (
    Want("late_minutes", ("迟到时长",), "分钟"),
    Want("severe_minutes", ("严重迟到时长",), "分钟"),
    Want("early_minutes", ("早退时长",), "分钟"),
)
_COUNTS: Final = (
    Want("severe", ("严重迟到次数",)),
    Want("truant", ("旷工迟到次数", "旷工迟到天数")),
    Want("early", ("早退次数",)),
    Want("missing_out", ("下班缺卡次数",)),
)
_PUNCHES: Final = tuple(
    Want(f"{way}{part}{key}", tuple(f"{word}{part}打卡{name}" for name in names), required=part == 1)
    for part in PARTS
    for way, word in (("in", "上班"), ("out", "下班"))
    for key, names in (("", ("时间",)), ("_result", ("结果", "状态")))
)
FORMATS: Final[Mapping[str, Format]] = {
    "dingtalk_month": Format(
        (*_WHO, *_LATE, *_COUNTS,
         Want("attended", ("出勤天数",), "天", required=True),
         Want("rest", ("休息天数",), "天"),
         Want("worked", ("工作时长",), "分钟"),
         Want("late", ("迟到次数",), required=True),
         Want("missing_in", ("上班缺卡次数",), required=True),
         Want("absent", ("旷工天数",), "天", required=True)),
        ("考勤结果", "出勤天数", "休息天数", "迟到次数", "上班缺卡次数", "旷工天数"), DINGTALK, read_month,
    ),
    "dingtalk_day": Format(
        (*_WHO, *_LATE, *_PUNCHES,
         Want("day", ("日期",), required=True),
         Want("shift", ("班次",)),
         Want("missing_in", ("上班缺卡次数",)),
         Want("missing_out", ("下班缺卡次数",)),
         Want("absent", ("旷工天数",), "天"),
         Want("worked", ("工作时长",), "分钟")),
        ("考勤组", "日期", "班次", "上班1打卡时间", "上班1打卡结果", "下班1打卡时间", "下班1打卡结果", "关联的审批单"),
        DINGTALK, read_daily,
    ),
    "dingtalk_punches": Format(
        (*_WHO,
         Want("day", ("考勤日期",), required=True),
         Want("planned", ("考勤时间",)),
         Want("punched", ("打卡时间",), required=True),
         Want("result", ("打卡结果",), required=True)),
        ("考勤日期", "考勤时间", "打卡时间", "打卡结果", "打卡地址", "打卡备注", "异常打卡原因"),
        DINGTALK, read_punches,
    ),
    "wecom_month": Format(
        (*_WHO, *_LATE, *_COUNTS,
         Want("attended", ("实际出勤天数",), "天", required=True),
         Want("rest", ("休息天数",), "天"),
         Want("worked", ("实际工作时长",), "小时"),
         Want("late", ("迟到次数",), required=True),
         Want("missing", ("缺卡次数",), required=True),
         Want("absent", ("旷工次数",), required=True)),
        ("账号", "所属规则", "应出勤天数", "实际出勤天数", "正常天数", "异常天数", "旷工次数", "缺卡次数"),
        WECOM, read_month,
    ),
    "wecom_day": Format(
        (*_WHO, *_LATE,
         Want("day", ("时间",), required=True),
         Want("shift", ("班次",)),
         Want("in", ("最早",), required=True),
         Want("out", ("最晚",), required=True),
         Want("result", ("考勤结果",), required=True),
         Want("missing", ("缺卡次数",)),
         Want("absent", ("旷工次数",)),
         Want("worked", ("实际工作时长",), "小时")),
        ("时间", "账号", "所属规则", "最早", "最晚", "打卡次数", "标准工作时长", "假勤申请", "考勤结果"),
        WECOM, read_daily, ("外出打卡",),
    ),
    "wecom_punches": Format(
        (*_WHO, *_PUNCHES, Want("day", ("时间",), required=True)),
        ("时间", "上班1打卡时间", "上班1打卡状态", "下班1打卡时间", "下班1打卡状态"), WECOM, read_daily,
    ),
}  # fmt: skip


def recognise(header: Header) -> Format | None:
    """The format whose marks a header has most of; None where it has too few of any."""
    best = max(FORMATS.values(), key=lambda known: known.likeness(header))
    return best if best.likeness(header) >= _ENOUGH else None
