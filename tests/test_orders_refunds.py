"""Refunds take back what was sold, when they are finished, however much later."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from shops import NEW, NOVEMBER, Shop, export, order, refund

from cstools.language import speak
from cstools.orders import AgentTotal, Orders, Refund, State, shares

A, B, C = (f"241000012345678901{n}" for n in range(3))


@pytest.fixture(autouse=True)
def english() -> None:
    speak("en")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def told(orders: Orders) -> list[tuple[str, str, str, bool]]:
    """Each refund's order, day, amount, and whether nothing is left."""
    return [(back.order, back.day.isoformat(), str(back.amount), back.whole) for back in orders.refunds]


def test_a_refund_of_a_later_month_takes_back_in_that_month(shop: Shop) -> None:
    shop.orders(order(A, "001"), order(B, "002", at="2026-11-05 10:00:00"))
    shop.refunds(refund(A, "30.00", "2026-11-08 10:00:00"))
    assert not shop.read().refunds
    november = shop.read(NOVEMBER)
    assert told(november) == [(A, "2026-11-08", "30.00", False)]
    (back,) = november.refunds
    assert back.sale
    assert (back.sale.day, back.sale.agent, back.sale.paid, str(back.source)) == (
        date(2026, 10, 5), "001", Decimal(100), "退款202611030920.csv B2",
    )  # fmt: skip
    assert november.by_agent() == {
        "001": AgentTotal(refunded=Decimal("30.00")), "002": AgentTotal(orders=1, paid=Decimal("100.00")),
    }  # fmt: skip


def test_a_refund_before_its_order_counts_waits_for_it(shop: Shop) -> None:
    shop.orders(order(A, 确认收货时间="2026-11-02 10:00:00"))
    shop.refunds(refund(A, "30.00", "2026-10-20 10:00:00"))
    assert not shop.read(counts_on="received").refunds
    assert told(shop.read(NOVEMBER, counts_on="received")) == [(A, "2026-11-02", "30.00", False)]


def test_a_refund_of_an_order_that_never_counts_takes_nothing_back(shop: Shop) -> None:
    shop.orders(order(A, 确认收货时间="null", 订单状态="交易关闭"), order(B, 宝贝标题="补差价"))
    shop.refunds(refund(A, "100.00"), refund(B, "100.00"))
    assert told(shop.read(counts_on="received")) == []


def test_refunds_of_an_order_never_take_back_more_than_was_paid(shop: Shop) -> None:
    shop.orders(order(A))
    shop.refunds(
        refund(A, "60.00", "2026-10-21", "1"), refund(A, "60.00", "2026-10-20", "2"), refund(A, "5", "2026-10-22", "3")
    )
    orders = shop.read()
    assert told(orders) == [(A, "2026-10-20", "60.00", False), (A, "2026-10-21", "40.00", True)]
    assert [str(one.wrong) for one in orders.conflicts] == [
        "refund 1 of 60.00 is more than what is left of the order: 40.00",
        "refund 3 of 5.00 is more than what is left of the order: 0.00",
    ]


def test_only_finished_refunds_count(shop: Shop) -> None:
    shop.orders(order(A), order(B))
    shop.refunds(
        refund(A, "10.00", 退款状态="退款关闭", 退款完结时间=""),
        refund(B, "10.00", 退款状态="退款待处理", 退款完结时间=""),
    )
    assert (told(shop.read()), shop.faults) == ([], [])


def test_a_refund_in_several_files_counts_once_as_the_newest_tells(shop: Shop) -> None:
    shop.orders(order(A), order(B), order(C))
    shop.refunds(refund(A, "10.00"), refund(B, "10.00"), refund(C, "7.00"), name="退款20261101.csv")
    shop.refunds(
        refund(A, "20.00"), refund(B, "10.00", 退款状态="退款关闭"), refund(C, "7.00"), name="退款20261103.csv"
    )
    orders = shop.read()
    assert told(orders) == [(A, "2026-10-20", "20.00", False), (C, "2026-10-20", "7.00", False)]
    assert [str(one.wrong) for one in orders.conflicts] == [
        f"refund 9{A}: 20.00 yuan in the newest export, which counts, and 10.00"
    ]


def test_refunds_without_a_number_of_their_own(shop: Shop) -> None:
    shop.orders(order(A))
    twice = {**refund(A, "10.00"), "退款编号": ""}
    shop.refunds(twice, twice, name="退款20261101.csv")
    shop.refunds(twice, twice, name="退款20261103.csv")
    assert [amount for _, _, amount, _ in told(shop.read())] == ["10.00", "10.00"]


def test_a_refund_of_an_order_that_no_file_has_is_told_and_nobodys(shop: Shop) -> None:
    shop.orders(order(A))
    shop.refunds(refund(B, "10.00"))
    orders = shop.read()
    assert told(orders) == [(B, "2026-10-20", "10.00", False)]
    assert (orders.refunds[0].sale, orders.by_agent()["001"].refunded) == (None, Decimal(0))


def test_an_order_that_shows_a_refund_of_which_no_file_knows_is_noted(shop: Shop) -> None:
    shop.orders(order(A, 退款金额="12.00"), order(B, 退款金额="12.00"), order(C))
    shop.refunds(refund(B, "12.00"))
    shop.read()
    assert [str(note) for note in shop.notes] == [
        "ExportOrderList202611030915.csv AX2: 1 orders show a refund that no file of refunds has, such as " + A
    ]


@pytest.mark.parametrize("main_first", [True, False])
def test_a_refund_of_a_sub_order_takes_back_from_its_order(shop: Shop, *, main_first: bool) -> None:
    main = order(A, paid="150.00", 主订单编号=A, at="2026-10-05")
    sub = order(B, paid="50.00", 主订单编号=A, at="2026-10-05")
    shop.orders(*([main, sub] if main_first else [sub, main]), headers=NEW)
    shop.refunds(refund(B, "50.00", "2026-11-08"))
    assert told(shop.read(NOVEMBER)) == [(A, "2026-11-08", "50.00", False)]


def test_a_refund_of_a_sub_order_that_only_the_item_file_knows(shop: Shop) -> None:
    shop.orders(order(A, "002"))
    lines = [{"主订单编号": A, "子订单编号": B, "标题": "枕头", "价格": "40.00", "购买数量": "1"}]
    export(shop.folder / "订单" / "ExportOrderDetailList1.csv", lines, "子订单编号,主订单编号,标题,价格,购买数量")
    shop.refunds(refund(B, "40.00", "2026-11-08"))
    (back,) = shop.read(NOVEMBER).refunds
    assert (back.order, back.sale.agent if back.sale else "") == (A, "002")


def test_refunds_of_shared_and_of_silent_orders(shop: Shop) -> None:
    shop.orders(order(A, "001 002"), order(B, ""))
    export(shop.folder / "闷拍.csv", [{"订单编号": B}], "订单编号")
    shop.refunds(refund(A, "0.03"), refund(B, "1.00"))
    shared, silent = shop.read().refunds
    assert {agent: str(total.refunded) for agent, total in shop.read().by_agent().items()} == {
        "001": "0.02", "002": "0.01",
    }  # fmt: skip
    assert (state(shared), state(silent)) == (State.AMBIGUOUS, State.SILENT)


def state(refund: Refund) -> State | None:
    return refund.sale.state if refund.sale else None


def test_p1_a_hundred_yuan_among_three() -> None:
    assert {agent: str(part) for agent, part in shares(Decimal("100.00"), ["003", "001", "002"]).items()} == {
        "001": "33.34", "002": "33.33", "003": "33.33",
    }  # fmt: skip
    assert shares(Decimal(1), []) == {}
