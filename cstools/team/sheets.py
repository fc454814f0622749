"""Sheets 人员, 班次 and 节假日: their columns, what may stand in them, and how any sheet of a desk is read."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from cstools.days import read_time, show_time
from cstools.desk import Desk, Form, Sheets
from cstools.errors import Fault, Source
from cstools.language import Text, mark, translate
from cstools.shifts import DAY
from cstools.tables import kinds
from cstools.tables.columns import Column, Table, read_rows
from cstools.tables.grid import fold
from cstools.tables.kinds import Kind

DINGTALK: Final = "dingtalk"
WECOM: Final = "wecom"
WANGWANG: Final = "wangwang"
NONE: Final = frozenset({"无", "-", "—", "none"})  # takes away what an earlier row of the same person gave
# What may stand in a roster's cell for a day off, besides leave.
OFF_WORDS: Final = frozenset(
    {"休", "休息", "off", "on leave", "-", "—", "——", "–", "rest", "公休", "轮休", "补休", "调休", "请假"}
)
# 000 and 003 name no such columns; PIPL art. 6 asks for no more than is needed, and a roster needs none of these.
_PRIVATE: Final = re.compile("手机|电话|身份证|证件号|银行|工资|薪资|底薪|住址|phone|mobile|idcard|bank|salary|wage")


# --- what may stand in the cells --------------------------------------------------------------------------------------


def _read_accounts(value: object) -> tuple[str, ...]:
    if not isinstance(value, str):
        return (kinds.identifier(value),)
    return tuple(kinds.identifier(word) for word in re.split(r"[、,，;；\s]+", value.strip()) if word)


def read_slots(value: object) -> tuple[tuple[int, int], ...]:
    """Spans of time such as ``11:30-12:00、12:00-12:30``, each from and to in minutes. Raises ValueError."""
    found = []
    for word in re.split(r"[、,;/]", unicodedata.normalize("NFKC", str(value))):
        ends = re.split(r"\s*(?:-|–|—|~|至|到)\s*", word.strip())
        if len(ends) != 2:  # noqa: PLR2004 - from and to
            raise ValueError(value)
        start, end = map(read_time, ends)
        found.append((start, end if end > start else end + DAY))
    return tuple(found)


def show_slots(slots: Iterable[tuple[int, int]]) -> str:
    """The text that read_slots reads back."""
    return "、".join(f"{show_time(start)}-{show_time(end)}" for start, end in slots)


def _read_colour(value: object) -> str:
    plain = str(value).strip().lstrip("#").upper()
    if not re.fullmatch(r"[0-9A-F]{6}", plain):
        raise ValueError(value)
    return plain


accounts = Kind(_read_accounts, kinds.identifier.wrong, kinds.identifier.right, "、".join, "@", many=True)
slots = Kind(
    read_slots,
    Text("not a list of times"),
    Text("from and to, such as 11:30-12:00、12:00-12:30"),
    show_slots,
    "@",
    many=True,
)
colour = Kind(_read_colour, Text("not a colour"), Text("six digits RRGGBB, such as FFE699"), format="@")

# --- the sheets -------------------------------------------------------------------------------------------------------

_VALID_FROM = Text("the first day this row holds; empty: from the beginning")
PEOPLE: Final = Form(mark("Team"), (
    Column("number", mark("number"), kinds.identifier, required=True, aliases=("员工编号", "编号", "员工号"),
           note=Text("any text, each person another: 007 stays 007")),
    Column("name", mark("name"), kinds.text, required=True, aliases=("名字", "员工")),
    Column("skills", mark("skills"), kinds.words, default=(), aliases=("岗位技能", "角色"),
           note=Text("what the needs and rules ask for, such as 组长、售后")),
    Column("contract", mark("contract"), kinds.text, default="", aliases=("合同类型", "用工形式")),
    Column("group", mark("group"), kinds.text, default="", aliases=("班组", "小组")),
    Column("mentor", mark("mentor"), kinds.text, default="", aliases=("带教", "导师"),
           note=Text("number or name of who teaches a newcomer")),
    Column("hired", mark("hired"), kinds.day, aliases=("入职日期",)),
    Column("left", mark("left"), kinds.day, aliases=("离职日期",), note=Text("the last day employed")),
    Column("probation_until", mark("probation until"), kinds.day, aliases=("试用期", "试用期到"),
           note=Text("its last day")),
    Column(DINGTALK, mark("DingTalk UserId"), accounts, default=(), aliases=("钉钉", "UserId")),
    Column(WECOM, mark("WeCom account"), accounts, default=(), aliases=("企业微信", "企微账号")),
    Column(WANGWANG, mark("Wangwang account"), accounts, default=(), aliases=("旺旺", "子账号")),
    Column("since", mark("valid from"), kinds.day, aliases=("生效日期", "起"),
           note=Text("a later row of the same number changes what it fills from this day on; 无 takes away")),
), ("员工", "人员表"))  # fmt: skip
SHIFTS: Final = Form(mark("Shifts"), (
    Column("code", mark("code"), kinds.text, required=True, aliases=("班次代码", "班次"),
           note=Text("what stands in the roster, such as 白")),
    Column("name", mark("title"), kinds.text, default="", aliases=("班次名称",)),
    Column("start", mark("start"), kinds.time_of_day, required=True, aliases=("上班", "开始时间")),
    Column("end", mark("end"), kinds.time_of_day, required=True, aliases=("下班", "结束时间"),
           note=Text("24:00 is midnight; an end not after the start, 次日2:00 and 26:00 are on the next day")),
    Column("unpaid", mark("break minutes"), kinds.whole.between(0, DAY), aliases=("休息", "不计薪分钟"),
           note=Text("breaks that are not paid")),
    Column("paid", mark("paid hours"), kinds.number.between(0, 24), aliases=("工时", "计薪工时"),
           note=Text("instead of the break minutes")),
    Column("kind", mark("kind"), kinds.text, default="", aliases=("类型", "班别"),
           note=Text("shifts that count alike, such as 晚班")),
    Column("skills", mark("skills needed"), kinds.words, default=(), aliases=("技能",),
           note=Text("whoever works it has at least one of them")),
    Column("meals", mark("meal slots"), slots, default=(), aliases=("就餐时段", "用餐"),
           note=Text("whoever works it eats in one of them")),
    Column("open_ended", mark("open-ended"), kinds.yes_no, default=False, aliases=("自动延长", "顺延", "值班"),
           note=Text("goes on past its end while customers are there (on call)")),
    Column("colour", mark("colour"), colour, default="", aliases=("底色",)),
    Column("since", mark("valid from"), kinds.day, aliases=("生效日期", "起"), note=_VALID_FROM),
    Column("until", mark("valid until"), kinds.day, aliases=("失效日期", "止"),
           note=Text("the last day this row holds, as in a campaign; empty: until the next")),
), ("班次表",))  # fmt: skip
HOLIDAYS: Final = Form(mark("Holidays"), (
    Column("day", mark("date"), kinds.day, required=True),
    Column("name", mark("title"), kinds.text, default="", aliases=("节日",)),
    Column("kind", mark("kind of day"), kinds.choice({
        "statutory": (mark("statutory"), "法定节假日", "三倍"), "rest": (mark("rest"), "放假", "休", "调休"),
        "work": (mark("work"), "补班", "班", "调班"),
    }), required=True, aliases=("类型", "类别"), note=Text("only where it differs from the published calendar")),
), ("假日",))  # fmt: skip


def read_form(
    desk: Desk, sheets: Sheets, form: Form, faults: list[Fault], notes: list[Fault], *, required: bool = False
) -> Table:
    """A sheet's rows, with notes on columns that nobody asked for; no rows where the sheet is missing."""
    before = len(faults)
    sheet = sheets.find(form, faults)
    if sheet is None:
        if required and len(faults) == before:
            right = Text("add it, or a file {name}.csv", name=translate(form.label))
            file = sheets.book.file if sheets.book else desk.settings.team
            faults.append(
                Fault(Source(file), None, Text("the sheet {sheet} is missing", sheet=Text(form.label)), right)
            )
        return Table()
    if not sheet.rows and not required:
        return Table(sheet=sheet)
    table = read_rows(sheet, form.columns, faults)
    private = {cell.ref: cell for cell in table.unknown if _PRIVATE.search(fold(str(cell.value)))}
    notes += [note for note in table.notes() if note.source.cell not in private]
    for cell in private.values():
        right = Text("take it out: a roster desk holds no phone, ID or bank numbers and no pay")
        notes.append(
            Fault(sheet.source(cell.ref), cell.value, Text("this column isn't read and doesn't belong here"), right)
        )
    if required and not table.records and not table.broken and len(faults) == before:
        faults.append(
            Fault(sheet.source(), None, Text("the sheet has no rows"), Text("at least one row below the header"))
        )
    return table
