"""What is earned: every worked example and amount of the sources as a sentence, and the bugs that must not be ours.

P and E are the examples' names; 000-0.. to 004-0.. are rows of the source documents. All figures by hand.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as sampled
from hypothesis import settings
from hypothesis import strategies as st
from pays import amount, day, employee, event, follow, inputs, lines, notices, past, period, run, slip, slips, words

from cstools.attendance import Attendance, DayFact, MonthFact
from cstools.dated import Dated
from cstools.days import span
from cstools.duties import Board, Posted
from cstools.errors import Source
from cstools.hours import Hours, Worked
from cstools.language import Text
from cstools.orders import Facts, Orders, Refund, ReportTotal, Sale, State
from cstools.pay.element import Element, Scope, Stated
from cstools.pay.elements.after_sales_cost import AfterSalesCost
from cstools.pay.elements.allowances import Allowances
from cstools.pay.elements.annual_leave import AnnualLeave
from cstools.pay.elements.base import Base
from cstools.pay.elements.callbacks import Callbacks
from cstools.pay.elements.commission import Commission
from cstools.pay.elements.commission_guarantee import CommissionGuarantee
from cstools.pay.elements.commission_per_order import CommissionPerOrder
from cstools.pay.elements.commission_pool import CommissionPool
from cstools.pay.elements.damages import Damages
from cstools.pay.elements.exam import Exam
from cstools.pay.elements.fines import Fines
from cstools.pay.elements.income_tax import IncomeTax
from cstools.pay.elements.insurance import Insurance
from cstools.pay.elements.manual import Manual
from cstools.pay.elements.missing_fields import MissingFields
from cstools.pay.elements.overtime import Overtime
from cstools.pay.elements.ranking_prize import RankingPrize
from cstools.pay.elements.sick_pay import SickPay
from cstools.pay.elements.silent_orders import SilentOrders
from cstools.pay.elements.special_commission import SpecialCommission
from cstools.pay.elements.unpaid_leave import UnpaidLeave
from cstools.pay.inputs import Allowance, Inputs, Rate
from cstools.pay.inputs import Base as BasePay
from cstools.pay.law_tables import packaged_law
from cstools.pay.past import Past
from cstools.pay.people import Employee, PayTerms
from cstools.pay.run import Run
from cstools.pay.sales import strangers
from cstools.pay.slip import Group, Slip
from cstools.shifts import Duty, Shift
from cstools.team.leave import Leave

TEAM = (employee("001", "王芳"), employee("002", "李强"), employee("003", "张敏"))


def of(*elements: Element | Stated, people: Iterable[Employee] = (), **more: Any) -> Inputs:
    """Inputs under the packaged law."""
    return inputs(*elements, people=people, law=packaged_law(), **more)


def months_base(yuan: object, number: str = "001", probation: object = None) -> dict[str, Dated[BasePay]]:
    of_probation = None if probation is None else Decimal(str(probation))
    return {number: Dated.always(BasePay(Decimal(str(yuan)), of_probation, "底薪!C2"))}


def sold(paid: object, agent: str = "001", on: str = "2026-10-09", number: str = "o1", **facts: Any) -> Sale:
    """An order of one agent; of nobody, or of several, where ``agents`` say so."""
    credited = facts.pop("agents", (agent,))
    state = facts.pop("state", State.ATTRIBUTED if len(credited) == 1 else State.AMBIGUOUS)
    return Sale(number, day(on), Decimal(str(paid)), Facts(state, credited, credited, **facts),
                Source("订单.csv", "", number))  # fmt: skip


def silent(paid: object, on: str = "2026-10-09", number: str = "s1") -> Sale:
    return sold(paid, on=on, number=number, agents=(), state=State.SILENT)


def many(count: int, paid: object = 10, **more: Any) -> list[Sale]:
    return [sold(paid, number=f"{more.get('merchant', '')}{nth}", **more) for nth in range(count)]


def back(sale: Sale, yuan: object, on: str, *, whole: bool = False) -> Refund:
    return Refund(f"r{sale.number}", sale.number, day(on), Decimal(str(yuan)), sale, whole, Source("退款.csv", "", "2"))


def shop(*sales: Sale, refunds: Iterable[Refund] = (), totals: dict[str, ReportTotal] | None = None) -> Orders:
    return Orders(tuple(sales), tuple(refunds), totals or {})


def percent(rate: str, scheme: str = "店铺", above: int = 0, **more: Any) -> Rate:
    return Rate(scheme, Decimal(rate), None, Decimal(above), source=f"提成表!{scheme}{above}", **more)


def unit(price: str, scheme: str = "热线", above: int = 0, **more: Any) -> Rate:
    return Rate(scheme, None, Decimal(price), Decimal(above), source=f"提成表!{scheme}{above}", **more)


def cents(*amounts: str) -> list[Decimal]:
    return [Decimal(text) for text in amounts]


def each(found: dict[str, Slip], item: str) -> list[Decimal]:
    """One element's amount on everybody's slip, by number."""
    return [amount(found[number], item) for number in sorted(found)]


def asked(given: Inputs, of_run: Run | None = None) -> list[str]:
    """Which parameters a desk must choose first."""
    told = replace(given, run=of_run or run())
    return [name for stated in told.stated for name, _ in stated.element.undecided(told)]


# --- base pay ---------------------------------------------------------------------------------------------------------


def test_new_ones_get_1500_and_seniors_by_their_level() -> None:
    """003-040: 新员工底薪1500元,老员工工资2000至5000元."""
    people = (employee("001", level="新员工"), employee("002", level="老员工"), employee("003", level="老员工"))
    levels = {"新员工": Dated.always(BasePay(Decimal(1500))), "老员工": Dated.always(BasePay(Decimal(2000)))}
    found = slips(of(Base(), people=people, level_bases=levels, bases=months_base(5000, "003")))
    assert each(found, "base") == cents("1500", "2000", "5000")


def test_somebody_has_their_levels_base_until_their_own_begins() -> None:
    given = of(Base(), people=[employee(level="老员工")], level_bases={"老员工": Dated.always(BasePay(Decimal(2100)))},
               bases={"001": Dated.since([(day("2026-10-13"), BasePay(Decimal(4200)))])})  # fmt: skip
    assert amount(slip(given), "base") == Decimal("3500.00")  # 2,100 × 7/21 + 4,200 × 14/21


def test_e8_13_paid_days_of_21750_from_15_december_are_13000() -> None:
    given = of(Base("paid"), people=[employee(hired="2025-12-15")], bases=months_base(21750))
    assert amount(slip(given, run("2025-12")), "base") == Decimal("13000.00")


def test_e8_whole_13000_less_own_insurance_and_tax_is_10544_76() -> None:
    who = employee(hired="2025-12-15", city="上海", insurance_base=21750)
    found = slip(of(Base("paid"), Insurance(), IncomeTax(), people=[who], bases=months_base(21750)), run("2025-12"))
    assert (found.total(Group.INSURANCE), found.total(Group.TAX), found.net) == (
        Decimal("-2283.75"), Decimal("-171.49"), Decimal("10544.76"),
    )  # fmt: skip


def test_the_same_december_by_missed_days_is_11750() -> None:
    given = of(Base("missed"), people=[employee(hired="2025-12-15")], bases=months_base(21750))
    assert amount(slip(given, run("2025-12")), "base") == Decimal("11750.00")  # 21,750 − 10 × 1,000


def test_a_month_is_divided_by_21_75_and_never_by_22_5_or_20_67() -> None:
    given = of(Base("paid"), people=[employee(hired="2026-10-30")], bases=months_base(4350))
    assert amount(slip(given), "base") == Decimal("200.00")  # one paid day


def test_paid_days_never_make_more_than_the_month() -> None:
    who = employee(hired="2026-07-02")  # 22 of July's 23 paid days
    assert amount(slip(of(Base("paid"), people=[who], bases=months_base(3000)), run("2026-07")), "base") == 3000


def test_missed_days_never_make_less_than_nothing() -> None:
    who = employee(hired="2026-07-31")  # 22 of 23 paid days missed
    found = slip(of(Base("missed"), people=[who], bases=months_base(3000)), run("2026-07"))
    assert lines(found) == {"底薪": Decimal("0.00")}


def test_statutory_holidays_are_paid_days_and_weekends_are_none() -> None:
    who = employee(hired="2026-10-01", left="2026-10-05")  # 1 to 3 October are statutory, 4 and 5 are days off
    assert amount(slip(of(Base("paid"), people=[who], bases=months_base(2175))), "base") == Decimal("300.00")


def test_probation_that_ends_within_a_month_parts_it_by_paid_days() -> None:
    """October 2026 has 21 paid days, and up to the 12th seven of them: the 1st to 3rd, 8th to 10th and 12th."""
    who = employee(hired="2026-07-01", probation_until="2026-10-12")
    found = slip(of(Base(), people=[who], bases=months_base(4200, probation=3360)))
    assert amount(found, "base") == Decimal("3920.00")  # 3,360 × 7/21 + 4,200 × 14/21
    assert "试用期到 2026-10-12 周一" in words(found.lines[0].why)


def test_a_new_base_within_a_month_that_is_the_same_changes_nothing() -> None:
    same = {"001": Dated.since([(None, BasePay(Decimal(4321))), (day("2026-10-15"), BasePay(Decimal(4321)))])}
    assert lines(slip(of(Base(), bases=same))) == {"底薪": Decimal("4321.00")}


def test_how_a_part_month_counts_is_asked_only_where_somebody_has_one() -> None:
    whole = of(Base(), bases=months_base(3000))
    assert asked(whole) == []
    assert asked(of(Base(), people=[employee(left="2026-10-12")], bases=months_base(3000))) == ["part_month"]
    assert asked(of(Base(), people=[employee(hired="2026-11-02")], bases=months_base(3000))) == []


# --- commission -------------------------------------------------------------------------------------------------------


def test_two_per_cent_of_ones_own_completed_sales_without_any_target() -> None:
    """003-048: 销售额提成2%,客服工作人员无任何销售指标."""
    given = of(Commission(), rates=(percent("0.02"),), orders=shop(sold(1234.5), sold(65.5, number="o2")))
    assert amount(slip(given), "commission") == Decimal("26.00")


def test_commission_is_on_paid_amounts_less_refunds() -> None:
    one = sold(1000)
    given = of(Commission(), rates=(percent("0.02"),), orders=shop(one, refunds=[back(one, 300, "2026-10-20")]))
    assert amount(slip(given), "commission") == Decimal("14.00")


def test_a_refund_in_a_later_month_claws_back_at_the_rate_of_the_orders_day() -> None:
    one = sold(1000, on="2026-09-28")
    rates = (percent("0.03", last=day("2026-09-30")), percent("0.02", first=day("2026-10-01")))
    orders = shop(sold(500, number="o2"), refunds=[back(one, 1000, "2026-10-11", whole=True)])
    given = of(Commission(), rates=rates, orders=orders)
    assert amount(slip(of(Base(), *(one.element for one in given.stated), bases=months_base(3000), rates=rates,
                          orders=orders)), "commission") == Decimal("-20.00")  # 500 × 2 % − 1,000 × 3 %  # fmt: skip


def test_two_rates_in_one_period_hold_for_their_own_days() -> None:
    rates = (percent("0.02", last=day("2026-10-15")), percent("0.04", first=day("2026-10-16")))
    orders = shop(sold(100, on="2026-10-15"), sold(100, on="2026-10-16", number="o2"))
    assert amount(slip(of(Commission(), rates=rates, orders=orders)), "commission") == Decimal("6.00")


BRACKETS = (percent("0.01", "阶梯"), percent("0.02", "阶梯", 10000), percent("0.03", "阶梯", 30000))


@pytest.mark.parametrize(("turnover", "whole", "marginal"), [
    ("9999.99", "100.00", "100.00"), ("10000", "200.00", "100.00"), ("29999", "599.98", "499.98"),
    ("30000", "900.00", "500.00"), ("40000", "1200.00", "800.00"), ("0.25", "0.00", "0.00"), ("0.5", "0.01", "0.01"),
])  # fmt: skip
def test_a_bracket_holds_for_the_whole_amount_or_for_its_own_part(turnover: str, whole: str, marginal: str) -> None:
    orders = shop(sold(turnover))
    for how, expected in (("whole", whole), ("marginal", marginal)):
        found = slip(of(Commission("阶梯", how), rates=BRACKETS, orders=orders))
        assert amount(found, "commission") == Decimal(expected), how


def test_refunds_lower_the_bracket() -> None:
    one = sold(30000)
    orders = shop(one, refunds=[back(one, "0.01", "2026-10-10")])
    assert amount(slip(of(Commission("阶梯", "whole"), rates=BRACKETS, orders=orders)), "commission") == Decimal(
        "600.00"
    )


def test_brackets_have_no_default_and_a_flat_rate_asks_nothing() -> None:
    """001-018: 表1 is missing in the source."""
    assert asked(of(Commission("阶梯"), rates=BRACKETS)) == ["brackets"]
    assert asked(of(Commission("阶梯", "whole"), rates=BRACKETS)) == []
    assert asked(of(Commission("店铺"), rates=(percent("0.02"),))) == []


def test_a_scheme_is_asked_for_where_there_are_several_or_none_of_its_name() -> None:
    both = (percent("0.02"), percent("0.03", "大促"))
    assert asked(of(Commission(), rates=both)) == ["scheme"]
    assert asked(of(Commission("大保"), rates=both)) == ["scheme"]
    assert amount(slip(of(Commission("大促"), rates=both, orders=shop(sold(100)))), "commission") == 3


def test_a_shared_order_is_split_and_never_doubled() -> None:
    orders = shop(sold("100.01", agents=("002", "001")))
    found = slips(of(Commission(), people=TEAM[:2], rates=(percent("1"),), orders=orders))
    assert each(found, "commission") == cents("50.01", "50.00")


def test_orders_of_nobody_bring_nobody_anything() -> None:
    orders = shop(*(sold(100, agents=(), state=state, number=state) for state in State if state != State.ATTRIBUTED))
    assert not slip(of(Commission(), rates=(percent("1"),), orders=orders)).lines


def test_a_report_by_agent_is_taken_instead_of_orders() -> None:
    totals = {"芳芳": ReportTotal("芳芳", Decimal(5000), Decimal(1000), 7, Source("客服业绩.xlsx", "", "B2"))}
    who = replace(TEAM[0], accounts=(("旺旺", "芳芳"),))
    found = slip(of(Commission(), people=[who], rates=(percent("0.02"),), orders=shop(sold(9), totals=totals)))
    assert amount(found, "commission") == Decimal("80.00")
    assert "客服业绩.xlsx B2" in words(found.lines[0].why)


def test_a_reports_agent_may_be_called_by_name_and_a_stranger_is_told() -> None:
    totals = {name: ReportTotal(name, Decimal(100), Decimal(0), 1, Source("客服业绩.xlsx", "", "B2"))
              for name in ("王芳", "李强", "小王")}  # fmt: skip
    twice = [*TEAM, employee("004", "李强")]
    given = of(Commission(), people=twice, rates=(percent("0.02"),), orders=shop(totals=totals))
    assert each(slips(given), "commission") == cents("2", "0", "0", "0")
    assert [fault.value for fault in strangers(given)] == ["李强", "小王"]  # two are called 李强


def test_the_why_of_a_commission_leads_down_to_each_order_and_refund() -> None:
    one = sold(1000)
    found = slip(of(Commission(), rates=(percent("0.02"),), orders=shop(
        one, sold(50, number="o2"), refunds=[back(one, 300, "2026-10-20")])))  # fmt: skip
    assert words(found.lines[0].why) == (
        "本人订单的提成 = 15.00\n"
        "  销售额 750.00 × 2% = 15.00 [提成表!店铺0]\n"
        "    2026-10-09 周五 的订单 o1：1,000.00 [订单.csv o1]\n"
        "    2026-10-09 周五 的订单 o2：50.00 [订单.csv o2]\n"
        "    2026-10-20 周二 退款 ro1，订单 o1（2026-10-09 周五）：−300.00 [退款.csv 2]"
    )


def test_an_attendance_month_and_a_commission_month_are_two_things() -> None:
    late = sold(100, on="2026-10-28")
    given = of(Commission(), rates=(percent("0.1"),), orders=shop(sold(100, on="2026-09-26"), late))
    assert amount(slip(given, run(commission=period("2026-09-26", "2026-10-25"))), "commission") == 10


# --- a team's pool ----------------------------------------------------------------------------------------------------


def test_a_team_splits_its_commission_equally_to_the_fen() -> None:
    """000-089: 客服从每月的销售总业绩中平分提成."""
    orders = shop(sold(3000), sold(2000, "002", number="o2"))
    found = slips(of(CommissionPool(), people=TEAM, rates=(percent("0.02"),), orders=orders))
    assert each(found, "commission_pool") == cents("33.34", "33.33", "33.33")


def test_a_team_is_whom_the_element_is_stated_for() -> None:
    people = (*(replace(one, terms=Dated.always(PayTerms("一组"))) for one in TEAM[:2]), TEAM[2])
    stated = Stated(CommissionPool(), Scope(departments=frozenset({"一组"})))
    orders = shop(sold(1000), sold(9000, "003", number="o3"))
    found = slips(of(stated, people=people, rates=(percent("0.1"),), orders=orders))
    assert each(found, "commission_pool") == cents("50", "50", "0")


def test_orders_of_nobody_come_into_a_pool_only_where_the_desk_says_so() -> None:
    orders = shop(sold(1000), sold(500, agents=(), state=State.UNATTRIBUTED, number="o2"), silent(7000))
    for which, expected in (("own", "50"), ("all", "75")):
        found = slips(of(CommissionPool(orders=which), people=TEAM[:2], rates=(percent("0.1"),), orders=orders))
        assert each(found, "commission_pool") == cents(expected, expected)


def test_a_pool_may_be_split_by_days_in_the_team() -> None:
    people = (TEAM[0], employee("002", hired="2026-10-22"))  # 31 and 10 days
    found = slips(of(CommissionPool(shares="days"), people=people, rates=(percent("0.1"),), orders=shop(sold(4100))))
    assert each(found, "commission_pool") == cents("310", "100")


def test_a_pool_below_nothing_is_split_too() -> None:
    old = sold(1000, on="2026-09-20")
    given = of(CommissionPool(), Base(), people=TEAM, rates=(percent("0.1"),), bases={
        one.number: Dated.always(BasePay(Decimal(2000))) for one in TEAM
    }, orders=shop(refunds=[back(old, 1000, "2026-10-10")]))  # fmt: skip
    assert each(slips(given), "commission_pool") == cents("-33.34", "-33.33", "-33.33")


# --- by the order -----------------------------------------------------------------------------------------------------


def test_p4_183_orders_at_0_2_less_five_fields_at_0_5_are_34_10() -> None:
    """003-087 每条有效订单0.2元; 003-096 每项不全、错误或缺少扣除奖金0.5元."""
    orders = shop(*many(181), sold(9, number="a", missing=2), sold(9, number="b", missing=3))
    found = slip(of(CommissionPerOrder(), MissingFields(), rates=(unit("0.2"),), orders=orders))
    assert [line.amount for line in found.lines] == cents("36.60", "-2.50")
    assert found.net == Decimal("34.10")


def test_p5_120_signed_at_0_25_and_63_unsigned_at_0_15_are_39_45() -> None:
    """003-088: 2007年2月到4月提成按照每条签约商家有效订单0.25元;每条未签约商家有效订单0.15元."""
    spring: dict[str, Any] = {"first": date(2007, 2, 1), "last": date(2007, 4, 30)}
    rates = (unit("0.2"), unit("0.25", merchant="签约", **spring), unit("0.15", merchant="未签约", **spring))
    sales = [*many(120, merchant="签约", on="2007-03-09"), *many(63, merchant="未签约", on="2007-03-09")]
    given = of(CommissionPerOrder(), rates=rates, orders=shop(*sales))
    assert amount(slip(given, run("2007-03")), "commission_per_order") == Decimal("39.45")
    later = [replace(one, day=date(2007, 5, 9)) for one in sales]
    assert amount(slip(replace(given, orders=shop(*later)), run("2007-05")), "commission_per_order") == Decimal("36.60")


def test_a_unit_price_is_never_rounded_before_it_is_multiplied() -> None:
    found = slip(of(CommissionPerOrder(), rates=(unit("0.125"),), orders=shop(*many(3999))))
    assert amount(found, "commission_per_order") == Decimal("499.88")  # 0.13 × 3,999 would be 519.87


def test_there_is_no_target_and_no_cap() -> None:
    """003-089: 订单不设任务量,不封顶,多劳多得."""
    for count in (1, 5000):
        found = slip(of(CommissionPerOrder(), rates=(unit("0.2"),), orders=shop(*many(count))))
        assert amount(found, "commission_per_order") == count * Decimal("0.2")


def test_an_order_of_which_nothing_is_left_is_taken_back_and_a_part_is_not() -> None:
    one, other = sold(10), sold(10, number="o2")
    refunds = [back(one, 10, "2026-10-12", whole=True), back(other, 3, "2026-10-12")]
    found = slip(of(CommissionPerOrder(), rates=(unit("0.2"),), orders=shop(one, other, refunds=refunds)))
    assert amount(found, "commission_per_order") == Decimal("0.20")


def test_a_class_of_merchants_without_a_price_is_told() -> None:
    given = of(CommissionPerOrder(), rates=(unit("0.25", merchant="签约"),), orders=shop(*many(3, merchant="散客")))
    assert notices(slip(given)) == ["有 3 条订单没有比例或单价，没有算提成：商家类别“散客”"]


def test_missing_fields_never_take_more_than_the_commission() -> None:
    """003-087: 基本工资不参与考核."""
    orders = shop(sold(9, missing=7))
    found = slip(of(Base(), CommissionPerOrder(), MissingFields(), rates=(unit("0.2"),), orders=orders,
                    bases=months_base(1500)))  # fmt: skip
    assert found.net == 1500


# --- guaranteed commission --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("turnover", "missing"), [(0, "1500"), (50000, "500"), (75000, "0"), (90000, "0")])
def test_whoever_earns_less_than_the_guarantee_gets_what_is_missing(turnover: int, missing: str) -> None:
    """003-042: 物流部:无底薪,普通员工保底提成1500元 = max(commission, 1500)."""
    given = of(Commission(), CommissionGuarantee(Decimal(1500)), rates=(percent("0.02"),), orders=shop(sold(turnover)))
    found = slip(given)
    assert amount(found, "commission_guarantee") == Decimal(missing)
    assert found.net == max(Decimal(turnover) / 50, Decimal(1500))


def test_a_guarantee_in_a_part_month_is_whole_or_by_days() -> None:
    who = employee(hired="2026-10-22")
    given = of(CommissionGuarantee(Decimal(3100)), people=[who])
    assert asked(given) == ["part_month"]
    for how, expected in (("whole", 3100), ("employed", 1000)):
        assert slip(of(CommissionGuarantee(Decimal(3100), how), people=[who])).net == expected


# --- silent orders ----------------------------------------------------------------------------------------------------


def test_p1_silent_orders_commission_of_100_among_three() -> None:
    """000-095: 按照客服人数来平分是比较合理的."""
    given = of(SilentOrders("equal"), people=TEAM, rates=(percent("0.02"),), orders=shop(silent(5000)))
    assert each(slips(given), "silent_orders") == cents("33.34", "33.33", "33.33")


def test_silent_orders_are_split_among_those_in_the_team_on_their_day() -> None:
    people = (TEAM[0], TEAM[1], employee("003", hired="2026-10-15"))
    sales = (silent(90, "2026-10-14"), silent(90, "2026-10-15", "s2"))
    assert each(slips(of(SilentOrders("equal"), people=people, rates=(percent("1"),), orders=shop(*sales))),
                "silent_orders") == cents("75", "75", "30")  # fmt: skip


def test_a_silent_orders_refund_goes_to_whoever_had_it() -> None:
    old = silent(100, "2026-09-29", "s0")
    element = SilentOrders("turns", turn_days=7, turn_from=day("2026-09-28"), rota=("003", "001", "002"))
    given = of(Base(), element, people=TEAM, rates=(percent("1"),), bases=months_base(500, "003"),
               orders=shop(refunds=[back(old, 100, "2026-10-20", whole=True)]))  # fmt: skip
    assert each(slips(given), "silent_orders") == cents("0", "0", "-100")


def test_silent_orders_on_a_day_without_anybody_on_duty_are_told() -> None:
    given = of(SilentOrders("duty"), people=TEAM, rates=(percent("1"),), orders=shop(silent(7, "2026-10-11")),
               board=roster({"2026-10-09": ("001",)}))  # fmt: skip
    found = slips(given)
    assert [notices(found[number]) for number in found] == [
        ["闷拍订单的提成 7.00 没有人拿：那些天没有人在"], [], [],
    ]  # fmt: skip


def test_silent_orders_may_be_nobodys() -> None:
    """000-095: 有的店铺是不算到客服提成中去."""
    given = of(SilentOrders("none"), people=TEAM, rates=(percent("0.02"),), orders=shop(silent(5000)))
    assert not any(one.lines for one in slips(given).values())


def test_silent_orders_in_turn_a_week_each() -> None:
    """000-095: 有些店铺是每个客服轮流拿一段时间."""
    element = SilentOrders("turns", turn_days=7, turn_from=day("2026-09-28"), rota=("003", "001", "002"))
    sales = [silent(100, on, f"s{on}") for on in ("2026-10-04", "2026-10-05", "2026-10-11", "2026-10-12", "2026-10-19")]
    given = of(element, people=TEAM, rates=(percent("1"),), orders=shop(*sales))
    assert each(slips(given), "silent_orders") == cents("200", "100", "200")  # 003 again from the 19th


def test_a_turn_passes_over_whoever_has_left() -> None:
    element = SilentOrders("turns", turn_days=7, turn_from=day("2026-10-01"))
    people = (employee("001", left="2026-10-03"), TEAM[1])
    sales = (silent(100, "2026-10-02"), silent(10, "2026-10-05", "s2"))
    found = slips(of(element, people=people, rates=(percent("1"),), orders=shop(*sales)))
    assert each(found, "silent_orders") == cents("100", "10")


def test_silent_orders_may_go_to_those_on_duty_that_day() -> None:
    given = of(SilentOrders("duty"), people=TEAM, rates=(percent("1"),), orders=shop(silent("0.05", "2026-10-09")),
               board=roster({"2026-10-09": ("001", "003"), "2026-10-10": ("002",)}))  # fmt: skip
    assert each(slips(given), "silent_orders") == cents("0.03", "0", "0.02")


def test_whose_silent_orders_are_is_asked_only_where_there_are_some() -> None:
    assert asked(of(SilentOrders(), rates=(percent("1"),), orders=shop(sold(1)))) == []
    assert asked(of(SilentOrders(), rates=(percent("1"),), orders=shop(silent(1)))) == ["policy"]
    assert asked(of(SilentOrders("turns"), rates=(percent("1"),), orders=shop(silent(1)))) == ["turn_from"]


def roster(duties: dict[str, tuple[str, ...]], shift: Shift | None = None) -> Board:
    """A published roster: on these days these people, all on one shift."""
    shift = shift or Shift("晚", "晚班", 960, 1440, 480, "晚班")
    cells = {(day(on), number): Posted.of(Duty(day(on), shift.code, number), shift)
             for on, numbers in duties.items() for number in numbers}  # fmt: skip
    return Board(frozenset(map(day, duties)), cells)


# --- after-sales cost -------------------------------------------------------------------------------------------------


def test_p11_380_of_cost_above_a_floor_of_200_takes_180() -> None:
    """000-096: 如果超过一个底线,那么该客服就要承担相应的责任."""
    given = of(Base(), AfterSalesCost(Decimal(200)), Damages(), people=[employee(city="上海")], bases=months_base(4000),
               events=(event("售后成本", "2026-10-05", "001", amount=300, reason="发错货"),
                       event("售后成本", "2026-10-09", "001", amount=80)))  # fmt: skip
    found = slip(given)
    assert amount(found, "damages") == Decimal("-180.00")
    assert found.net == Decimal("3820.00")
    assert "事件 2026-10-05" in words(found.lines[-1].why)


def test_cost_up_to_the_floor_is_the_shops() -> None:
    given = of(Base(), AfterSalesCost(Decimal(200), "unearned"), bases=months_base(4000),
               events=(event("售后成本", "2026-10-05", "001", amount=200),))  # fmt: skip
    assert slip(given).net == 4000


def test_cost_may_be_commission_not_earned() -> None:
    given = of(Base(), Commission(), AfterSalesCost(Decimal(200), "unearned"), bases=months_base(4000),
               rates=(percent("0.02"),), orders=shop(sold(500)),
               events=(event("售后成本", "2026-10-05", "001", amount=Decimal("200.05")),))  # fmt: skip
    assert lines(slip(given)) == {"底薪": 4000, "销售提成": 10, "售后成本": Decimal("-0.05")}


def test_base_pay_is_never_left_unearned() -> None:
    """003-087: 基本工资不参与考核."""
    given = of(Base(), Commission(), AfterSalesCost(Decimal(200), "unearned"), bases=months_base(4000),
               rates=(percent("0.02"),), orders=shop(sold(500)),
               events=(event("售后成本", "2026-10-05", "001", amount=900),))  # fmt: skip
    found = slip(given)
    assert found.net == 4000
    assert notices(found) == ["售后成本有 690.00 没减，绩效已经减完"]


def test_the_floor_has_no_default() -> None:
    given = of(AfterSalesCost())
    assert asked(given) == []
    assert asked(replace(given, events=(event("售后成本", "2026-10-05", "001", amount=200),))) == ["floor"]


# --- prizes, exams, call-backs ----------------------------------------------------------------------------------------


def ranked(tie: str, *counts: int) -> list[Decimal]:
    sales = [sold(1, f"00{nth}", number=f"{nth}-{one}", recommended=True)
             for nth, count in enumerate(counts, 1) for one in range(count)]  # fmt: skip
    plain = many(50, agent="003")  # no recommended merchant's: they don't count
    return each(slips(of(RankingPrize(tie=tie), people=TEAM, orders=shop(*sales, *plain))), "ranking_prize")


def test_most_orders_of_recommended_merchants_win_60_and_30() -> None:
    """003-090: 订单总数最多者给予60元奖金,第二名给予30元."""
    assert ranked("share", 5, 9, 7) == cents("0", "60", "30")


@pytest.mark.parametrize(("tie", "first", "second"), [
    ("share", ("45", "45", "0"), ("60", "15", "15")), ("all", ("60", "60", "0"), ("60", "30", "30")),
    ("number", ("60", "30", "0"), ("60", "30", "0")),
])  # fmt: skip
def test_equal_ones_share_all_win_or_the_lower_number(
    tie: str, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    """Table F, 8: ties not defined."""
    assert ranked(tie, 5, 5, 1) == cents(*first)
    assert ranked(tie, 9, 5, 5) == cents(*second)


def test_nobody_wins_with_nothing_and_ties_have_no_default() -> None:
    assert ranked("all", 0, 0, 0) == cents("0", "0", "0")
    assert asked(of(RankingPrize())) == ["tie"]


def exams(*marks: tuple[str, str, int], **chosen: Any) -> Inputs:
    told = {"two_months": "replaces", "tie": "share", "nature": "unearned", **chosen}
    events = [event("考试", on, number, quantity=mark) for on, number, mark in marks]
    events += [event("特别提成", on, number, amount=500, reason="奖") for on, number, _ in marks]
    return of(SpecialCommission(), Exam(**told), people=TEAM, events=tuple(events))


def test_failing_the_exam_costs_50_and_70_is_no_failing() -> None:
    """003-094: 考核总分数70分为及格分数,考核不及格者,每次扣罚50元."""
    found = slips(exams(("2026-10-27", "001", 69), ("2026-10-27", "002", 70)))
    assert each(found, "exam") == cents("-50", "0", "0")


@pytest.mark.parametrize(("two_months", "costs"), [("replaces", "-80"), ("adds", "-130")])
def test_failing_two_months_running_costs_80_instead_or_besides(two_months: str, costs: str) -> None:
    """Table F, 6: whether 80 replace the second 50, or add to it."""
    given = exams(*((f"2026-{month}-20", "001", 60) for month in ("08", "10", "11")), two_months=two_months)
    runs = follow(given, [run("2026-08"), run("2026-09"), run("2026-10"), run("2026-11")])
    assert [amount(of_run["001"], "exam") for of_run in runs] == cents("-50", "0", "-50", costs)


def test_the_best_above_90_gets_50_and_90_is_not_enough() -> None:
    """003-094: 分数最高者且高于90分者,给予50元现金奖励."""
    assert each(slips(exams(("2026-10-27", "001", 91), ("2026-10-27", "002", 95))), "exam") == cents("0", "50", "0")
    assert each(slips(exams(("2026-10-27", "001", 90))), "exam") == cents("0", "0", "0")


@pytest.mark.parametrize(
    ("tie", "each_gets"), [("share", ("25", "25")), ("all", ("50", "50")), ("number", ("50", "0"))]
)
def test_two_best_share_the_prize_both_get_it_or_the_lower_number(tie: str, each_gets: tuple[str, str]) -> None:
    found = slips(exams(("2026-10-27", "001", 95), ("2026-10-27", "002", 95), tie=tie))
    assert each(found, "exam")[:2] == cents(*each_gets)


def test_an_exam_as_a_fine_follows_the_citys_rules() -> None:
    who = employee(city="上海")
    given = of(Base(), Exam(two_months="adds", tie="all"), Fines(), people=[who], bases=months_base(2780),
               events=(event("考试", "2026-10-27", "001", quantity=50),))  # fmt: skip
    found = slip(given)
    assert amount(found, "fines") == Decimal("-40.00")  # not under 2,740
    assert len(notices(found)) == 2


def called(done: int | None, weeks: str, month: str = "2026-10", **more: Any) -> Decimal:
    events = () if done is None else (event("回访", f"{month}-28", "001", quantity=done),)
    earned = event("特别提成", f"{month}-28", "001", amount=50, reason="奖")
    given = of(SpecialCommission(), Callbacks(weeks=weeks, nature="unearned"), events=(*events, earned), **more)
    return amount(slip(given, run(month)), "callbacks")


def test_p6_66_of_80_call_backs_cost_2_80() -> None:
    """003-098: 不能按时完成者每条扣罚0.2元."""
    assert called(66, "four") == Decimal("-2.80")
    assert called(80, "four") == called(95, "four") == 0


def test_a_month_of_five_mondays_may_ask_for_100() -> None:
    """Table F, 7: 80条 fixes a month at four weeks although some months have five Mondays."""
    assert called(66, "mondays", "2026-10") == Decimal("-2.80")  # four
    assert called(66, "mondays", "2026-11") == Decimal("-6.80")  # five
    assert called(66, "four", "2026-11") == Decimal("-2.80")
    assert asked(of(Callbacks())) == ["weeks"]


def test_call_backs_are_due_by_days_employed_and_none_entered_is_told() -> None:
    assert called(10, "four", people=[employee(hired="2026-10-22")]) == Decimal("-3.00")  # 25 due
    given = of(Callbacks(weeks="four"))
    assert notices(slip(given)) == ["没有填回访条数，这次没有扣"]


# --- allowances -------------------------------------------------------------------------------------------------------


def meal(**more: Any) -> Allowance:
    return Allowance(**{"name": "餐补", "amount": Decimal(300), "prorated": "whole", "source": "补贴!A2", **more})


def on_days(*ranges: tuple[str, str]) -> Board:
    return roster({f"{one}": ("001",) for first, last in ranges for one in span(day(first), day(last))})


def allowed(*rows: Allowance, hired: str | None = None, **more: Any) -> dict[str, Decimal]:
    who = employee(hired=hired) if hired else employee()
    board = on_days((hired or "2026-10-01", "2026-10-31"))
    return lines(slip(of(Allowances(), people=[who], **{"board": board, "allowances": rows, **more})))


def test_300_for_meals_a_month() -> None:
    """003-047: 餐补每月300元."""
    assert allowed(meal()) == {"餐补": 300}


@pytest.mark.parametrize(("how", "yuan"), [("whole", "300"), ("employed", "96.77"), ("worked", "94.74")])
def test_a_part_month_pays_meals_whole_by_days_employed_or_by_days_worked(how: str, yuan: str) -> None:
    """From the 22nd: 10 of 31 days; 6 days worked of 19, as a whole October would have at that pace (6 × 31 ÷ 10)."""
    assert allowed(meal(prorated=how), hired="2026-10-22", board=on_days(("2026-10-22", "2026-10-27"))) == {
        "餐补": Decimal(yuan)
    }


def test_how_an_allowance_counts_in_a_part_month_has_no_default() -> None:
    assert asked(of(Allowances(), allowances=(meal(prorated=""), meal(name="全勤", prorated="whole")))) == ["prorated"]


def test_an_allowance_by_worked_day_and_by_night_shift() -> None:
    rows = (meal(name="交通", amount=Decimal(6), per="day"),
            meal(name="夜班", amount=Decimal("12.5"), per="shift", shifts=("晚班",), comparable=False),
            meal(name="早班", amount=Decimal(5), per="shift", shifts=("早班",)))  # fmt: skip
    assert allowed(*rows, board=on_days(("2026-10-08", "2026-10-15"))) == {"交通": 48, "夜班": 100}


def test_attendance_tells_who_was_really_there() -> None:
    facts = {("001", day(on)): DayFact("001", day(on), 540, 1080) for on in ("2026-10-08", "2026-10-09")}
    here = Attendance(day("2026-10-01"), day("2026-10-31"), facts, covered=frozenset(span(day("2026-10-01"),
                                                                                          day("2026-10-31"))))  # fmt: skip
    assert allowed(meal(per="day", amount=Decimal(6)), attendance=here) == {"餐补": 12}
    months = {"001": MonthFact("001", day("2026-10-01"), day("2026-10-31"), Decimal("20.5"))}
    totals = Attendance(day("2026-10-01"), day("2026-10-31"), months=months)
    assert allowed(meal(per="day", amount=Decimal(6)), attendance=totals) == {"餐补": 123}


def test_without_attendance_and_roster_the_calendars_workdays_count() -> None:
    assert allowed(meal(), meal(name="交通", amount=Decimal(6), per="day"), board=Board()) == {"交通": 108, "餐补": 300}


def test_a_new_amount_within_a_month_holds_for_its_days() -> None:
    rows = (meal(last=day("2026-10-10")), meal(amount=Decimal(610), first=day("2026-10-11")))
    assert allowed(*rows) == {"餐补": Decimal("510.00")}  # 300 × 10/31 + 610 × 21/31


def test_a_real_missed_meal_subsidy_is_not_taxed() -> None:
    found = slip(of(Allowances(), allowances=(meal(taxable=False),), board=on_days(("2026-10-08", "2026-10-08"))))
    assert [line.group for line in found.lines] == [Group.TAX_FREE]


# --- overtime ---------------------------------------------------------------------------------------------------------


def extra(*entries: tuple[str | None, int, int]) -> Hours:
    """Overtime of 001: day, rate in per cent, minutes."""
    rows = tuple(Worked("001", day(on) if on else None, rate, minutes, Text("overtime"))  # type: ignore[arg-type] # any
                 for on, rate, minutes in entries)  # fmt: skip
    return Hours(date(2026, 1, 1), date(2026, 1, 31), {"001": rows})


def test_e6_overtime_of_two_three_and_three_hours_is_2250() -> None:
    hours = extra(("2026-01-05", 150, 120), ("2026-01-10", 200, 180), ("2026-01-01", 300, 180), ("2026-01-06", 0, 90))
    found = slip(of(Overtime(), bases=months_base(21750), hours=hours), run("2026-01"))
    assert lines(found) == {"工作日加班": 375, "休息日加班": 750, "法定节假日加班": 1125}
    assert found.net == 2250
    assert not any(line.comparable for line in found.lines)  # 最低工资规定 art. 12


def test_an_hour_of_overtime_may_hold_monthly_allowances() -> None:
    given = of(Overtime("all"), bases=months_base(17400), hours=extra(("2026-01-05", 150, 60)),
               allowances=(meal(amount=Decimal(4350)), meal(name="交通", amount=Decimal(9), per="day")))  # fmt: skip
    assert amount(slip(given, run("2026-01")), "overtime") == Decimal("187.50")


def test_overtime_is_paid_by_the_base_of_its_own_day() -> None:
    bases = {"001": Dated.since([(None, BasePay(Decimal(17400))), (day("2026-01-15"), BasePay(Decimal(21750)))])}
    hours = extra(("2026-01-14", 150, 60), ("2026-01-15", 150, 60))
    assert amount(slip(of(Overtime(), bases=bases, hours=hours), run("2026-01")), "overtime") == Decimal("337.50")


def test_minutes_of_overtime_are_never_rounded_to_hours() -> None:
    given = of(Overtime(), bases=months_base(21750), hours=extra(("2026-01-05", 150, 7), ("2026-01-06", 150, 7)))
    assert amount(slip(given, run("2026-01")), "overtime") == Decimal("43.75")


def test_overtime_without_a_base_pay_is_told() -> None:
    found = slip(of(Overtime(), hours=extra(("2026-01-05", 150, 60))), run("2026-01"))
    assert (notices(found), found.lines) == (["有加班，但没有底薪"], ())


# --- days away --------------------------------------------------------------------------------------------------------


def off(kind: str, first: str, last: str = "", half: str = "", **more: Any) -> Leave:
    return Leave("001", day(first), day(last or first), half, kind, **more)


def test_a_day_of_unpaid_leave_is_a_month_by_21_75() -> None:
    given = of(Base(), UnpaidLeave(), bases=months_base(4350), leave=(off("事假", "2026-10-09"),
                                                                   off("事假", "2026-10-12", half="am")))  # fmt: skip
    assert amount(slip(given), "unpaid_leave") == Decimal("-300.00")


def test_leave_counts_on_workdays_alone_and_only_once_approved() -> None:
    """From Friday 9 October to Monday the 12th: the 10th is a make-up workday, the 11th a Sunday."""
    given = of(Base(), UnpaidLeave(), bases=months_base(4350), leave=(off("事假", "2026-10-09", "2026-10-12"),))
    assert amount(slip(given), "unpaid_leave") == Decimal("-600.00")
    given = replace(given, leave=(off("事假", "2026-10-09", approved=False), off("年假", "2026-10-12")))
    assert amount(slip(given), "unpaid_leave") == 0


def test_a_month_on_leave_takes_the_month_and_no_more() -> None:
    given = of(Base(), UnpaidLeave(), bases=months_base(3000), leave=(off("事假", "2026-07-01", "2026-07-31"),))
    assert slip(given, run("2026-07")).net == 0


def test_leave_by_the_hour_and_absence_come_from_attendance() -> None:
    facts = {("001", day("2026-10-09")): DayFact("001", day("2026-10-09"), leave=(("事假", Decimal(2)),)),
             ("001", day("2026-10-12")): DayFact("001", day("2026-10-12"), absent=Decimal(1))}  # fmt: skip
    here = Attendance(day("2026-10-01"), day("2026-10-31"), facts)
    for absence, expected in ((True, "-250.00"), (False, "-50.00")):
        given = of(Base(), UnpaidLeave(absence=absence), bases=months_base(4350), attendance=here)
        assert amount(slip(given), "unpaid_leave") == Decimal(expected)


def test_monthly_totals_of_leave_count_where_nothing_else_is_known() -> None:
    months = {"001": MonthFact("001", day("2026-10-01"), day("2026-10-31"), Decimal(15), absent=Decimal(1),
                               leave=(("事假", Decimal(12)),))}  # fmt: skip
    given = of(Base(), UnpaidLeave(), bases=months_base(4350),
               attendance=Attendance(day("2026-10-01"), day("2026-10-31"), months=months))  # fmt: skip
    assert amount(slip(given), "unpaid_leave") == Decimal("-500.00")
    given = replace(given, leave=(off("年假", "2026-10-12"),))
    assert amount(slip(given), "unpaid_leave") == 0


def test_the_roster_desks_leave_goes_before_what_attendance_says() -> None:
    facts = {("001", day("2026-10-09")): DayFact("001", day("2026-10-09"), leave=(("事假", Decimal(8)),))}
    given = of(Base(), UnpaidLeave(), bases=months_base(4350), leave=(off("年假", "2026-10-09"),),
               attendance=Attendance(day("2026-10-01"), day("2026-10-31"), facts))  # fmt: skip
    assert amount(slip(given), "unpaid_leave") == 0


@pytest.mark.parametrize(("wage", "share", "paid"), [
    (21750, "0.6", "600.00"), (3000, "0.6", "100.78"), (2000, "0.6", "91.95"), (3000, "1", "137.93"),
])  # fmt: skip
def test_sick_pay_is_never_below_80_per_cent_of_the_minimum_wage_nor_above_the_wage(
    wage: int, share: str, paid: str
) -> None:
    """Shanghai: 80 % of 2,740 is 2,192 a month, 100.78 a day."""
    given = of(Base(), SickPay(Decimal(share)), people=[employee(city="上海")], bases=months_base(wage),
               leave=(off("病假", "2026-10-09"),))  # fmt: skip
    assert lines(slip(given))["病假工资"] == Decimal(paid)
    assert lines(slip(given))["病假"] == -(Decimal(wage) / Decimal("21.75")).quantize(Decimal("0.01"))


def test_the_part_paid_on_sick_leave_is_asked_where_somebody_was_ill() -> None:
    assert asked(of(SickPay())) == []
    assert asked(of(SickPay(), leave=(off("病假", "2026-10-09"),))) == ["share"]


def leaver(**more: Any) -> Employee:
    return employee(**{"hired": "2020-03-01", "left": "2026-10-15", "working_since": "2010-07-01", **more})


def kept(gross: str, overtime: str = "0") -> dict[str, Past]:
    """Twelve months of a gross pay, overtime pay in it."""
    months = [date(2025, 10, 1) + timedelta(days=31 * nth) for nth in range(12)]
    runs = [run(f"{month:%Y-%m}") for month in months]
    return {"001": Past(tuple(
        replace(past(one, Slip("001", "王芳", one.id)), gross=Decimal(gross), facts={"overtime.paid": Decimal(overtime)})
        for one in runs))}  # fmt: skip


@pytest.mark.parametrize(("pays", "yuan"), [("more", "14000.00"), ("whole", "21000.00")])
def test_a_leavers_untaken_leave_is_paid_threefold_on_the_average_of_twelve_months(pays: str, yuan: str) -> None:
    """10 days a year after 16 years: 288 of 365 days make 7; 22,750 less 1,000 of overtime pay is 1,000 a day."""
    given = of(AnnualLeave(pays), people=[leaver()], past=kept("22750", "1000"))
    assert amount(slip(given), "annual_leave") == Decimal(yuan)


@pytest.mark.parametrize(
    ("since", "days"), [("2026-01-01", 0), ("2025-07-01", 3), ("2016-10-15", 7), ("2001-01-01", 11)]
)
def test_leave_is_5_10_or_15_days_by_all_working_life(since: str, days: int) -> None:
    given = of(AnnualLeave("more"), people=[leaver(working_since=since)], past=kept("21750"))
    assert amount(slip(given), "annual_leave") == days * 2000


def test_leave_already_taken_is_taken_off_and_nobody_owes_any() -> None:
    given = of(
        AnnualLeave("more"), people=[leaver()], past=kept("21750"), leave=(off("年假", "2026-03-02", "2026-03-06"),)
    )
    assert amount(slip(given), "annual_leave") == 4000
    given = replace(given, leave=(off("年假", "2026-03-02", "2026-03-20"),))
    assert not slip(given).lines


def test_whoever_stays_is_paid_no_leave_out() -> None:
    assert not slip(of(AnnualLeave("more"), people=[leaver(left=None)], past=kept("21750"))).lines
    assert asked(of(AnnualLeave(), people=[leaver(left=None)])) == []
    assert asked(of(AnnualLeave(), people=[leaver()])) == ["pays"]


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_a_manual_line_says_its_reason_and_who_approved_it() -> None:
    """001-019: 其他特殊贡献的员工酌情发放奖金."""
    given = of(
        Manual(), events=(event("手工", "2026-10-31", "001", amount=88.8, reason="挽回大单", approved_by="经理"),)
    )
    found = slip(given)
    assert lines(found) == {"手工：挽回大单": Decimal("88.80")}
    assert words(found.lines[0].why) == "2026-10-31 周六 手工：挽回大单，经理 批准 = 88.80 [事件 2026-10-31]"


@pytest.mark.parametrize(
    "more", [{"reason": "奖"}, {"approved_by": "经理"}, {"reason": "奖", "approved_by": "经理", "amount": None}]
)
def test_a_manual_line_without_reason_approver_or_amount_is_told_and_not_paid(more: dict[str, Any]) -> None:
    found = slip(of(Manual(), events=(event("手工", "2026-10-31", "001", **{"amount": 88, **more}),)))
    assert (len(found.lines), len(found.notices)) == (0, 1)


def test_special_commission_is_granted_event_by_event() -> None:
    """001-017: 提成分为业绩提成和特别提成."""
    given = of(SpecialCommission(), events=(event("特别提成", "2026-10-09", "001", amount=200, reason="业绩突出"),
                                            event("特别提成", "2026-10-20", "001", amount=50, reason="敬业")))  # fmt: skip
    assert lines(slip(given)) == {"特别提成": 250}


# --- properties -------------------------------------------------------------------------------------------------------

YUAN = st.decimals(min_value=0, max_value=50000, places=2)
SALES = st.lists(
    st.tuples(YUAN, st.sampled_from(["001", "002", "003", "shared", "silent"]), st.integers(1, 31)), max_size=12
)


def sales_of(drawn: list[tuple[Decimal, str, int]]) -> list[Sale]:
    found = []
    for nth, (paid, who, on) in enumerate(drawn):
        about = {"on": f"2026-10-{on:02}", "number": f"o{nth:02}"}
        if who == "silent":
            found.append(silent(paid, **about))
        else:
            found.append(sold(paid, **about, **({"agents": ("002", "001")} if who == "shared" else {"agent": who})))
    return found


def priced(sales: Iterable[Sale], *elements: Element) -> dict[str, Slip]:
    return slips(of(*elements, people=TEAM, rates=(percent("0.0175"),), orders=shop(*sales)))


@settings(max_examples=60, deadline=None)
@sampled(SALES)
def test_the_parts_of_a_pool_are_the_pool(drawn: list[tuple[Decimal, str, int]]) -> None:
    sales = sales_of(drawn)
    pooled = sum((one.paid for one in sales if one.state != State.SILENT), Decimal(0)) * Decimal("0.0175")
    unasked = sum((one.paid for one in sales if one.state == State.SILENT), Decimal(0)) * Decimal("0.0175")
    found = priced(sales, CommissionPool(), SilentOrders("equal"))
    for item, pot in (("commission_pool", pooled), ("silent_orders", unasked)):
        shares = each(found, item)
        assert sum(shares) == pot.quantize(Decimal("0.01"), "ROUND_HALF_UP")
        assert max(shares) - min(shares) <= Decimal("0.01")


@settings(max_examples=60, deadline=None)
@sampled(SALES, st.randoms(use_true_random=False))
def test_the_order_of_orders_changes_nothing(drawn: list[tuple[Decimal, str, int]], rng: Any) -> None:
    sales = sales_of(drawn)
    elements = (Commission(), CommissionPool(), SilentOrders("turns", turn_from=day("2026-10-01")))
    before = priced(sales, *elements)
    rng.shuffle(sales)
    assert priced(sales, *elements) == before


@settings(max_examples=60, deadline=None)
@sampled(st.lists(YUAN, min_size=1, max_size=8), st.sampled_from(["whole", "marginal"]))
def test_the_lines_of_a_slip_make_its_net_and_a_reasons_parts_their_line(paid: list[Decimal], how: str) -> None:
    sales = [sold(yuan, number=f"o{nth}") for nth, yuan in enumerate(paid)]
    found = slip(of(Base(), Commission("阶梯", how), rates=BRACKETS, orders=shop(*sales), bases=months_base("3333.33")))
    assert found.net == sum(line.amount for line in found.lines)
    for line in found.lines:
        assert line.amount == sum(part.amount or 0 for part in line.why.parts)


@settings(max_examples=60, deadline=None)
@sampled(YUAN, YUAN)
def test_more_sales_never_mean_less_commission(less: Decimal, more: Decimal) -> None:
    less, more = sorted((less, more))
    for how in ("whole", "marginal"):
        found = [amount(slip(of(Commission("阶梯", how), rates=BRACKETS, orders=shop(sold(yuan)))), "commission")
                 for yuan in (less, more)]  # fmt: skip
        assert found[0] <= found[1]


@settings(max_examples=40, deadline=None)
@sampled(st.integers(1, 31), st.integers(1, 31))
def test_two_halves_of_a_month_in_two_departments_are_one_month(change: int, hired: int) -> None:
    """Base pay stated twice, for two departments between which somebody changes, is the base pay of one."""
    days = (day(f"2026-10-{min(change, hired):02}"), day(f"2026-10-{max(change, hired):02}"))
    who = replace(employee(hired=str(days[0])),
                  terms=Dated.since([(None, PayTerms("客服")), (days[1], PayTerms("售后"))]))  # fmt: skip
    twice = [Stated(Base("paid"), Scope(departments=frozenset({one}))) for one in ("客服", "售后")]
    apart = amount(slip(of(*twice, people=[who], bases=months_base(4321))), "base")
    whole = amount(slip(of(Base("paid"), people=[who], bases=months_base(4321))), "base")
    assert abs(apart - whole) <= Decimal("0.01")
