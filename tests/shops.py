"""A shop's files, made to their descriptions: a few rows under the headers that the shops' systems write."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from cstools.orders import Orders, OrderSettings, read_orders

if TYPE_CHECKING:
    from cstools.errors import Fault

OCTOBER = date(2026, 10, 1), date(2026, 10, 31)
NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)
# 54 headers as of 2020, with the blanks after some of them.
TAOBAO = (
    "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,"
    "买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,"
    "宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,是否上传合同照片,"
    "是否上传小票,是否代付,定金排名,修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易,新零售交易类型,新零售导购门店名称,"
    "新零售导购门店id,新零售发货门店名称,新零售发货门店id,退款金额,预约门店,确认收货时间,打款商家金额,含应开票给个人的个人红包"
)
OLD = TAOBAO.split("天猫卡券抵扣", maxsplit=1)[0] + "卡券抵扣,积分抵扣,是否是O2O交易"
NEW = (
    TAOBAO.replace("买家支付宝账号", "支付单号,支付详情").replace("订单备注,", "")
    + ",直播返现状态,返现金额,延迟发货自动赔付金额,预售订单,发货时间,商家备忘,主订单编号"
)
ITEMS = "订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码"
REFUNDS = (
    "退款编号,订单编号,订单付款时间,买家实际支付金额,宝贝标题,买家退款金额,售中或售后,退款状态,货物状态,退款完结时间"
)
WANGDIAN = (
    "客户网名,订单编号,原始单号,收件人,收货地址,收件人手机,发货时间,付款时间,收货地区,物流单号,买家留言,客服备注,打印备注,货品数量,"
    "实际重量,预估重量,成交价,货品成交总价,货品名称,商家编码,店铺,物流公司,仓库,订单类型,出库单状态"
)
EFAST = "订单号,交易号,订单标签,店铺名称,付款时间,实付金额,订单状态,客户留言,商家留言,订单备注"

Row = Mapping[str, object]


def order(number: str, note: str = "001", paid: str = "100.00", at: str = "2026-10-05 10:00:00", **more: object) -> Row:
    """An order as Taobao tells it: what is paid goes in every amount, ``at`` in every time."""
    return {
        "订单编号": f'="{number}"', "买家会员名": "tb1", "买家实际支付金额": paid, "总金额": paid, "订单状态": "交易成功",
        "联系手机": "'13800000300", "订单创建时间": at, "订单付款时间": at, "宝贝标题": "四件套", "宝贝种类": "1", "订单备注": note,
        "商家备忘": note, "退款金额": "0.00", "确认收货时间": at, "发货时间": at, "打款商家金额": f"{paid}元", **more,
    }  # fmt: skip


def refund(number: str, amount: str, at: str = "2026-10-20 09:00:00", no: str = "", **more: object) -> Row:
    """A refund that was finished."""
    return {"退款编号": no or f"9{number}", "订单编号": number, "买家退款金额": amount, "退款状态": "退款成功", "退款完结时间": at,
            "售中或售后": "售后", **more}  # fmt: skip


def export(path: Path, rows: Iterable[Row], headers: str = TAOBAO, encoding: str = "gb18030") -> Path:
    """A csv file as the shop writes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = headers.split(",")
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([row.get(name.strip(), "") for name in names] for row in rows)
    return path


def workbook(path: Path, rows: Iterable[Row], headers: str = TAOBAO, above: Sequence[Sequence[str]] = ()) -> Path:
    """The same as a workbook, maybe with titles above."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    for title in above:
        book.worksheets[0].append(list(title))
    book.worksheets[0].append(headers.split(","))
    for row in rows:
        book.worksheets[0].append([row.get(name.strip()) for name in headers.split(",")])
    book.save(path)
    return path


class Shop:
    """A folder of files; what is set in [orders] besides; faults and notes as they are shown."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []

    def orders(self, *rows: Row, name: str = "ExportOrderList202611030915.csv", headers: str = TAOBAO) -> Path:
        """An order file."""
        return export(self.folder / "订单" / name, rows, headers)

    def refunds(self, *rows: Row, name: str = "退款202611030920.csv") -> Path:
        """A refund file."""
        return export(self.folder / "退款" / name, rows, REFUNDS)

    def items(self, *rows: Row) -> Path:
        """An item file."""
        return export(self.folder / "订单" / "ExportOrderDetailList202611030916.csv", rows, ITEMS)

    def read(self, period: tuple[date, date] = OCTOBER, known: str = "001 002 003 007", **settings: Any) -> Orders:
        """What they say of a period; counted on the day paid, shared orders split, unless told otherwise."""
        self.faults, self.notes = [], []
        chosen = {"counts_on": "paid", "ambiguous": "split", **settings}
        return read_orders(self.folder, OrderSettings(**chosen), *period, self.faults, self.notes, known.split())

    def wrong(self, **settings: Any) -> list[str]:
        """What is wrong with them."""
        self.read(**settings)
        return [str(fault) for fault in self.faults]
