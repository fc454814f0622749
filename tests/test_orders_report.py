"""Totals by agent, where the shop attributes by chat."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from shops import Shop, export, workbook

from cstools.language import speak
from cstools.orders import ReportTotal
from cstools.orders.settings import ReportSettings

HEADERS = "客服,销售额,退款金额,订单数"
ROWS = [
    {"客服": "店:张伟", "销售额": "12,000.50", "退款金额": "20", "订单数": "31"},
    {"客服": "合计", "销售额": "12,000.50"},
]
FILES = ReportSettings(files=("业绩*.*",))


@pytest.fixture(autouse=True)
def english() -> None:
    speak("en")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def told(shop: Shop, report: ReportSettings = FILES) -> dict[str, tuple[str, str, int]]:
    totals = shop.read(counts_on="", report=report).totals
    return {agent: (str(total.paid), str(total.refunded), total.orders) for agent, total in totals.items()}


@pytest.mark.parametrize(
    "name", ["业绩_2026-10-01_2026-10-31.csv", "业绩20261001-20261031.csv", "业绩2026年10月.csv", "业绩_202610.csv"]
)
def test_the_files_name_tells_its_days(shop: Shop, name: str) -> None:
    export(shop.folder / name, ROWS, HEADERS)
    assert told(shop) == {"店:张伟": ("12000.50", "20.00", 31)}
    assert (shop.faults, shop.notes) == ([], [])


def test_a_column_tells_the_days_and_those_of_the_period_count(shop: Shop) -> None:
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1)]
    rows = [{"客服": "001", "销售额": 100 + day.day, "退款金额": None, "订单数": 2, "日期": day} for day in days]
    workbook(shop.folder / "业绩.xlsx", rows, HEADERS + ",日期")
    assert told(shop) == {"001": ("232.00", "0.00", 4)}


def test_other_headers_by_a_mapping(shop: Shop) -> None:
    export(shop.folder / "业绩202610.csv", [{"who": "007", "gmv": "5"}], "who,gmv")
    assert told(shop, ReportSettings(files=("业绩*",), agent="who", paid="gmv")) == {"007": ("5.00", "0.00", 0)}


def test_another_months_report_is_left_alone(shop: Shop) -> None:
    export(shop.folder / "业绩202609.csv", ROWS, HEADERS)
    assert (told(shop), shop.faults) == ({}, [])


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        (
            "业绩.csv",
            "业绩.csv: neither a column nor the file’s name says which days this is about → give it a name such as 业绩_2026-10-01_2026-10-31.xlsx",
        ),
        (
            "业绩_20261001-20261015.csv",
            "业绩_20261001-20261015.csv: this report is about 2026-10-01 Thu to 2026-10-15 Thu, not the period’s days → export it from 2026-10-01 Thu to 2026-10-31 Sat",
        ),
    ],
)
def test_days_that_are_not_told_or_are_not_the_periods(shop: Shop, name: str, wrong: str) -> None:
    export(shop.folder / name, ROWS, HEADERS)
    assert (told(shop), [str(fault) for fault in shop.faults]) == ({}, [wrong])


def test_an_agent_twice_is_refused(shop: Shop) -> None:
    export(shop.folder / "业绩a202610.csv", ROWS, HEADERS)
    export(shop.folder / "业绩b202610.csv", ROWS, HEADERS)
    told(shop)
    assert [str(fault) for fault in shop.faults] == [
        "业绩a202610.csv A2 “店:张伟”: this agent’s days stand twice → keep one: the other is in 业绩b202610.csv A2"
    ]


def test_a_total_keeps_its_source(shop: Shop) -> None:
    export(shop.folder / "业绩202610.csv", ROWS, HEADERS)
    total = shop.read(counts_on="", report=FILES).totals["店:张伟"]
    assert isinstance(total, ReportTotal)
    assert (total.paid, str(total.source)) == (Decimal("12000.50"), "业绩202610.csv A2")
