"""Sheets 税率表, 城市参数, 城市规定 and 法定数字: the law by date, as it is packaged and as a desk may override it."""

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from typing import Final

from cstools.days import read_number
from cstools.desk import Form
from cstools.language import Text, mark
from cstools.money import percent
from cstools.pay.law import SCHEMES, Share
from cstools.pay.sheets.kinds import amount, part
from cstools.pay.sheets.reading import FIRST, LAST
from cstools.tables import kinds
from cstools.tables.columns import Column
from cstools.tables.kinds import Kind

FINES: Final = {
    "forbid": (mark("not taken"), "禁止", "不扣"), "warn": (mark("taken and told"), "提示", "警告"),
    "allow": (mark("taken"), "允许", "可扣"),
}  # fmt: skip
NUMBERS: Final = {
    "basic_deduction": mark("basic deduction a month"),
    "sixty_thousand": mark("basic deduction of a year at once"),
    "bonus_months": mark("months a year-end bonus is spread over"),
    "wage_days": mark("paid days a month"),
    "day_hours": mark("working hours a day"),
    "overtime_workday": mark("overtime on workdays, times"),
    "overtime_rest": mark("overtime on rest days, times"),
    "overtime_holiday": mark("overtime on statutory holidays, times"),
    "damages_share": mark("most of a wage that damages take"),
    "probation_share": mark("least part of the wage during probation"),
    "leave_times": mark("annual leave not taken, times"),
    "leave_days_1": mark("days of annual leave from 1 year on"),
    "leave_days_10": mark("days of annual leave from 10 years on"),
    "leave_days_20": mark("days of annual leave from 20 years on"),
}
_ALIASES: Final = {
    "pension": ("养老",), "medical": ("医疗",), "unemployment": ("失业",), "injury": ("工伤",), "maternity": ("生育",),
    "fund": ("公积金",),
}  # fmt: skip


def _read_share(value: object) -> Share:
    """``8%``, ``0.08``, ``2%+3`` with yuan besides, or a span within which one is chosen: ``5%-7%``."""
    if isinstance(value, str):
        plain = unicodedata.normalize("NFKC", value).strip()
        if "+" in plain:
            rate, fixed = plain.split("+", 1)
            return Share.of(part(rate), amount(fixed))
        ends = re.split(r"\s*[-–—~至]\s*", plain)
        if len(ends) == 2:  # noqa: PLR2004 - from and to
            least, most = (part(end) for end in ends)
            if least > most:
                raise ValueError(value)
            return Share(least, most)
    return Share.of(part(value))


def _write_share(share: Share) -> str:
    if share.fixed:
        return f"{percent(share.least)}+{share.fixed.normalize():f}"
    return percent(share.least) if share.rate is not None else f"{percent(share.least)}-{percent(share.most)}"


def _read_figure(value: object) -> Decimal:
    if isinstance(value, str) and unicodedata.normalize("NFKC", value).strip().endswith("%"):
        found: Decimal = part(value)
        return found
    return read_number(value)


_SHARE: Final = Text("a percentage such as 8%, with yuan besides such as 2%+3, or a span such as 5%-7%")
share = Kind(_read_share, Text("not a rate"), _SHARE, _write_share)
figure = Kind(_read_figure, Text("not a number"), Text("a number such as 21.75, or a percentage such as 20%"))
_SOURCE: Final = Column("source", mark("source of law"), kinds.text, default="", aliases=("来源", "出处"),
                        note=Text("the decree or notice the row is from"))  # fmt: skip
_REMARK: Final = Column("remark", mark("remark"), kinds.text, default="", aliases=("说明",))
_CITY: Final = Column("city", mark("city"), kinds.text, required=True, aliases=("参保地",))
_KEPT: Final = Text("empty: as in the row before of the same city")

TAXES: Final = Form(mark("Tax tables"), (
    Column("table", mark("table"), kinds.choice({
        "wages": (mark("wages of a year"), "综合所得", "工资薪金"), "bonus": (mark("year-end bonus"), "年终奖"),
    }), required=True),
    Column("most", mark("up to yuan"), amount, aliases=("上限", "级距上限"),
           note=Text("included; empty in the last row")),
    Column("rate", mark("tax rate"), part, required=True, aliases=("预扣率",)),
    Column("quick", mark("quick deduction"), amount, required=True, aliases=("速算扣除数",)),
    replace(FIRST, required=True), LAST, _SOURCE, _REMARK,
), ("个税税率表",))  # fmt: skip
SHARES: Final = Form(mark("City rates"), (
    _CITY,
    Column("scheme", mark("insurance or fund"), kinds.choice({
        key: (label, *_ALIASES[key]) for key, label in SCHEMES.items()
    }), required=True, aliases=("险种", "项目")),
    Column("floor", mark("least base"), amount, aliases=("基数下限", "下限"), note=_KEPT),
    Column("ceiling", mark("greatest base"), amount, aliases=("基数上限", "上限"), note=_KEPT),
    Column("own", mark("own rate"), share, aliases=("个人比例", "个人"), note=_KEPT),
    Column("employer", mark("employer’s rate"), share, aliases=("单位比例", "单位", "公司比例"), note=_KEPT),
    Column("unit", mark("rounded to"), kinds.choice({
        Decimal("0.01"): (mark("fen"), "分"), Decimal("0.1"): (mark("jiao"), "角"), Decimal(1): (mark("yuan"), "元"),
    }), aliases=("取整",), note=Text("each share, half up; empty: to the fen, or as before")),
    replace(FIRST, required=True), _SOURCE, _REMARK,
), ("社保参数", "社保公积金"))  # fmt: skip
CITIES: Final = Form(mark("City rules"), (
    _CITY,
    Column("minimum", mark("minimum wage"), amount, aliases=("最低工资", "月最低工资"), note=_KEPT),
    Column("includes_own", mark("includes own contributions"), kinds.yes_no, aliases=("含个人缴费",),
           note=Text("no: compared after the worker’s own insurance and fund, as in Shanghai")),
    Column("fines", mark("fines"), kinds.choice(FINES), aliases=("罚款",),
           note=Text("what the city’s rules say of fines in companies")),
    Column("sick", mark("least sick pay"), part, aliases=("病假工资下限",), note=Text("of the minimum wage")),
    replace(FIRST, required=True), _SOURCE, _REMARK,
), ("最低工资",))  # fmt: skip
FIGURES: Final = Form(mark("Figures of law"), (
    Column("key", mark("item"), kinds.choice(NUMBERS), required=True, aliases=("项目",)),
    Column("value", mark("value"), figure, required=True, aliases=("数值",)),
    replace(FIRST, required=True), _SOURCE, _REMARK,
))  # fmt: skip
LAW_FORMS: Final = (TAXES, SHARES, CITIES, FIGURES)
