"""However the files are called and in whichever order rows and files come: the same result, once for each order."""

import random
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from shops import NEW, NOVEMBER, OCTOBER, Row, Shop, order, refund

from cstools.orders import AgentTotal, Orders

NUMBERS = [str(2_410_000_000_000_000_001 + n) for n in range(6)]
TIMES = ["2026-09-30 23:59:59", "2026-10-01 00:00:00", "2026-10-31 23:59:59", "2026-11-05 12:00:00", "null"]
STATUSES = ["交易成功", "交易关闭", "卖家已发货"]
NOTES = ["", "001", "工号002", "001 002", "999", "补单 001"]
PRICES = ["0.00", "9.99", "100.00", "33.33"]
ROWS = st.builds(
    lambda number, main, note, paid, at, status: order(number, note, paid, at, 订单状态=status, 主订单编号=main),
    st.sampled_from(NUMBERS), st.sampled_from(["", *NUMBERS[:2]]), st.sampled_from(NOTES), st.sampled_from(PRICES),
    st.sampled_from(TIMES), st.sampled_from(STATUSES),
)  # fmt: skip
# In one file an order stands once: twice with different values is refused.
FILES = st.lists(st.lists(ROWS, max_size=6, unique_by=lambda row: row["订单编号"]), min_size=1, max_size=3)
BACK = st.lists(
    st.builds(refund, st.sampled_from(NUMBERS), st.sampled_from(PRICES), st.sampled_from(TIMES[1:4]), st.sampled_from("12345")),
    max_size=4, unique_by=lambda row: row["退款编号"],
)  # fmt: skip


def read(files: Sequence[Sequence[Row]], back: Sequence[Row]) -> list[tuple[object, ...]]:
    """What two months say, without the rows where it stands."""
    with tempfile.TemporaryDirectory() as folder:
        shop = Shop(Path(folder))
        for hour, rows in enumerate(files):
            shop.orders(*rows, name=f"ExportOrderList2026120{hour + 1}1200.csv", headers=NEW)
        shop.refunds(*back)
        told = [said(shop.read(period, sub_amounts="own")) for period in (OCTOBER, NOVEMBER)]
        assert not shop.faults
        return told


def said(orders: Orders) -> tuple[object, ...]:
    whole = sum((sale.paid for sale in orders.sales if sale.facts.credited), Decimal(0))
    taken = sum((back.amount for back in orders.refunds if back.sale and back.sale.facts.credited), Decimal(0))
    totals = orders.by_agent()
    assert sum((total.paid for total in totals.values()), Decimal(0)) == whole
    assert sum((total.refunded for total in totals.values()), Decimal(0)) == taken
    assert len({sale.number for sale in orders.sales}) == len(orders.sales)
    sales = [(sale.number, sale.day, sale.paid, sale.facts) for sale in orders.sales]
    refunds = [(back.number, back.order, back.day, back.amount, back.whole) for back in orders.refunds]
    return sales, refunds, totals, [(one.number, one.wrong) for one in orders.conflicts], orders.undecided


@settings(max_examples=120, deadline=None)
@given(FILES, BACK, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(files: list[list[Row]], back: list[Row], chance: random.Random) -> None:
    shuffled = [chance.sample(rows, len(rows)) for rows in files]
    assert read(files, back) == read(shuffled, chance.sample(back, len(back)))


@settings(max_examples=40, deadline=None)
@given(st.lists(ROWS, max_size=8, unique_by=lambda row: row["订单编号"]), st.integers(0, 8))
def test_one_export_or_the_same_in_overlapping_ones(rows: list[Row], cut: int) -> None:
    mains = {row["主订单编号"] for row in rows}
    whole = [row for row in rows if not row["主订单编号"] and str(row["订单编号"]).strip('="') not in mains]
    assert read([whole], []) == read([whole[:cut], whole[cut // 2 :]], [])


def test_orders_of_both_months_add_up_to_those_of_a_longer_period(tmp_path: Path) -> None:
    chance = random.Random(7)
    shop = Shop(tmp_path)
    rows = [order(number, chance.choice(NOTES), chance.choice(PRICES), chance.choice(TIMES)) for number in NUMBERS]
    shop.orders(*rows)
    shop.refunds(*(refund(number, "5.00", chance.choice(TIMES[1:4])) for number in NUMBERS))
    parts = [shop.read(period).by_agent() for period in (OCTOBER, NOVEMBER)]
    whole = shop.read((OCTOBER[0], NOVEMBER[1])).by_agent()
    for agent, total in whole.items():
        of_months = [part.get(agent, AgentTotal()) for part in parts]
        assert total.paid == sum((part.paid for part in of_months), Decimal(0))
        assert total.refunded == sum((part.refunded for part in of_months), Decimal(0))
