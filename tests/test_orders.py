"""The shop's orders: which count, whose they are, and how each system's file is read."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from shops import EFAST, NEW, NOVEMBER, OCTOBER, OLD, TAOBAO, WANGDIAN, Shop, export, order, refund, workbook

from cstools.language import speak
from cstools.orders import AgentTotal, Group, Orders, State, Total
from cstools.orders.settings import ItemColumns, OrderColumns

A, B, C, D = (f"241000012345678901{n}" for n in range(4))


@pytest.fixture(autouse=True)
def english() -> None:
    speak("en")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def told(orders: Orders) -> dict[str, tuple[str, str, str]]:
    """Each sale's state, agent and amount by its number."""
    return {sale.number: (sale.state.value, sale.agent, str(sale.paid)) for sale in orders.sales}


# --- the systems' files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [TAOBAO, OLD, NEW])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-8"])
def test_taobao_old_and_new_in_every_encoding(shop: Shop, headers: str, encoding: str) -> None:
    rows = [order(A, "001 已核对"), order(B, "工号002", "1,234.50")]
    export(shop.folder / "订单" / "ExportOrderList202611030915.csv", rows, headers, encoding)
    assert told(shop.read()) == {A: ("attributed", "001", "100.00"), B: ("attributed", "002", "1234.50")}
    assert not shop.faults


def test_there_are_54_headers() -> None:
    assert len(TAOBAO.split(",")) == 54


def test_taobao_as_a_workbook_below_a_title(shop: Shop) -> None:
    rows = [order(A, 订单编号=A, 买家实际支付金额=88.8)]
    workbook(shop.folder / "订单" / "订单.xlsx", rows, NEW, above=[["订单报表"], []])
    sale = shop.read().sales[0]
    assert (sale.number, sale.paid, str(sale.source)) == (A, Decimal("88.80"), "订单.xlsx Sheet!A4")


def test_wangdian_adds_up_the_goods_of_an_order_by_the_shops_number(shop: Shop) -> None:
    row = {"订单编号": "JY202610050001", "原始单号": A, "付款时间": "2026-10-05 10:00:00", "发货时间": "2026-10-06 10:00:00",
           "客服备注": "kf007", "货品成交总价": "59.9000", "货品名称": "四件套", "出库单状态": "已发货"}  # fmt: skip
    rows = [row, row, {**row, "货品名称": "补差价专用", "货品成交总价": "20.0000"}]
    workbook(shop.folder / "订单" / "销售出库单.xlsx", rows, WANGDIAN)
    assert told(shop.read(counts_on="shipped")) == {A: ("attributed", "007", "119.80")}


def test_wangdian_counts_an_order_once_all_of_it_is_shipped(shop: Shop) -> None:
    row = {
        "原始单号": A,
        "客服备注": "007",
        "货品成交总价": "50",
        "货品名称": "枕头",
        "出库单状态": "已发货",
        "付款时间": "2026-10-05",
    }
    rows = [{**row, "发货时间": "2026-10-06 10:00"}, {**row, "发货时间": "2026-11-02 10:00"}]
    export(shop.folder / "订单" / "a.csv", rows, WANGDIAN)
    assert not shop.read(counts_on="shipped").sales
    assert told(shop.read(NOVEMBER, counts_on="shipped")) == {A: ("attributed", "007", "100.00")}
    export(shop.folder / "订单" / "a.csv", [rows[0], {**row, "发货时间": ""}], WANGDIAN)
    assert not shop.read(counts_on="shipped").sales


def test_efast_reads_both_of_its_notes(shop: Shop) -> None:
    row = {"订单号": "E1", "交易号": A, "付款时间": "2026-10-05 10:00:00", "实付金额": "80", "订单状态": "已发货"}
    rows = [{**row, "商家留言": "加急", "订单备注": "003"}, {**row, "交易号": B, "商家留言": "002"}]
    export(shop.folder / "订单" / "efast.csv", rows, EFAST)
    assert told(shop.read()) == {A: ("attributed", "003", "80.00"), B: ("attributed", "002", "80.00")}


def test_any_other_system_by_a_mapping(shop: Shop) -> None:
    row = {"bill": "X-001", "money": "￥１２．５０元", "memo": "001", "when": "2026年10月5日"}
    export(shop.folder / "订单" / "other.csv", [row], "bill,money,memo,when")
    columns = OrderColumns(number="bill", amount="money", note="memo", paid="when")
    assert told(shop.read(columns=columns)) == {"X-001": ("attributed", "001", "12.50")}
    assert [str(note) for note in shop.notes] == [
        "other.csv A1: the file has no column of the order’s status: closed orders count"
    ]


def test_a_merchants_class_recommendation_and_missing_fields(shop: Shop) -> None:
    fields = "餐馆资料,会员卡号,会员姓名,联系电话,用餐时间,金卡消费金额,特殊情况备注"
    headers = f"订单号,实付金额,付款时间,订单状态,订单备注,签约状态,重点推荐,{fields}"
    row = {"订单号": "1001", "实付金额": "0", "付款时间": "2026-10-05", "订单备注": "001", "签约状态": "签约", "重点推荐": "是",
           **dict.fromkeys(fields.split(","), "有")}  # fmt: skip
    rows = [row, {**row, "订单号": "1002", "签约状态": "未签约", "重点推荐": "否", "会员卡号": "", "联系电话": "null"}]
    export(shop.folder / "订单" / "订座.csv", rows, headers)
    first, second = shop.read(fields=tuple(fields.split(","))).sales
    assert (first.facts.merchant, first.facts.recommended, first.facts.missing) == ("签约", True, 0)
    assert (second.facts.merchant, second.facts.recommended, second.facts.missing) == ("未签约", False, 2)


def test_a_formula_in_a_note_stays_text(shop: Shop) -> None:
    shop.orders(order(A, '=HYPERLINK("http://x","001")'), order(B, "=1+1"))
    assert told(shop.read()) == {A: ("attributed", "001", "100.00"), B: ("unattributed", "", "100.00")}


# --- which orders count -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts_on", "at"),
    [
        ("created", "订单创建时间"),
        ("paid", "订单付款时间"),
        ("received", "确认收货时间"),
        ("succeeded", "确认收货时间"),
        ("shipped", "发货时间"),
    ],
)
def test_the_date_that_counts_is_the_desks_choice(shop: Shop, counts_on: str, at: str) -> None:
    shop.orders(
        order(A, at="2026-09-30 23:59:59", **{at: "2026-10-01 00:00:00"}), order(B, **{at: "null"}), headers=NEW
    )
    assert list(told(shop.read(counts_on=counts_on))) == [A]


def test_without_a_choice_nothing_is_read_and_the_question_told(shop: Shop) -> None:
    shop.orders(order(A))
    orders = shop.read(counts_on="")
    assert ([choice.key for choice in orders.undecided], list(orders.sales)) == (["orders.counts_on"], [])


def test_an_order_counts_on_its_creation_only_once_it_was_paid(shop: Shop) -> None:
    shop.orders(order(A), order(B, 订单付款时间="null", 订单状态="等待买家付款"))
    assert list(told(shop.read(counts_on="created"))) == [A]


def test_only_succeeded_orders_count_where_that_is_the_choice(shop: Shop) -> None:
    shop.orders(order(A), order(B, 订单状态="卖家已发货，等待买家确认"))
    assert list(told(shop.read(counts_on="succeeded"))) == [A]
    assert list(told(shop.read(counted=("卖家已发货，等待买家确认",)))) == [B]


def test_a_status_that_no_setting_knows_is_told_with_how_many_orders_it_leaves_out(shop: Shop) -> None:
    shop.orders(order(A), order(B, 订单状态="已消费"), order(C, 订单状态="已消费"), order(C, 订单状态="已消费"))
    assert list(told(shop.read(counts_on="succeeded"))) == [A]
    assert [str(note.wrong) for note in shop.notes] == [
        "2 orders are not counted, because their status “已消费” is none that counts"
    ]
    assert "orders.succeeded" in str(shop.notes[0])
    assert set(told(shop.read(counts_on="succeeded", succeeded=("已消费",)))) == {B, C}


def test_a_closed_order_counts_only_where_a_refund_takes_it_back(shop: Shop) -> None:
    closed = {"订单状态": "交易关闭"}
    shop.orders(order(A, paid="0.00", **closed), order(B, **closed), order(C, **closed))
    shop.refunds(refund(C, "100.00", "2026-11-02 08:00:00"))
    october = shop.read()
    assert told(october) == {B: ("excluded", "", "100.00"), C: ("attributed", "001", "100.00")}
    assert str(next(october.of(State.EXCLUDED)).facts.reason) == "closed, and no file of refunds says since when"
    assert not october.refunds
    assert [(back.order, back.day, back.amount) for back in shop.read(NOVEMBER).refunds] == [
        (C, date(2026, 11, 2), Decimal(100))
    ]


def test_what_is_no_sale_is_excluded_by_title_and_by_note(shop: Shop) -> None:
    shop.orders(order(A, 宝贝标题="补差价专拍"), order(B, "001 补单"), order(C, "001 已补差价"))
    assert told(shop.read()) == {
        A: ("excluded", "", "100.00"),
        B: ("excluded", "", "100.00"),
        C: ("attributed", "001", "100.00"),
    }


def test_a_part_that_is_no_sale_is_cut_out_by_the_item_file(shop: Shop) -> None:
    mixed = {"宝贝标题": "四件套 ，补差价专拍", "宝贝种类": "2"}
    shop.orders(order(A, **mixed), order(B, **mixed))
    line = {"订单编号": f'="{A}"', "标题": "四件套", "价格": "90.00", "购买数量": "1"}
    shop.items(line, {**line, "标题": "补差价专拍", "价格": "2.50", "购买数量": "4"})
    assert told(shop.read()) == {A: ("attributed", "001", "90.00"), B: ("attributed", "001", "100.00")}
    assert [str(note).partition(": ")[2] for note in shop.notes] == [
        f"order {B} holds something that is no sale: counted whole, for want of an item file"
    ]


def test_an_order_of_which_no_goods_are_a_sale_is_excluded(shop: Shop) -> None:
    shop.orders(order(A))
    shop.items({"订单编号": A, "标题": "邮费链接", "价格": "100.00", "购买数量": "1"})
    assert told(shop.read()) == {A: ("excluded", "", "100.00")}


def test_item_columns_by_a_mapping(shop: Shop) -> None:
    shop.orders(order(A))
    export(shop.folder / "货.csv", [{"no": A, "what": "补单", "each": "100", "n": "1"}], "no,what,each,n")
    columns = ItemColumns(number="no", title="what", price="each", quantity="n")
    assert told(shop.read(items=("货.csv",), item_columns=columns)) == {A: ("excluded", "", "100.00")}


# --- whose they are ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "note",
    [
        "工号001",
        "客服：００１",
        "kf001 周三发",
        "KF-001",
        "No.001",
        "001",
        "已核对001，加急",
        "满300减50 001",
        "001。",
        "001.",
    ],
)
def test_an_agents_number_is_found(shop: Shop, note: str) -> None:
    shop.orders(order(A, note))
    assert shop.read(known="001 300").sales[0].agent == "001"


@pytest.mark.parametrize(
    "note", ["", "300元", "13800000001", "2026年001", "A001", "满001减50", "1.001", "001件", "工号001002"]
)
def test_other_numbers_are_not(shop: Shop, note: str) -> None:
    shop.orders(order(A, note))
    (sale,) = shop.read(known="001 300").sales
    assert (sale.state, str(sale.facts.reason)) == (State.UNATTRIBUTED, "no agent’s number in the note")


def test_a_number_of_nobody_is_told_and_another_beside_it_is_only_a_number(shop: Shop) -> None:
    shop.orders(order(A, "888"), order(B, "888 001"))
    first, second = shop.read().sales
    assert (first.agent, str(first.facts.reason)) == ("", "nobody has the number 888")
    assert second.agent == "001"


def test_a_pattern_of_the_desks_own(shop: Shop) -> None:
    shop.orders(order(A, "#小王7#"), order(B, "001"))
    assert told(shop.read(number_pattern=r"#(\S+?)#", known="小王7 001")) == {
        A: ("attributed", "小王7", "100.00"), B: ("unattributed", "", "100.00"),
    }  # fmt: skip


def test_a_flag_that_is_asked_for(shop: Shop) -> None:
    headers = TAOBAO + ",旗帜"
    shop.orders(order(A, 旗帜="红旗"), order(B, 旗帜="黄旗"), order(C, ""), headers=headers)
    orders = shop.read(flag="红")
    assert [(sale.number, str(sale.facts.reason)) for sale in orders.of(State.UNATTRIBUTED)] == [
        (B, "no flag “红”"), (C, "no agent’s number in the note"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("policy", "agent", "totals"),
    [
        ("unpaid", "", {}),
        ("first", "007", {"007": "100.01"}),
        ("last", "002", {"002": "100.01"}),
        ("split", "", {"002": "50.01", "007": "50.00"}),
    ],
)
def test_several_numbers_go_by_the_desks_policy(shop: Shop, policy: str, agent: str, totals: dict[str, str]) -> None:
    shop.orders(order(A, "007转002，007跟进", "100.01"))
    orders = shop.read(ambiguous=policy)
    (sale,) = orders.of(State.AMBIGUOUS)
    assert (sale.agent, sale.facts.agents) == (agent, ("007", "002"))
    assert {name: str(total.paid) for name, total in orders.by_agent().items()} == totals


def test_the_policy_is_asked_for_only_where_there_are_such_orders(shop: Shop) -> None:
    shop.orders(order(A, "001"))
    assert not shop.read(ambiguous="").undecided
    shop.orders(order(A, "001 002"))
    assert [choice.key for choice in shop.read(ambiguous="").undecided] == ["orders.ambiguous"]


def test_silent_only_where_the_desks_list_says_so(shop: Shop) -> None:
    shop.orders(order(A, ""), order(B, ""), order(C, "001"))
    export(shop.folder / "闷拍10月.csv", [{"订单编号": A}, {"订单编号": f"'{C}"}], "订单编号")
    orders = shop.read()
    assert told(orders) == {
        A: ("silent", "", "100.00"),
        B: ("unattributed", "", "100.00"),
        C: ("attributed", "001", "100.00"),
    }
    assert [str(one.wrong) for one in orders.conflicts] == [
        "said to be a silent order, but its note names 001, who counts"
    ]


def test_silent_by_a_chat_export_of_orders(shop: Shop) -> None:
    shop.orders(order(A, ""), order(B, ""))
    export(
        shop.folder / "聊天/绩效.csv",
        [{"订单编号": A, "下单类型": "静默下单"}, {"订单编号": B, "下单类型": "询单下单"}],
        "订单编号,下单类型",
    )
    assert [sale.number for sale in shop.read().of(State.SILENT)] == [A]


def test_silent_by_a_chat_export_of_chats(shop: Shop) -> None:
    shop.orders(
        order(A, "", 买家会员名="quiet"), order(B, "", 买家会员名="asked"), order(C, "", 买家会员名="t**1"),
        order(D, "", 买家会员名="quiet", at="2026-10-29 10:00:00"),
    )  # fmt: skip
    days = [("someone", "2026-09-20"), ("asked", "2026-10-04"), ("someone", "2026-10-20")]
    rows = [{"买家": buyer, "接待时间": f"{day} 12:00:00"} for buyer, day in days]
    export(shop.folder / "聊天/聊天记录.csv", rows, "买家,客服,接待时间")
    # D lies after the last day that the export is about, C's name is masked.
    assert [sale.number for sale in shop.read().of(State.SILENT)] == [A]
    assert [sale.number for sale in shop.read(chat_days=0).of(State.SILENT)] == [A, B]


# --- once -------------------------------------------------------------------------------------------------------------


def test_the_newest_export_wins_and_conflicts_are_listed(shop: Shop) -> None:
    shop.orders(order(A, "001"), order(B, ""), order(C), name="ExportOrderList202611010900.csv")
    shop.orders(order(A, "002", "90.00"), order(B, "003"), order(D), name="ExportOrderList202611030900.csv")
    orders = shop.read()
    assert told(orders) == {
        A: ("attributed", "002", "90.00"), B: ("attributed", "003", "100.00"),
        C: ("attributed", "001", "100.00"), D: ("attributed", "001", "100.00"),
    }  # fmt: skip
    assert [(one.number, str(one.wrong)) for one in orders.conflicts] == [
        (A, "another agent: 002 in the newest export ExportOrderList202611030900.csv, which counts, and 001"),
        (A, "another amount: 90.00 in the newest export ExportOrderList202611030900.csv, which counts, and 100.00"),
    ]
    assert [str(source) for source in orders.conflicts[0].sources] == [
        "ExportOrderList202611030900.csv A2", "ExportOrderList202611010900.csv A2",
    ]  # fmt: skip


def test_what_was_filled_in_since_an_older_export_is_no_conflict(shop: Shop) -> None:
    shop.orders(order(A, "", "0.00", at="null"), order(B, "", "0.00"), name="20261101.csv")
    shop.orders(order(A, "001"), order(B, "002"), name="20261103.csv")
    orders = shop.read()
    assert told(orders) == {A: ("attributed", "001", "100.00"), B: ("attributed", "002", "100.00")}
    assert orders.conflicts == ()


def test_the_newest_by_a_column_and_else_by_name(shop: Shop) -> None:
    headers = TAOBAO + ",导出时间"
    shop.orders(order(A, "001", 导出时间="2026-11-03 09:00"), name="a.csv", headers=headers)
    shop.orders(order(A, "002", 导出时间="2026-11-01 09:00"), name="b.csv", headers=headers)
    assert shop.read().sales[0].agent == "001"
    shop.orders(order(A, "001"), name="a.csv")
    shop.orders(order(A, "002"), name="b.csv")
    assert shop.read().sales[0].agent == "002"


def test_a_day_that_a_newer_export_moved_out_of_the_period_is_a_conflict(shop: Shop) -> None:
    shop.orders(order(A), name="20261101.csv")
    shop.orders(order(A, at="2026-11-02 08:00:00"), name="20261103.csv")
    orders = shop.read()
    assert (told(orders), len(orders.conflicts)) == ({}, 1)
    assert "another day: 2026-11-02 in the newest export 20261103.csv, which counts, and 2026-10-05" in str(
        orders.conflicts[0].wrong
    )


def test_the_same_row_twice_counts_once(shop: Shop) -> None:
    shop.orders(order(A), order(A))
    orders = shop.read()
    assert (told(orders), orders.conflicts, shop.faults) == ({A: ("attributed", "001", "100.00")}, (), [])


def test_sub_orders_are_not_counted_beside_their_order(shop: Shop) -> None:
    shop.orders(
        order(A, paid="150.00", 主订单编号=A), order(B, paid="50.00", 主订单编号=A), order(C, 主订单编号=A), headers=NEW
    )
    assert told(shop.read()) == {A: ("attributed", "001", "150.00")}


def test_sub_orders_without_their_order_make_it(shop: Shop) -> None:
    shop.orders(order(B, "001", "50.00", 主订单编号=A), order(C, "", "100.00", 主订单编号=A), headers=NEW)
    assert told(shop.read()) == {A: ("attributed", "001", "150.00")}


def test_whether_sub_orders_repeat_the_orders_amount_must_be_chosen(shop: Shop) -> None:
    shop.orders(order(B, 主订单编号=A), order(C, 主订单编号=A), headers=NEW)
    assert [choice.key for choice in shop.read().undecided] == ["orders.sub_amounts"]
    assert told(shop.read(sub_amounts="own")) == {A: ("attributed", "001", "200.00")}
    assert told(shop.read(sub_amounts="total")) == {A: ("attributed", "001", "100.00")}


# --- adding up --------------------------------------------------------------------------------------------------------


def test_groups_and_agents_add_up_to_the_sales(shop: Shop) -> None:
    shop.orders(order(A, "001", "10.00"), order(B, "001", "20.00"), order(C, "002", "30.00"), order(D, ""))
    orders = shop.read()
    assert dict(orders.groups()) == {
        Group(date(2026, 10, 5), sale.facts): Total(count, Decimal(paid))
        for sale, count, paid in zip(orders.sales, (2, 2, 1, 1), ("30.00", "30.00", "30.00", "100.00"), strict=True)
    }
    assert orders.by_agent() == {
        "001": AgentTotal(orders=2, paid=Decimal("30.00")), "002": AgentTotal(orders=1, paid=Decimal("30.00")),
    }  # fmt: skip
    by_hand = Orders(sales=tuple(orders.sales))
    assert by_hand.groups() == orders.groups()
    assert list(by_hand.of(State.UNATTRIBUTED)) == list(orders.of(State.UNATTRIBUTED))


def test_sales_are_a_sequence_by_day_and_number(shop: Shop) -> None:
    shop.orders(order(B), order(A), order(C, at="2026-10-01 08:00:00"))
    sales = shop.read().sales
    assert [sale.number for sale in sales] == [C, A, B]
    assert (len(sales), sales[0].number, [sale.number for sale in sales[1:]]) == (3, C, [A, B])


def test_an_order_is_found_by_its_number(shop: Shop) -> None:
    shop.orders(order(A, "002"), order(B, at="2026-11-02 10:00:00"))
    orders = shop.read()
    found = orders.find(A)
    assert found
    assert (found.agent, orders.find(B), orders.find(C), Orders(sales=(found,)).find(A)) == ("002", None, None, found)


@pytest.mark.parametrize("written", ['="{}"', '"=""{}"""', "'{}", "{}\t", "\t{}", '"{}"', " {} ", "{}"])
def test_an_orders_number_however_it_is_wrapped(shop: Shop, written: str) -> None:
    text = f"订单编号,订单备注,买家实际支付金额,订单付款时间 \n{written.format(A)},001,5.00,2026-10-05 10:00:00\n"
    path = shop.orders()
    path.write_text(text, encoding="gb18030")
    assert (list(told(shop.read())), shop.faults) == ([A], [])


def test_no_files_are_a_note_and_no_more(shop: Shop) -> None:
    orders = shop.read()
    assert (len(orders.sales), orders.undecided, shop.faults) == (0, (), [])
    assert "there are no files of orders" in str(shop.notes[0])


def test_lock_files_and_hidden_ones_are_left_alone(shop: Shop) -> None:
    shop.orders(order(A))
    (shop.folder / "订单" / "~$订单.xlsx").write_bytes(b"x")
    (shop.folder / "订单" / ".a.csv").write_bytes(b"x")
    assert (list(told(shop.read())), shop.faults) == ([A], [])


def test_a_number_below_its_limits(shop: Shop) -> None:
    """Text keeps its leading zeros, and is another order than the number without them."""
    shop.orders(order("0012"), order("12"))
    assert list(told(shop.read(OCTOBER))) == ["0012", "12"]
