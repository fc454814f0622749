"""What is wrong in the shop's files: one line each, by file and cell."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from shops import EFAST, ITEMS, NEW, REFUNDS, TAOBAO, Row, Shop, export, order, refund, workbook

from cstools.desk.settings import read_settings
from cstools.language import speak
from cstools.orders import OrderSettings
from cstools.orders.settings import OrderColumns

if TYPE_CHECKING:
    from cstools.errors import Fault

A, B, C = (f"241000012345678901{n}" for n in range(3))
NAME = "ExportOrderList202611030915.csv"
SPOILT = "Excel has spoilt this number: only its first 15 digits are left"
AS_TEXT = "make the column text (format @) and enter the number anew"
AMOUNT = "→ an amount such as 1234.50"


@pytest.fixture(autouse=True)
def english() -> None:
    speak("en")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (order("2.41E+18"), f'A3 “="2.41E+18"”: {SPOILT} → {AS_TEXT}'),
        (order("", 订单编号=""), "A3: not a number or code of this kind → a number or code, such as 007 or kf01"),
        (order("四件套"), 'A3 “="四件套"”: not an order’s number → a number such as 2410000123456789012'),
        (order(B, paid="1.2.3"), f"I3 “1.2.3”: not an amount {AMOUNT}"),
        (order(B, paid=""), f"I3: there is no amount {AMOUNT}"),
        (order(B, paid="-5.00"), f"I3 “-5.00”: a negative amount {AMOUNT}"),
        (order(B, paid="0.00001"), f"I3 “0.00001”: more than four decimals {AMOUNT}"),
        (order(B, paid="=1+1"), f"I3 “=1+1”: not an amount {AMOUNT}"),
        (order(B, at="2026-13-05 10:00:00"), "S3 “2026-13-05 10:00:00”: not a date with a time → a date and a time such as 2026-11-09 18:30"),
        (order(B, at="昨天"), "S3 “昨天”: not a date with a time → a date and a time such as 2026-11-09 18:30"),
    ],
)  # fmt: skip
def test_a_wrong_cell_of_an_order(shop: Shop, row: Row, wrong: str) -> None:
    shop.orders(order(A), row)
    assert shop.wrong() == [f"{NAME} {wrong}"]


def test_a_main_orders_number_that_excel_has_spoilt(shop: Shop) -> None:
    shop.orders(order(B, 主订单编号="2.41E+18"), headers=NEW)
    assert shop.wrong() == [f"{NAME} BI2 “2.41E+18”: {SPOILT} → {AS_TEXT}"]


def test_every_wrong_cell_of_every_row_is_told_at_once(shop: Shop) -> None:
    shop.orders(order("", "", "x", 订单编号="2.41E+18"), order(A), order(B, paid="y"))
    assert [fault.partition(" “")[0] for fault in shop.wrong()] == [f"{NAME} {cell}" for cell in ("A2", "I2", "I4")]


def test_after_twenty_of_a_column_the_rest_are_counted(shop: Shop) -> None:
    shop.orders(*(order(f"{A}{n}", paid="x") for n in range(1, 46)))
    faults = shop.wrong()
    assert (len(faults), faults[-1]) == (21, f"{NAME} “买家实际支付金额”: 25 more cells of this column can't be read")


@pytest.mark.parametrize(
    ("headers", "wrong"),
    [
        (TAOBAO.replace("订单备注", "备注信息"), "A1: the header 订单备注 is missing → did you mean “备注信息”?"),
        (
            TAOBAO.replace("买家实际支付金额,", ""),
            "A1: the header 买家实际支付金额 is missing → did you mean “买家实际支付积分”?",
        ),
        (
            TAOBAO.replace("订单编号,", ""),
            "A1: the header 订单编号 is missing → did you mean “物流单号”?",
        ),
        (
            TAOBAO.replace("订单付款时间 ", "付款"),
            "A1: the header 订单付款时间 is missing → did you mean “付款”?",
        ),
        (
            TAOBAO.replace("买家应付邮费", "订单备注"),
            "X1 “订单备注”: this column stands twice → keep one: the other is in E1",
        ),
        (
            TAOBAO.replace("物流公司", " 买家实际支付金额（元）"),
            "W1 “ 买家实际支付金额（元）”: this column stands twice → keep one: the other is in I1",
        ),
    ],
)
def test_a_column_that_is_missing_renamed_or_doubled(shop: Shop, headers: str, wrong: str) -> None:
    shop.orders(order(A), headers=headers)
    assert shop.wrong() == [f"{NAME} {wrong}"]


def test_a_date_that_old_exports_do_not_have(shop: Shop) -> None:
    shop.orders(order(A))
    assert shop.wrong(counts_on="shipped") == [
        f"{NAME} A1: the header 发货时间 is missing → found in this row: 买家支付宝账号, 买家应付货款, 买家应付邮费, 买家支付积分, 总金额, 返点积分, 买家实际支付积分, 买家留言, …"
    ]


def test_a_mapped_header_that_is_not_there(shop: Shop) -> None:
    export(shop.folder / "订单" / "efast.csv", [{}], EFAST)
    assert shop.wrong(columns=OrderColumns(amount="实收")) == [
        "efast.csv A1: the header 实收 is missing → found in this row: 订单标签, 店铺名称, 实付金额, 客户留言"
    ]


def test_fields_of_a_valid_order_and_flags_must_have_their_columns(shop: Shop) -> None:
    shop.orders(order(A))
    assert shop.wrong(fields=("会员卡号",), flag="红") == [
        f"{NAME} A1: the flag “红” is asked for, and this file has no column of flags → name it in orders.columns.flag",
        f"{NAME} A1: the header 会员卡号 is missing",
    ]


def test_numbers_that_excel_has_spoilt_in_a_csv_file(shop: Shop) -> None:
    spoilt = [order(A, 订单编号=f"24100001234567{n}0000") for n in range(10, 40)]
    shop.orders(*spoilt)
    assert shop.wrong()[
        0
    ] == f"{NAME} A2 “24100001234567100000”: {SPOILT} → export the file again, and don’t save it in Excel".replace(
        "000 0", "0000"
    )
    assert len(shop.wrong()) == 21


@pytest.mark.parametrize("rows", [5, 30])
def test_a_single_number_may_end_in_zeros(shop: Shop, rows: int) -> None:
    numbers = [f"24100001234567{n}0{n % 7}1{n}" for n in range(10, 10 + rows)]
    shop.orders(*(order(n, 订单编号=n) for n in [*numbers, "2410000123456780000"]))
    assert shop.wrong() == []


def test_numbers_that_were_wrapped_against_excel_may_end_in_zeros(shop: Shop) -> None:
    shop.orders(*(order(f"24100001234567{n}000") for n in range(10, 40)))
    assert shop.wrong() == []


@pytest.mark.parametrize("number", [2410000123456789012, 2.41e18])
def test_a_long_number_as_a_number_of_a_workbook(shop: Shop, number: float) -> None:
    workbook(shop.folder / "订单" / "订单.xlsx", [order(A, 订单编号=number)], NEW)
    assert shop.wrong() == [f"订单.xlsx Sheet!A2 “{number:.14E}”: {SPOILT} → {AS_TEXT}"]


def test_the_same_order_twice_in_one_file_with_different_values(shop: Shop) -> None:
    shop.orders(order(A, "001"), order(A, "002", "90.00"), order(B), order(B, at="2026-11-02 10:00:00"))
    assert shop.wrong() == [
        f"{NAME} A3 “{A}”: this order stands twice with a different amount: 100.00 and 90.00 → keep the row that is right",
        f"{NAME} A3 “{A}”: this order stands twice with a different agent: 001 and 002 → keep the row that is right",
        f"{NAME} A5 “{B}”: this order stands twice with a different day: 2026-10-05 and 2026-11-02 → keep the row that is right",
    ]


def test_the_same_order_twice_in_one_file_as_another_kind_of_order(shop: Shop) -> None:
    shop.orders(order(A, 宝贝标题="补差价", 签约状态="签约"), order(A, 签约状态="签约"), headers=TAOBAO + ",签约状态")
    wrong = "this order stands twice with a different kind of order: no sale, 签约 and attributed, 签约"
    assert shop.wrong() == [f"{NAME} A3 “{A}”: {wrong} → keep the row that is right"]


def test_a_sub_order_twice_with_different_values(shop: Shop) -> None:
    shop.orders(order(B, 主订单编号=A), order(B, paid="1.00", 主订单编号=A), headers=NEW)
    assert shop.wrong() == [
        f"{NAME} A3 “{B}”: this sub-order stands twice and says different things → keep the row that is right"
    ]


def rewrite(change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize(
    ("spoil", "wrong"),
    [
        (rewrite(lambda data: data + f"{A},a,b\r\n".encode()), f"A3 “{A}”: this row has 3 cells, the header 54 → put what holds a comma or a line break in quotes"),
        (rewrite(lambda data: data.replace("四件套".encode("gb18030"), "四,件套".encode("gb18030"))), f'A2 “="{A}"”: this row has 55 cells, the header 54 → put what holds a comma or a line break in quotes'),
        (rewrite(lambda _: b""), ": the sheet is empty → headers: 订单编号, 订单备注, 订单付款时间, 买家实际支付金额"),
        (rewrite(lambda data: data.decode("gb18030").encode("utf-16")), ": the text is neither UTF-8 nor GBK → open it in Excel and save it as CSV UTF-8"),
        (rewrite(lambda _: b"PK\x03\x04junk"), ": this is not a workbook → save it in Excel as .xlsx"),
        (rewrite(lambda data: data + b'"' + b"x" * 200_000), "line 3: this is not a csv file: field larger than field limit (131072) → open it in Excel and save it as CSV UTF-8"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_should_be(shop: Shop, spoil: Callable[[Path], object], wrong: str) -> None:
    spoil(shop.orders(order(A)))
    assert shop.wrong() == [NAME + ("" if wrong.startswith(":") else " ") + wrong]


def test_a_damaged_and_a_foreign_workbook(shop: Shop) -> None:
    path = workbook(shop.folder / "订单" / "a.xlsx", [order(A)])
    path.write_bytes(path.read_bytes()[:900])
    Workbook().save(shop.folder / "订单" / "b.xlsx")
    (shop.folder / "订单" / "c.xlsx").write_text("no workbook")
    assert shop.wrong() == [
        "c.xlsx: this is not a workbook → save it in Excel as .xlsx",
        "b.xlsx: the sheet is empty → headers: 订单编号, 订单备注, 订单付款时间, 买家实际支付金额",
        "a.xlsx: the workbook is damaged → open it in Excel and save it as .xlsx",
    ]


def test_a_letter_cut_in_half_hurts_nobody(shop: Shop) -> None:
    path = shop.orders(order(A, "001 加急"), order(B, "002"))
    path.write_bytes(path.read_bytes().replace("加急".encode("gb18030"), "加急".encode("gb18030")[:3]))
    assert (shop.wrong(), [sale.agent for sale in shop.read().sales]) == ([], ["001", "002"])


def test_blank_rows_and_sums_are_nothing(shop: Shop) -> None:
    path = shop.orders(order(A))
    more = "\r\n" + "," * 53 + "\r\n合计,1,100.00\r\n" + "总计" + "," * 53 + "\r\n"
    path.write_bytes(path.read_bytes() + more.encode("gb18030"))
    assert (shop.wrong(), len(shop.read().sales)) == ([], 1)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (refund(A, "x"), f"F2 “x”: not an amount {AMOUNT}"),
        (refund(A, "5.00", ""), "J2: there is no date → a date and a time such as 2026-11-09 18:30"),
        (refund("退", "5.00"), "B2 “退”: not an order’s number → a number such as 2410000123456789012"),
        (refund(A, "5.00", no="1.2E+17"), f"A2 “1.2E+17”: {SPOILT} → {AS_TEXT}"),
    ],
)
def test_a_wrong_cell_of_a_refund(shop: Shop, row: Row, wrong: str) -> None:
    shop.orders(order(A))
    shop.refunds(row)
    assert shop.wrong() == [f"退款202611030920.csv {wrong}"]


def test_a_refund_file_without_its_status_and_a_refund_twice(shop: Shop) -> None:
    shop.orders(order(A))
    export(shop.folder / "退款" / "a.csv", [refund(A, "1")], REFUNDS.replace("退款状态", "状态"))
    export(shop.folder / "退款" / "b.csv", [refund(A, "1", no="7"), refund(A, "2", no="7")], REFUNDS)
    assert shop.wrong() == [
        "b.csv A3 “7”: this refund stands twice and says different things → keep the row that is right",
        "a.csv A1: the header 退款状态 is missing → did you mean “状态”?",
    ]


def test_wrong_cells_of_items_and_of_chats(shop: Shop) -> None:
    shop.orders(order(A))
    line = {"订单编号": A, "标题": "补差价", "价格": "x", "购买数量": "1.5"}
    shop.items(line)
    export(shop.folder / "聊天" / "a.csv", [{"订单编号": A, "下单类型": "未知"}], "订单编号,下单类型")
    export(shop.folder / "聊天" / "b.csv", [{"客服": "001"}], "客服,日期")
    export(shop.folder / "闷拍.csv", [{"订单编号": "?"}], "订单编号")
    assert shop.wrong() == [
        f"ExportOrderDetailList202611030916.csv C2 “x”: not an amount {AMOUNT}",
        "ExportOrderDetailList202611030916.csv D2 “1.5”: not a whole number → at least 0",
        "闷拍.csv A2 “?”: not an order’s number → a number such as 2410000123456789012",
        "b.csv A1: the header 买家会员名 is missing → found in this row: 客服",
        "a.csv B2 “未知”: this doesn't say whether anybody was asked → one of 静默, 询单",
    ]
    assert ITEMS.split(",")[2:4] == ["价格", "购买数量"]


@pytest.mark.parametrize(
    ("key", "value", "right"),
    [
        ("counts_on", "payed", "one of created, paid, shipped, received, succeeded"),
        ("ambiguous", "both", "one of unpaid, first, last, split"),
        ("number_pattern", "工号\\d+", "a pattern with one group, such as “工号(\\d+)”"),
        ("number_pattern", "(", "a pattern with one group, such as “工号(\\d+)”"),
        ("exclude", ["("], "a list of patterns"),
        ("files", ["/etc/*.csv"], 'names of files from the desk’s folder, such as ["订单/*.csv"]'),
        ("chat_days", True, "days, from 0 to 90"),
    ],
)
def test_a_setting_that_cannot_be(key: str, value: object, right: str) -> None:
    faults: list[Fault] = []
    settings = read_settings(OrderSettings, {key: value, "counts_on2": "paid"}, faults, "orders.")
    assert getattr(settings, key) == getattr(OrderSettings(), key)
    assert [str(fault) for fault in faults] == [
        f"cstools.toml orders.{key} “{value}”: this setting can't be that → {right}",
        "cstools.toml orders.counts_on2 “paid”: this setting isn't known → did you mean “counts_on”?",
    ]


def test_settings_are_read_with_their_sections() -> None:
    faults: list[Fault] = []
    table = {
        "files": "x.csv",
        "counts_on": "paid",
        "columns": {"note": "memo"},
        "report": {"files": ["r.xlsx"], "agent": "谁"},
    }
    settings = read_settings(OrderSettings, table, faults, "orders.")
    assert (settings.files, settings.columns.note, settings.report.files, settings.report.agent) == (
        ("x.csv",),
        "memo",
        ("r.xlsx",),
        "谁",
    )
    assert faults == []


def test_a_file_damaged_anywhere_is_refused_or_read_and_never_a_traceback(shop: Shop) -> None:
    chance = random.Random(5)
    rows = [order(f"24100001234567890{n}", '001, "x"\n加急') for n in range(12, 40)]
    paths = [workbook(shop.folder / "订单" / "a.xlsx", rows, NEW), shop.orders(*rows)]
    refused = 0
    for path in paths * 60:
        data = bytearray(whole := path.read_bytes())
        if chance.random() < 1 / 4:
            del data[chance.randrange(len(data)) :]
        for _ in range(chance.randrange(1, 6)):
            place = chance.randrange(len(data) + 1)
            data[place:place] = bytes([chance.randrange(256)])
        path.write_bytes(data)
        refused += bool(shop.wrong())
        path.write_bytes(whole)
    assert refused > 60
