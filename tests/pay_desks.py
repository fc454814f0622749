"""A small pay desk of csv files for tests that run the whole way: files in, register and journal out."""

import shutil
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOML = """profile = "pay"
zone = "Asia/Shanghai"
[pay]
paid_in = "same"
[orders]
files = ["订单*.csv"]
refunds = ["退款*.csv"]
counts_on = "paid"
ambiguous = "unpaid"
"""
SHEETS: Mapping[str, str] = {
    "人员": "工号,姓名,入职,离职,部门,岗位,城市,社保基数,公积金基数,公积金比例\n001,王芳,2024-03-01,,客服部,客服,,,,\n"
            "002,李强,2024-03-01,,客服部,客服,,,,\n",
    "底薪": "工号,底薪,起始日期\n001,6000,\n002,5000,\n",
    "提成表": "方案,比例,每单,商家类别,起始日期,截止日期\n店铺,2%,,,,\n",
    "薪资项目": "薪资项目,参数\nbase,part_month=反算\ncommission,scheme=店铺\nmanual,\n",
    "事件": "日期,事件,人员,金额,原因,批准人\n",
}  # fmt: skip
ORDERS = "订单编号,订单付款时间,买家实际支付金额,订单状态,订单备注,宝贝标题\n"


def order(number: int, day: str, paid: str, note: str) -> str:
    """A row of an order export."""
    return f"{900000000000000000 + number},{day} 10:00:00,{paid},交易成功,{note},床头柜\n"


def pay_desk(folder: Path, sheets: Mapping[str, str] | None = None, orders: str = "", toml: str = TOML) -> Path:
    """A pay desk without insurance or roster: base pay, and 2 % of what was sold."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cstools.toml").write_text(toml, encoding="utf-8")
    for name, text in {**SHEETS, **(sheets or {})}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    if orders:
        (folder / "订单1.csv").write_text(ORDERS + orders, encoding="utf-8")
    return folder


def samples(folder: Path) -> Path:
    """A copy of samples/shop-pay with the roster desk beside it."""
    for name in ("shop", "shop-pay"):
        shutil.copytree(ROOT / "samples" / name, folder / name)
    return folder / "shop-pay"
