"""The law's tables: as they are packaged, and as a desk's own sheets override them, row by row."""

import itertools
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cstools.desk import Sheets
from cstools.pay.law import SCHEMES, Law, Share
from cstools.pay.law_tables import packaged_law, read_law
from cstools.pay.sheets.law import NUMBERS
from cstools.pay.sheets.reading import Reading

OCTOBER = date(2026, 10, 1)
SHARES = "城市,险种,基数下限,基数上限,个人比例,单位比例,取整,起,来源\n"
TAXES = "表,不超过,税率,速算扣除数,起,止\n"
CITIES = "城市,最低工资,含个人缴费,罚款,病假工资下限,起\n"


def law(folder: Path, **sheets: str) -> tuple[Law, list[str]]:
    """The law with a desk's own sheets, and what is wrong with them."""
    for name, text in sheets.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    reading = Reading(Sheets(None, folder), "pay.xlsx")
    return read_law(reading), [str(fault) for fault in reading.faults]


def test_the_packaged_tables_are_whole() -> None:
    found = packaged_law()
    assert set(found.numbers) == set(NUMBERS)
    for table in (found.wages, found.bonus):
        brackets = table.values[0][1].brackets
        assert [row.most is None for row in brackets] == [False] * 6 + [True]
        assert all(low.rate < high.rate for low, high in itertools.pairwise(brackets))
    assert set(found.schemes["昆明"]) == set(SCHEMES)


@pytest.mark.parametrize("table", ["wages", "bonus"])
def test_every_quick_deduction_joins_its_bracket_to_the_one_below(table: str) -> None:
    """At a bracket's end both rates must give the same tax (a bonus's table by month: its quick deduction is a month's)."""
    brackets = getattr(packaged_law(), table).values[0][1].brackets
    for low, high in itertools.pairwise(brackets):
        assert low.most * low.rate - low.quick == low.most * high.rate - high.quick


@pytest.mark.parametrize(("city", "day", "minimum"), [
    ("上海", "2025-06-30", 2690), ("上海", "2025-07-01", 2740), ("昆明", "2026-08-31", 2070), ("昆明", "2026-09-01", 2270),
])  # fmt: skip
def test_a_minimum_wage_holds_from_its_first_day(city: str, day: str, minimum: int) -> None:
    found = packaged_law().city(city, date.fromisoformat(day))
    assert found
    assert found.minimum == minimum


def test_a_desk_enters_one_rate_and_keeps_the_rest_and_later_bases(tmp_path: Path) -> None:
    found, faults = law(tmp_path, 城市参数=SHARES + "昆明,工伤,,,,0.4%,,2025-01-01,本单位\n")
    assert not faults
    scheme = found.scheme("昆明", "injury", OCTOBER)
    assert scheme
    assert (scheme.employer, scheme.floor) == (Share.of(Decimal("0.004")), Decimal(4403))


def test_a_desk_enters_a_city_of_its_own(tmp_path: Path) -> None:
    sheets = {
        "城市参数": SHARES
        + "成都,养老保险,4071,21228,8%,16%,,2025-01-01,通知\n成都,公积金,2100,29000,5%-12%,5%-12%,元,2025-07-01,通知\n",
        "城市规定": CITIES + "成都,2330,是,允许,80%,2025-01-01\n",
    }
    found, faults = law(tmp_path, **sheets)
    assert not faults
    pension, fund, city = (found.scheme("成都", "pension", OCTOBER), found.scheme("成都", "fund", OCTOBER),
                           found.city("成都", OCTOBER))  # fmt: skip
    assert pension
    assert fund
    assert city
    assert (pension.unit, fund.unit, fund.own) == (Decimal("0.01"), Decimal(1), Share(Decimal("0.05"), Decimal("0.12")))
    assert (city.minimum, city.includes_own, city.fines) == (Decimal(2330), True, "allow")
    assert found.scheme("成都", "pension", date(2024, 12, 31)) is None


def test_a_desks_own_tax_table_takes_the_place_of_the_packaged_one_from_its_day(tmp_path: Path) -> None:
    found, faults = law(
        tmp_path,
        税率表=TAXES + "年终奖,,1%,0,2028-01-01,\n综合所得,50000,2%,0,2027-01-01,\n综合所得,,5%,1500,2027-01-01,\n",
    )
    assert not faults
    bonus, wages = found.bonus.on(date(2028, 2, 1)), found.wages.on(date(2027, 2, 1))
    assert bonus
    assert wages
    assert bonus.tax(Decimal(1000)) == 10
    assert wages.tax(Decimal(100000)) == 3500
    assert found.wages.on(date(2026, 12, 31)) == packaged_law().wages.on(date(2026, 12, 31))


def test_without_a_new_table_no_bonus_is_taxed_apart_after_2027() -> None:
    bonus = packaged_law().bonus
    assert bonus.on(date(2027, 12, 31))
    assert not bonus.on(date(2028, 1, 1))


@pytest.mark.parametrize(("sheet", "text", "told"), [
    ("税率表", TAXES + "综合所得,36000,3%,0,2027-01-01,\n", "税率表只有最后一行不填上限"),
    ("税率表", TAXES + "综合所得,,300%,0,2027-01-01,\n", "C2"),
    ("城市参数", SHARES + "成都,养老保险,1,2,8,16%,,2025-01-01,\n", "E2"),
    ("城市参数", SHARES + "成都,养老保险,1,2,9%-5%,16%,,2025-01-01,\n", "E2"),
    ("城市参数", SHARES + "成都,养狗保险,1,2,8%,16%,,2025-01-01,\n", "B2"),
    ("城市参数", SHARES + "成都,养老保险,1,2,8%,16%,,,\n", "H2"),
    ("城市规定", CITIES + "成都,,是,允许,80%,2025-01-01\n", "成都还没有最低工资"),
    ("城市规定", CITIES + "成都,2330,是,随便,80%,2025-01-01\n", "D2"),
    ("法定数字", "项目,数值,起\n月计薪天数,二十,2027-01-01\n", "B2"),
])  # fmt: skip
def test_a_wrong_row_is_told_by_its_cell(tmp_path: Path, sheet: str, text: str, told: str) -> None:
    _, faults = law(tmp_path, **{sheet: text})
    assert len(faults) == 1
    assert told in faults[0]


def test_a_figure_of_law_may_change(tmp_path: Path) -> None:
    found, faults = law(
        tmp_path, 法定数字="项目,数值,起\n每月减除费用,6000,2027-01-01\n赔偿扣除比例上限,15%,2027-01-01\n"
    )
    assert not faults
    assert [found.number("basic_deduction", date(year, 12, 31)) for year in (2026, 2027)] == [5000, 6000]
    assert found.number("damages_share", date(2027, 1, 1)) == Decimal("0.15")
