"""Every worked example of the law of pay, as a sentence, and the bugs of other payroll programs that must not be ours.

E and P are the examples' names; all of them were computed apart from this program.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pays import Wage, amount, employee, event, follow, inputs, lines, notices, past, run, slip, words

from cstools.desk import Sheets
from cstools.pay.elements.bonus import APART, TOGETHER, Bonus
from cstools.pay.elements.income_tax import IncomeTax
from cstools.pay.elements.insurance import Insurance
from cstools.pay.inputs import Deduction, Inputs, Opening
from cstools.pay.law_tables import packaged_law
from cstools.pay.past import Past
from cstools.pay.people import Employee
from cstools.pay.run import RunKind
from cstools.pay.sheets.cumulatives import read_deductions, read_openings
from cstools.pay.sheets.reading import Reading
from cstools.pay.slip import Group, Slip

YEAR = [f"2026-{month:02d}" for month in range(1, 13)]


def money(*amounts: str) -> list[Decimal]:
    return [Decimal(text) for text in amounts]


def deduction(yuan: int, what: str = "赡养老人") -> dict[str, tuple[Deduction, ...]]:
    return {"001": (Deduction(what, Decimal(yuan), date(2026, 1, 1)),)}


def taxes(given: Inputs, months: list[str]) -> list[Decimal]:
    """What is withheld month by month, each paid on the month's last day."""
    return [-amount(of["001"], "income_tax") for of in follow(given, [run(month) for month in months])]


def own(yuan: int) -> Wage:
    """The worker's own insurance and fund, as a bare amount."""
    return Wage(-yuan, Group.INSURANCE)


# --- cumulative withholding -------------------------------------------------------------------------------------------


def test_e1_the_rate_rises_with_the_year() -> None:
    given = inputs(Wage(30000), own(4500), IncomeTax(), deductions=deduction(2000))
    assert taxes(given, YEAR[:3]) == money("555", "625", "1850")


def test_e2_an_even_year_of_75_a_month() -> None:
    given = inputs(Wage(10000), own(1500), IncomeTax(), deductions=deduction(1000))
    assert taxes(given, YEAR) == money("75") * 12


def test_e3_the_eighth_month_of_20000() -> None:
    found = taxes(inputs(Wage(20000), IncomeTax(), deductions=deduction(1000)), YEAR[:8])
    assert (sum(found[:7]), found[7]) == (Decimal(7280), Decimal(1400))


def test_e14_60000_up_front_leaves_tax_for_november_and_december() -> None:
    given = inputs(Wage(8000), own(2000), IncomeTax(), people=[employee(sixty_thousand=frozenset({2026}))])
    assert taxes(given, YEAR) == money(*["0"] * 10, "180", "180")
    assert taxes(inputs(Wage(8000), own(2000), IncomeTax()), YEAR) == money("30") * 12


def test_e22_a_low_february_gives_nothing_back() -> None:
    found = follow(inputs(Wage({"2026-01": 10000, "2026-02": 4000}), IncomeTax()), [run("2026-01"), run("2026-02")])
    assert [amount(of["001"], "income_tax") for of in found] == money("-150", "0")
    february = next(line for line in found[1]["001"].lines if line.item == "income_tax")
    assert [part.amount for part in february.why.parts] == money("-120", "150", "-30")


def test_what_was_not_paid_back_counts_in_the_next_month() -> None:
    given = inputs(Wage({"2026-01": 10000, "2026-02": 4000, "2026-03": 10000}), IncomeTax())
    assert taxes(given, YEAR[:3]) == money("150", "0", "120")


def test_a_month_without_pay_does_not_restart_the_year() -> None:
    given = inputs(Wage({"2026-01": 20000, "2026-03": 20000}), IncomeTax())
    assert taxes(given, YEAR[:3]) == money("450", "0", "300")


def test_an_unpaid_month_loses_no_bracket() -> None:
    """Restarted cumulatives would withhold 450 in every paid month; the right year passes 36,000 and pays 10 %."""
    wage = {month: 20000 for month in YEAR if month != "2026-03"}
    found = taxes(inputs(Wage(wage), IncomeTax()), YEAR[:6])
    assert found == money("450", "450", "0", "580", "1500", "1500")
    assert sum(found) == Decimal(20000 * 5 - 5000 * 6) * Decimal("0.1") - 2520


def test_37000_is_taxed_1180_and_nothing_more() -> None:
    """A peer adds one to every bracket and withholds 1,180.13."""
    assert taxes(inputs(Wage(42000), IncomeTax()), ["2026-01"]) == money("1180")


@pytest.mark.parametrize(("wage", "tax"), [
    (41000, "1080"), (149000, "11880"), (305000, "43080"), (425000, "73080"), (665000, "145080"), (965000, "250080"),
    (1005000, "268080"),
])  # fmt: skip
def test_each_bracket_holds_its_own_upper_end(wage: int, tax: str) -> None:
    assert taxes(inputs(Wage(wage), IncomeTax()), ["2026-01"]) == money(tax)


def test_tax_is_rounded_half_up_and_never_up() -> None:
    """5,000.40 leaves 0.40: 0.012 is 0.01, where a peer rounds up to 0.02."""
    assert taxes(inputs(Wage("5000.40"), IncomeTax()), ["2026-01"]) == money("0.01")
    assert taxes(inputs(Wage("5000.50"), IncomeTax()), ["2026-01"]) == money("0.02")


def test_rates_are_exact_and_never_floats() -> None:
    """A peer builds 0.1 from a float and is a fen off."""
    law = packaged_law()
    table = law.wages.on(date(2026, 1, 1))
    assert table
    assert [f"{row.rate}" for row in table.brackets] == ["0.03", "0.1", "0.2", "0.25", "0.3", "0.35", "0.45"]
    assert law.number("damages_share", date(2026, 1, 1)) == Decimal("0.2")


def test_a_slip_holds_its_own_months_sums_and_no_totals_that_could_be_stale() -> None:
    given = inputs(Wage(10000), IncomeTax())
    alone, after_january = slip(given, run("2026-02")), follow(given, [run("2026-01"), run("2026-02")])[1]["001"]
    assert alone.facts["tax.income"] == after_january.facts["tax.income"] == 10000
    assert [alone.facts["tax.basic"], after_january.facts["tax.basic"]] == [10000, 5000]


def test_the_sums_of_a_month_are_those_of_the_month_before_and_its_own() -> None:
    given = inputs(Wage(30000), own(4500), IncomeTax(), deductions=deduction(2000))
    found = [of["001"] for of in follow(given, [run(month) for month in YEAR])]
    for key, month in (("income", 30000), ("insurance", 4500), ("special", 2000), ("basic", 5000)):
        assert [of.facts[f"tax.{key}"] for of in found] == [month] * 12
    assert sum(of.facts["tax.withheld"] for of in found) == Decimal(18500 * 12) * Decimal("0.2") - 16920


def test_a_negative_taxable_income_is_no_tax_and_no_crash() -> None:
    given = inputs(Wage(3000), own(4000), IncomeTax(), Wage(5000, Group.TAX_FREE))
    assert taxes(given, YEAR[:2]) == money("0", "0")


def test_decembers_work_paid_in_january_falls_in_the_new_tax_year() -> None:
    given = inputs(Wage(20000), IncomeTax())
    runs = [run("2026-11", paid="2026-12-15"), run("2026-12", paid="2027-01-15"), run("2027-01", paid="2027-02-15")]
    found = follow(given, runs)
    assert [of["001"].facts["tax.basic"] for of in found] == [60000, 5000, 5000]
    assert [-amount(of["001"], "income_tax") for of in found] == money("0", "450", "450")


def test_months_count_from_the_month_of_joining() -> None:
    given = inputs(Wage(20000), IncomeTax(), people=[employee(hired="2026-06-20")])
    found = slip(given, run("2026-07"))
    assert found.facts["tax.basic"] == 10000


def test_a_first_job_counts_from_january() -> None:
    given = inputs(Wage(40000), IncomeTax(), people=[employee(hired="2026-07-01", first_job=frozenset({2026}))])
    assert slip(given, run("2026-07")).facts["tax.basic"] == 35000
    assert taxes(given, ["2026-07"]) == money("150")


def test_60000_after_a_year_of_more_is_told() -> None:
    given = inputs(Wage(8000), IncomeTax(), people=[employee(sixty_thousand=frozenset({2027}))])
    found = follow(given, [run("2026-11"), *(run(f"2026-{month:02d}") for month in range(1, 11)), run("2027-01")])
    assert any("60,000.00" in text for text in notices(found[-1]["001"]))
    assert not any("60,000.00" in text for text in notices(found[0]["001"]))


def test_two_runs_of_one_tax_month_are_taxed_as_one() -> None:
    given = inputs(Wage(20000), IncomeTax())
    both = follow(given, [run("2026-01", paid="2026-02-10"), run("2026-02", paid="2026-02-28")])
    together = slip(inputs(Wage(40000), IncomeTax()), run("2026-02"))
    assert sum(amount(of["001"], "income_tax") for of in both) == amount(together, "income_tax") == Decimal(-900)


def test_what_another_system_withheld_is_carried_on() -> None:
    opening = Opening(2026, date(2026, 7, 1), Decimal(140000), special=Decimal(7000), withheld=Decimal(7280))
    given = inputs(Wage(20000), IncomeTax(), deductions=deduction(1000), openings={"001": (opening,)})
    assert taxes(given, ["2026-08", "2026-09"]) == money("1400", "1400")


def test_an_opening_of_last_year_counts_nothing_this_year() -> None:
    opening = Opening(2025, date(2025, 12, 1), Decimal(240000), withheld=Decimal(12000))
    given = inputs(Wage(20000), IncomeTax(), openings={"001": (opening,)})
    assert taxes(given, ["2026-01"]) == money("450")


def opened(month: int, *runs: str, hired: str | None = None) -> list[int]:
    """How many notices each run gives after an opening up to a month of 2026; 0 for no opening."""
    openings = {"001": (Opening(2026, date(2026, month, 1), Decimal(20000 * month)),)} if month else {}
    given = inputs(Wage(20000), IncomeTax(), people=[employee(hired=hired)], openings=openings)
    return [len(notices(of["001"])) for of in follow(given, [run(month) for month in runs])]


def test_months_that_nobody_entered_are_told_and_not_given_away() -> None:
    """Without them their basic deductions count and their income doesn't: hardly any tax."""
    assert opened(0, "2026-10", "2026-11") == [1, 0]
    assert opened(9, "2026-10", "2026-11") == [0, 0]
    assert opened(7, "2026-10") == [1]
    assert opened(0, "2026-01") == [0]
    assert opened(0, "2026-10", hired="2026-10-05") == [0]


def test_a_month_both_entered_and_run_is_told() -> None:
    assert opened(10, "2026-10", "2026-11") == [1, 1]


def test_a_deduction_entered_late_is_made_up_for() -> None:
    late = inputs(Wage(10000), IncomeTax(), deductions=deduction(1000))
    before = follow(inputs(Wage(10000), IncomeTax()), [run("2026-01"), run("2026-02")])
    assert [-amount(of["001"], "income_tax") for of in before] == money("150", "150")
    earlier = Past(tuple(past(run(month), of["001"]) for month, of in zip(YEAR, before, strict=False)))
    march = slip(replace(late, past={"001": earlier}), run("2026-03"))
    assert march.facts["tax.special"] == 3000
    assert -amount(march, "income_tax") == 60


def test_before_the_first_tax_table_nothing_is_guessed() -> None:
    """The hotline's rates are of 2007, when another law of tax held."""
    found = slip(inputs(Wage(3000), Insurance(), IncomeTax(), people=[shanghai("3000")]), run("2007-02"))
    assert (found.net, len(notices(found))) == (Decimal(3000), 2)


def test_a_deduction_ends_with_its_last_month() -> None:
    rows = {"001": (Deduction("继续教育", Decimal(400), date(2026, 1, 1), date(2026, 2, 1)),)}
    found = follow(inputs(Wage(10000), IncomeTax(), deductions=rows), [run(month) for month in YEAR[:3]])
    assert [of["001"].facts["tax.special"] for of in found] == [400, 400, 0]


def test_the_other_deductions_and_relief_stand_apart() -> None:
    rows = {"001": (Deduction("个人养老金", Decimal(1000), date(2026, 1, 1), kind="other"),
                    Deduction("残疾减免", Decimal(20), date(2026, 1, 1), kind="relief"))}  # fmt: skip
    found = slip(inputs(Wage(10000), IncomeTax(), deductions=rows), run("2026-01"))
    assert [found.facts["tax.other"], found.facts["tax.relief"]] == [1000, 20]
    assert amount(found, "income_tax") == -100


def test_a_leaver_of_last_year_has_no_basic_deduction_left_and_is_told_so() -> None:
    given = inputs(Wage(6000), IncomeTax(), people=[employee(hired="2024-01-01", left="2025-12-31")])
    found = slip(given, run("2025-12", paid="2026-01-15", only=("001",)))
    assert (amount(found, "income_tax"), len(notices(found))) == (Decimal(-180), 1)


def test_tax_free_pay_is_income_and_not_taxed() -> None:
    found = slip(inputs(Wage(10000), Wage(3000, Group.TAX_FREE), IncomeTax()), run("2026-01"))
    assert [found.facts["tax.income"], found.facts["tax.free"]] == [13000, 3000]
    assert amount(found, "income_tax") == -150


# --- year-end bonus ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("bonus", "tax"), [(36000, "1080"), (36001, "3390.10"), (120000, "11790")])
def test_e11_a_bonus_taxed_apart(bonus: int, tax: str) -> None:
    given = inputs(Bonus(taxed=APART), IncomeTax(), events=(event("年终奖", "2026-02-01", "001", amount=bonus),))
    found = slip(given, run("2026-02", RunKind.BONUS))
    assert lines(found, Group.TAX)["年终奖个税"] == -Decimal(tax)


@pytest.mark.parametrize(("bonus", "more"), [
    (36000, ""), (36001, "2,309.10"), (38566, "0.60"), (38567, ""), (144001, "13,199.20"), (1200000, ""),
])  # fmt: skip
def test_a_bonus_that_would_better_be_smaller_is_told(bonus: int, more: str) -> None:
    given = inputs(Bonus(taxed=APART), IncomeTax(), events=(event("年终奖", "2026-02-01", "001", amount=bonus),))
    told = [text for text in notices(slip(given, run("2026-02", RunKind.BONUS))) if "税后" in text]
    assert [more in text for text in told] == ([True] if more else [])


def bonus_given(taxed: str, **more: Any) -> Inputs:
    events = (event("年终奖", "2026-03-10", "001", amount=36000), event("年终奖", "2026-06-10", "001", amount=12000))
    return inputs(Wage(20000), Bonus(taxed=taxed), IncomeTax(), events=events, **more)


def test_a_bonus_apart_leaves_the_wages_tax_alone_and_tells_the_other_way() -> None:
    march = follow(bonus_given(APART), [run(month) for month in YEAR[:3]])[2]["001"]
    assert lines(march, Group.TAX) == {"个人所得税": Decimal(-1080), "年终奖个税": Decimal(-1080)}
    assert march.facts["tax.income"] == 20000
    assert march.facts["tax.bonus_tax"] == 1080
    assert any("1,080.00" in text for text in notices(march))


def test_a_bonus_together_with_wages_counts_as_wages_and_tells_the_other_way() -> None:
    march = follow(bonus_given(TOGETHER), [run(month) for month in YEAR[:3]])[2]["001"]
    assert march.facts["tax.income"] == 56000
    assert "tax.bonus" not in march.facts
    assert any("1,080.00" in text for text in notices(march))


def test_a_second_bonus_of_the_year_is_never_taxed_apart() -> None:
    found = follow(bonus_given(APART), [run(month) for month in YEAR[:6]])
    june = found[5]["001"]
    assert june.total(Group.BONUS) == 0
    assert june.facts["tax.income"] == 32000
    assert notices(june)


def test_no_bonus_is_taxed_apart_after_the_laws_last_day() -> None:
    def paid(on: str, month: str) -> Slip:
        events = (event("年终奖", f"{month}-10", "001", amount=36000),)
        return slip(inputs(Bonus(taxed=APART), IncomeTax(), events=events), run(month, RunKind.BONUS, paid=on))

    assert paid("2027-12-31", "2027-12").total(Group.BONUS) == 36000
    assert paid("2028-01-01", "2027-12").total(Group.BONUS) == 0
    assert notices(paid("2028-01-01", "2027-12"))


def test_a_bonus_run_and_the_months_run_pay_the_bonus_once() -> None:
    runs = [run("2026-03", RunKind.BONUS), run("2026-03")]
    first, second = (of["001"] for of in follow(bonus_given(APART), runs))
    assert [amount(first, "bonus"), amount(first, "wage")] == [36000, 0]
    assert [amount(second, "bonus"), amount(second, "wage")] == [0, 20000]
    assert not any("36,000.00" in text for text in notices(second))


def test_a_bonus_entered_after_the_months_bonus_run_is_told_and_not_paid_by_itself() -> None:
    first = slip(bonus_given(APART), run("2026-03", RunKind.BONUS))
    late = (event("年终奖", "2026-03-20", "001", amount=500), *bonus_given(APART).events)
    earlier = Past((past(run("2026-03", RunKind.BONUS), first),))
    second = slip(replace(bonus_given(APART), events=late, past={"001": earlier}), run("2026-03"))
    assert amount(second, "bonus") == 0
    assert any("36,000.00" in text for text in notices(second))


def test_how_a_bonus_is_taxed_is_asked_once_there_is_one() -> None:
    assert not list(Bonus().undecided(inputs()))
    assert [name for name, _ in Bonus().undecided(bonus_given(APART))] == ["taxed"]


# --- insurance and fund -----------------------------------------------------------------------------------------------


def shanghai(base: str, **more: Any) -> Employee:
    fund: dict[str, Any] = {}
    if "fund_base" not in more:
        fund = {"fund_base": Decimal(base), "fund_rate": Decimal("0.07")}
    return employee(**{"city": "上海", "insurance_base": Decimal(base), **fund, **more})


def test_e4_shanghai_20000_from_1_december_2025() -> None:
    given = inputs(Wage(20000), Insurance(), IncomeTax(), people=[shanghai("20000", hired="2025-12-01")])
    found = slip(given, run("2025-12"))
    assert list(lines(found, Group.INSURANCE).values()) == money("-1600", "-400", "-100", "-1400")
    assert (amount(found, "income_tax"), found.net) == (Decimal("-345.00"), Decimal("16155.00"))
    assert found.total(Group.EMPLOYER) == 6540


def test_e5_shanghai_50000_from_the_ceiling_and_the_fund_to_the_yuan() -> None:
    given = inputs(Wage(50000), Insurance(), IncomeTax(), people=[shanghai("50000", hired="2025-12-01")])
    found = slip(given, run("2025-12"))
    assert list(lines(found, Group.INSURANCE).values()) == money("-2984.16", "-746.04", "-186.51", "-2611.00")
    assert (amount(found, "income_tax"), found.net) == (Decimal("-1327.23"), Decimal("42145.06"))


def test_e8_shanghai_joined_on_15_december_is_insured_whole() -> None:
    person = shanghai("21750", hired="2025-12-15", fund_base=None)
    found = slip(inputs(Wage(13000), Insurance(), IncomeTax(), people=[person]), run("2025-12"))
    assert found.total(Group.INSURANCE) == Decimal("-2283.75")
    assert (amount(found, "income_tax"), found.net) == (Decimal("-171.49"), Decimal("10544.76"))


def test_a_low_base_is_raised_to_the_floor() -> None:
    found = slip(inputs(Wage(3000), Insurance(), people=[shanghai("3000")]), run("2026-08"))
    assert list(lines(found, Group.INSURANCE).values()) == money("-603.68", "-150.92", "-37.73", "-210.00")


def test_new_bases_hold_from_their_own_month() -> None:
    """2,690 × 7 % was 188.30, the fund's 188; from July 2026 2,740 × 7 % = 191.80, to the yuan 192."""
    person = employee(city="上海", fund_base=2000, fund_rate=Decimal("0.07"))
    found = [slip(inputs(Wage(2000), Insurance(), people=[person]), run(month)) for month in ("2026-06", "2026-07")]
    assert [amount(of, "insurance", Group.INSURANCE) for of in found] == money("-188", "-192")


def kunming(**more: Any) -> Employee:
    return employee(**{"city": "昆明", "insurance_base": 5000, "hired": "2025-01-01", **more})


def test_kunming_has_its_own_rates_and_maternity_is_the_employers() -> None:
    found = slip(inputs(Wage(5000), Insurance(), people=[kunming()]), run("2026-10"))
    assert list(lines(found, Group.INSURANCE).values()) == money("-400", "-100", "-15")
    assert list(lines(found, Group.EMPLOYER).values()) == money("800", "350", "35", "45")


def test_a_rate_that_the_law_leaves_open_is_asked_for_and_not_guessed() -> None:
    given = inputs(Wage(5000), Insurance(), people=[kunming(fund_base=5000, fund_rate=Decimal("0.05"))])
    asked = dict(Insurance().undecided(given))
    assert set(asked) == {"injury", "fund"}
    assert any("0.2%" in text and "1.9%" in text for text in map(str, asked.values()))
    assert len(notices(slip(given))) == 1


def test_an_unknown_city_is_asked_for_and_told() -> None:
    given = inputs(Insurance(), people=[employee(city="未来城", insurance_base=5000)])
    assert "未来城" in str(dict(Insurance().undecided(given)))
    assert "未来城" in notices(slip(given))[0]


@pytest.mark.parametrize(("hired", "left", "joined_by", "left_from", "insured"), [
    ("2026-10-20", None, 31, 1, True), ("2026-10-20", None, 15, 1, False), ("2026-10-15", None, 15, 1, True),
    (None, "2026-10-05", 31, 1, True), (None, "2026-10-05", 31, 15, False), (None, "2026-10-15", 31, 15, True), (None, "2026-10-31", 31, 32, False),
    (None, "2026-11-01", 31, 32, True), ("2026-09-30", None, 0, 1, True),
])  # fmt: skip
def test_first_and_last_insured_month(
    hired: str | None,
    left: str | None,
    joined_by: int,
    left_from: int,
    insured: bool,  # noqa: FBT001
) -> None:
    found = slip(inputs(Wage(5000), Insurance(joined_by=joined_by, left_from=left_from),
                        people=[kunming(hired=hired, left=left)]), run("2026-10"))  # fmt: skip
    assert bool(found.total(Group.INSURANCE)) is insured


def test_a_month_is_insured_once_however_many_runs_it_has() -> None:
    given = inputs(Wage(5000), Insurance(), people=[kunming()])
    first, second, third = (of["001"] for of in follow(given, [run(), run(), run("2026-11")]))
    assert [bool(of.total(Group.INSURANCE)) for of in (first, second, third)] == [True, False, True]


def test_whoever_is_not_insured_here_has_no_line() -> None:
    assert slip(inputs(Insurance(), people=[employee(city="昆明")])).lines == ()


# --- every figure tells where it is from ------------------------------------------------------------------------------


def test_the_reasons_of_tax_and_insurance_name_their_sources() -> None:
    given = inputs(Wage(20000), Insurance(), IncomeTax(), people=[shanghai("20000")], deductions=deduction(1000))
    told = [words(line.why) for line in slip(given).lines if line.item != "wage"]
    assert all("[" in text for text in told)
    assert any("上海2026年度" in text for text in told)
    assert any("公告2018年第61号" in text for text in told)


def test_the_laws_tables_reach_from_2024_to_2026() -> None:
    law = packaged_law()
    for city in ("上海", "昆明"):
        assert law.city(city, date(2026, 10, 1)) is not None
        assert set(law.schemes[city]) >= {"pension", "medical", "unemployment", "injury", "fund"}
    assert law.number("wage_days", date(2026, 1, 1)) == Decimal("21.75")


def test_the_sheets_tell_relief_other_deductions_and_a_bonus_taxed_before(tmp_path: Path) -> None:
    (tmp_path / "期初累计.csv").write_text(
        "工号,截至月份,累计收入额,已缴税额,累计减免税额,今年单独计税的年终奖\n001,2026-09,90000,100,50,36000\n",
        encoding="utf-8",
    )
    (tmp_path / "专项附加扣除.csv").write_text(
        "工号,扣除项目,月扣除额,起始月份,类别\n001,赡养老人,1500,2026-01,\n001,个人养老金,1000,2026-01,\n001,残疾,20,2026-01,减免税额\n",
        encoding="utf-8")  # fmt: skip
    reading = Reading(Sheets(None, tmp_path), "pay.xlsx", employees={"001": employee()})
    openings, deductions = read_openings(reading), read_deductions(reading)
    assert [str(fault) for fault in reading.faults] == []
    assert [openings["001"][0].relief, openings["001"][0].bonus] == [50, 36000]
    assert [row.kind for row in deductions["001"]] == ["special", "other", "relief"]
    found = slip(replace(bonus_given(APART), openings=openings, deductions=deductions), run("2026-06"))
    assert [amount(found, "bonus", Group.EARNED), found.total(Group.BONUS)] == [12000, 0]
