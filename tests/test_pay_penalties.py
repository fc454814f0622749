"""What events cost and bring: every penalty and score that the source documents name, by a desk's table of standards.

The rows of requirements are named by their numbers, 001-024 and so on.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pays import Wage, amount, employee, event, follow, inputs, lines, notices, run, slip, slips, words

from cstools.attendance import Attendance, DayFact
from cstools.desk import Sheets
from cstools.duties import Board, Posted
from cstools.language import Text
from cstools.pay.claims import FINE, held
from cstools.pay.compute import BrokenIdentityError
from cstools.pay.elements.after_sales_cost import AfterSalesCost
from cstools.pay.elements.damages import EACH, SPLIT, Damages
from cstools.pay.elements.fines import Fines
from cstools.pay.elements.minimum_wage import MinimumWage
from cstools.pay.elements.net_floor import NetFloor
from cstools.pay.elements.reductions import ALL as ALL_PAY
from cstools.pay.elements.reductions import Reductions
from cstools.pay.elements.rewards import Rewards
from cstools.pay.elements.score import Score
from cstools.pay.events import Event
from cstools.pay.incidents import torn
from cstools.pay.inputs import Inputs, Standard
from cstools.pay.law_tables import packaged_law
from cstools.pay.penalties import ADD, ALL, REPLACE, THEN, nobodys
from cstools.pay.people import Employee
from cstools.pay.run import Period
from cstools.pay.sheets.happened import read_standards
from cstools.pay.sheets.reading import Reading
from cstools.pay.slip import Group, Slip, Why
from cstools.shifts import Duty, Shift

WAGE = Wage(6000)
HERE = {"city": "昆明", "hired": "2020-01-01"}


def standard(kind: str, yuan: str = "0", **more: Any) -> Standard:
    """A row of 奖惩标准; numbers may be text."""
    told: dict[str, Any] = {
        key: Decimal(str(value)) if key in {"points", "supervisor", "most"} else value for key, value in more.items()
    }
    return Standard(kind, Decimal(yuan), source=f"奖惩标准 {kind}", **told)


def people(*numbers: str, **more: Any) -> list[Employee]:
    return [employee(number, f"员工{number}", **{**HERE, **more}) for number in numbers or ("001",)]


def given(standards: list[Standard], events: list[Event], *elements: Any, **more: Any) -> Inputs:
    found = elements or (Fines(),)
    more.setdefault("people", people())
    return inputs(WAGE, *found, standards=tuple(standards), events=tuple(events), **more)


def fines(of: Slip) -> list[Decimal | None]:
    """What each event of the line of fines costs."""
    return [-part.amount for line in of.lines if line.item == "fines" for part in line.why.parts if part.amount]


def graves(of: Slip) -> list[str]:
    """What must be looked at first."""
    return [str(notice.text) for notice in of.notices if notice.grave]


def days(kind: str, *days: int, person: str = "001", **more: Any) -> list[Event]:
    """The same on some days of October 2026."""
    return [event(kind, f"2026-10-{day:02d} 10:00", person, **more) for day in days]


# --- fines: each time, and the nth time -------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "yuan", "row"), [
    ("私聊", 20, "000-070"), ("泄露联系方式", 100, "000-074"), ("仪容", 10, "003-008"), ("工服外穿", 20, "003-009"),
    ("操作失误投诉", 10, "003-099"), ("媒体曝光", 20, "003-100"), ("态度恶劣", 20, "003-102"),
    ("玩游戏", 20, "003-104"), ("接打电话吃东西", 20, "003-104"), ("看书闲聊铃声", 10, "003-105"),
])  # fmt: skip
def test_each_time_costs_the_same(kind: str, yuan: int, row: str) -> None:
    found = slip(given([standard(kind, str(yuan))], days(kind, 3, 9)))
    assert amount(found, "fines") == -2 * yuan, row


COMPLAINTS = [standard("服务投诉", "50", step=1), standard("服务投诉", "100", step=2),
              standard("服务投诉", step=3, flag="自动离职")]  # fmt: skip


def test_p7_complaints_of_a_calendar_month_cost_50_then_100_then_a_flag() -> None:
    found = slip(given(COMPLAINTS, days("服务投诉", 2, 12, 22)))
    assert fines(found) == [50, 100]
    assert [text for text in notices(found) if "自动离职" in text] == [
        "2026-10-22 10:00 服务投诉，第 3 次：自动离职（只提示，不自动处理）"
    ]


def test_p7_the_next_month_starts_at_50_again() -> None:
    events = [*days("服务投诉", 2, 12, 22), event("服务投诉", "2026-11-01", "001")]
    found = follow(given(COMPLAINTS, events), [run(), run("2026-11")])
    assert [amount(of["001"], "fines") for of in found] == [-150, -50]


def test_three_times_or_more_includes_the_third_and_the_fourth() -> None:
    found = slip(given(COMPLAINTS, days("服务投诉", 2, 12, 22, 23)))
    assert sum("自动离职" in text for text in notices(found)) == 2


@pytest.mark.parametrize(("window", "november"), [("month", -10), ("ever", -30)])
def test_p8_off_task_costs_10_then_30_then_a_flag_by_month_or_for_ever(window: str, november: int) -> None:
    rows = [standard("脱岗", "10", step=1, window=window), standard("脱岗", "30", step=2, window=window),
            standard("脱岗", step=3, window=window, flag="开除")]  # fmt: skip
    found = follow(given(rows, [*days("脱岗", 5), event("脱岗", "2026-11-05", "001")]), [run(), run("2026-11")])
    assert [amount(of["001"], "fines") for of in found] == [-10, november]
    third = slip(given(rows, days("脱岗", 5, 6, 7)))
    assert fines(third) == [10, 30]
    assert sum("开除" in text for text in notices(third)) == 1


def test_a_last_step_holds_for_all_further_times() -> None:
    rows = [standard("脱岗", "10", step=1), standard("脱岗", "30", step=2)]
    assert fines(slip(given(rows, days("脱岗", 1, 2, 3, 4)))) == [10, 30, 30, 30]


def test_the_same_events_in_another_order_cost_the_same() -> None:
    events = days("服务投诉", 2, 12, 22)
    assert slip(given(COMPLAINTS, events)) == slip(given(COMPLAINTS, events[::-1]))


def test_a_period_from_the_26th_counts_calendar_months_and_takes_each_event_once() -> None:
    """28 September is the second of September, though the run before has paid the first."""
    events = [event("服务投诉", "2026-09-03", "001"), event("服务投诉", "2026-09-28", "001"),
              event("服务投诉", "2026-10-03", "001"), event("服务投诉", "2026-10-27", "001")]  # fmt: skip
    runs = [run("2026-09", attendance=Period(date(2026, 8, 26), date(2026, 9, 25))),
            run("2026-10", attendance=Period(date(2026, 9, 26), date(2026, 10, 25))),
            run("2026-11", attendance=Period(date(2026, 10, 26), date(2026, 11, 25)))]  # fmt: skip
    found = follow(given(COMPLAINTS, events), runs)
    assert [fines(of["001"]) for of in found] == [[50], [100, 50], [100]]


def test_the_same_month_of_another_year_is_another_month() -> None:
    events = [event("服务投诉", "2025-10-09", "001"), event("服务投诉", "2026-10-09", "001")]
    assert fines(slip(given(COMPLAINTS, events))) == [50]


def test_a_standard_holds_from_its_first_day_to_its_last() -> None:
    rows = [standard("私聊", "20", last=date(2026, 10, 9)), standard("私聊", "30", first=date(2026, 10, 10))]
    assert fines(slip(given(rows, days("私聊", 9, 10)))) == [20, 30]


def test_a_case_by_case_penalty_takes_the_events_own_amount() -> None:
    assert fines(slip(given([standard("服务投诉")], days("服务投诉", 3, amount=35)))) == [35]


def test_nobody_else_pays() -> None:
    found = slips(given([standard("私聊", "20")], days("私聊", 3), people=people("001", "002")))
    assert [amount(found[number], "fines") for number in ("001", "002")] == [-20, 0]


# --- everybody on duty, and the supervisor ----------------------------------------------------------------------------

MORNING = Shift("早", "早班", 480, 990, 480)
EVENING = Shift("晚", "晚班", 990, 1440, 450, open_ended=True)


def board(*duties: tuple[str, Shift], day: str = "2026-10-09", meal: tuple[int, int] | None = None) -> Board:
    on = date.fromisoformat(day)
    cells = {(on, number): Posted(Duty(on, shift.code, number, meal=meal), shift) for number, shift in duties}
    return Board(frozenset({on}), cells, {number: f"员工{number}" for number, _ in duties})


ROSTER = board(("001", MORNING), ("002", MORNING), ("003", EVENING), ("009", MORNING))
TEAM = people("001", "002", "003", "009")
MISSED_CALL = standard("漏接电话", "10", on="duty", supervisor=50, each=True)
PHONE_FAULT = standard("电话故障未发现", "20", on="duty", supervisor=100)


def duty(row: Standard, *events: Event, **more: Any) -> dict[str, Decimal]:
    """What each pays for events that fall on everybody on duty."""
    which = more.pop("which", THEN)
    wanted = {"people": TEAM, "board": ROSTER, "supervisors": frozenset({"009"}), **more}
    found = slips(given([row], list(events), Fines(supervisors=which), **wanted))
    return {number: -amount(of, "fines") for number, of in found.items()}


def test_a_missed_call_costs_everybody_on_duty_10_and_the_supervisor_50() -> None:
    """003-106."""
    found = duty(MISSED_CALL, event("漏接电话", "2026-10-09 12:30"))
    assert found == {"001": 10, "002": 10, "003": 0, "009": 50}


def test_each_missed_call_costs_it_again() -> None:
    found = duty(MISSED_CALL, event("漏接电话", "2026-10-09 12:30", quantity=3))
    assert found == {"001": 30, "002": 30, "003": 0, "009": 150}


def test_an_undetected_phone_fault_costs_20_each_and_the_supervisor_100() -> None:
    """003-103."""
    assert duty(PHONE_FAULT, event("电话故障未发现", "2026-10-09 17:00")) == {"001": 0, "002": 0, "003": 20, "009": 100}


def test_the_end_of_a_shift_is_no_longer_on_duty_and_its_start_is() -> None:
    assert duty(MISSED_CALL, event("漏接电话", "2026-10-09 16:30"))["001"] == 0
    assert duty(MISSED_CALL, event("漏接电话", "2026-10-09 16:30"))["003"] == 10


def test_whoever_never_came_was_not_on_duty() -> None:
    absent = DayFact("002", date(2026, 10, 9), absent=Decimal(1))
    day = date(2026, 10, 9)
    attendance = Attendance(day, day, {("002", day): absent}, covered=frozenset({day}))
    found = duty(MISSED_CALL, event("漏接电话", "2026-10-09 12:30"), attendance=attendance)
    assert [found["001"], found["002"]] == [10, 0]


def test_an_open_ended_shift_lasts_until_its_last_punch() -> None:
    day = date(2026, 10, 9)
    facts = {("003", day): DayFact("003", day, start=990, end=1470)}
    late = event("漏接电话", "2026-10-10 00:20")
    assert duty(MISSED_CALL, late)["003"] == 0
    assert duty(MISSED_CALL, late, attendance=Attendance(day, day, facts))["003"] == 10


def test_who_was_on_duty_is_the_proof() -> None:
    wanted = given([MISSED_CALL], [event("漏接电话", "2026-10-09 12:30")], Fines(supervisors=THEN), people=TEAM,
                   board=replace(ROSTER, cells=board(("001", MORNING), ("002", MORNING), meal=(720, 780)).cells))  # fmt: skip
    line = next(line for line in slip(wanted).lines if line.item == "fines")
    told = words(line.why)
    assert "员工001：2026-10-09 周五 早班，用餐中" in told
    assert "员工002" in told
    assert "员工003" not in told


def test_which_supervisors_pay_is_asked_where_there_are_several() -> None:
    two = frozenset({"003", "009"})
    wanted = given([MISSED_CALL], [], supervisors=two)
    assert [name for name, _ in Fines().undecided(wanted)] == ["supervisors"]
    assert not list(Fines().undecided(given([MISSED_CALL], [], supervisors=frozenset({"009"}))))
    noon = event("漏接电话", "2026-10-09 12:30")
    assert duty(MISSED_CALL, noon, supervisors=two) == {"001": 10, "002": 10, "003": 0, "009": 50}
    assert duty(MISSED_CALL, noon, supervisors=two, which=ALL) == {"001": 10, "002": 10, "003": 50, "009": 50}


def test_an_event_that_falls_on_nobody_is_told() -> None:
    lost = event("漏接电话", "2026-10-09 03:00")
    wanted = given([MISSED_CALL], [lost, event("漏接电话", "2026-10-09 12:30")], board=ROSTER)
    assert list(nobodys(wanted)) == [lost]


def test_names_in_the_event_stand_for_the_roster() -> None:
    assert duty(MISSED_CALL, event("漏接电话", "2026-10-09 03:00", "003"))["003"] == 10


def test_two_are_liable_who_took_the_order_and_who_was_on_duty() -> None:
    """003-081: 积分由下单客服及值班客服承担."""
    row = standard("空缺", points=2, on="both", nature="points")
    events = [event("空缺", "2026-10-09 12:30", "003")]
    found = slips(given([row], events, Score(severe=Decimal(0)), people=TEAM, board=ROSTER))
    assert {number: of.facts["score"] for number, of in found.items()} == {"001": 8, "002": 8, "003": 8, "009": 8}


# --- the ten-point score ----------------------------------------------------------------------------------------------

TEN_POINTS = [
    standard("迟到", points="0.5", nature="points"), standard("缺勤", points=2, nature="points"),
    standard("旷工", points=5, nature="points"), standard("未调班离岗", points=5, nature="points"),
    standard("未在线", points=5, step=3, reached=True, nature="points"),
    standard("响应慢投诉", points=5, step=3, reached=True, nature="points"),
    standard("响应慢投诉", points=10, step=5, reached=True, nature="points"),
    standard("态度投诉", points=1, nature="points"),
    standard("态度投诉", points=5, step=3, reached=True, nature="points"),
    standard("态度投诉", points=10, step=5, reached=True, nature="points"),
    standard("未完成工作", points="0.5", most=1, nature="points"),
]  # fmt: skip


def score(events: list[Event], steps: str = REPLACE, **more: Any) -> Slip:
    return slip(given(TEN_POINTS, events, Score(steps=steps, severe=more.pop("severe", Decimal(5)))))


@pytest.mark.parametrize(("kind", "times", "left", "row"), [
    ("迟到", 1, "9.5", "001-024"), ("迟到", 3, "8.5", "001-024"), ("缺勤", 1, "8", "001-024"),
    ("旷工", 1, "5", "001-025"), ("未调班离岗", 1, "5", "001-027"), ("未在线", 2, "10", "001-028"),
    ("未在线", 3, "5", "001-028"), ("未在线", 4, "5", "001-028"), ("响应慢投诉", 2, "10", "001-029"),
    ("响应慢投诉", 3, "5", "001-029"), ("响应慢投诉", 5, "0", "001-029"), ("态度投诉", 1, "9", "001-030"),
    ("态度投诉", 2, "8", "001-030"), ("态度投诉", 3, "5", "001-030"), ("态度投诉", 4, "5", "001-030"),
    ("态度投诉", 5, "0", "001-030"),
])  # fmt: skip
def test_points_of_the_ten_point_score(kind: str, times: int, left: str, row: str) -> None:
    assert score(days(kind, *range(1, times + 1))).facts["score"] == Decimal(left), row


@pytest.mark.parametrize(("kind", "times", "left"), [
    ("态度投诉", 3, "2"), ("态度投诉", 5, "-10"), ("响应慢投诉", 5, "-5"), ("迟到", 3, "8.5"),
])  # fmt: skip
def test_a_step_may_be_added_instead_of_replacing(kind: str, times: int, left: str) -> None:
    assert score(days(kind, *range(1, times + 1)), ADD).facts["score"] == Decimal(left)


def test_whether_a_step_replaces_or_adds_is_asked_and_only_where_it_matters() -> None:
    """Table F, 4."""
    assert [name for name, _ in Score().undecided(given(TEN_POINTS, []))] == ["steps", "severe"]
    plain = [standard("迟到", points="0.5", nature="points")]
    assert [name for name, _ in Score().undecided(given(plain, []))] == ["severe"]
    assert not list(Score().undecided(given([], [])))
    assert "58" in dict(Score().undecided(given(plain, [])))["severe"].key


@pytest.mark.parametrize(
    ("points", "left", "beyond"), [("0.5", "9.5", 0), ("1", "9", 0), ("0.8", "9.2", 0), ("3", "9", 1)]
)
def test_work_not_finished_costs_half_a_point_to_one_at_discretion(points: str, left: str, beyond: int) -> None:
    """001-031."""
    found = score(days("未完成工作", 3, quantity=Decimal(points)))
    assert found.facts["score"] == Decimal(left)
    assert len(graves(found)) == beyond


@pytest.mark.parametrize(("lost", "said"), [("4.5", ""), ("5", "口头警告"), ("7.5", "口头警告"), ("8", "处罚")])
def test_5_points_or_less_is_a_warning_and_2_or_less_a_punishment(lost: str, said: str) -> None:
    """001-021; 等于或低于 includes the limit."""
    rows = [standard("扣", points=lost, nature="points")]
    found = graves(slip(given(rows, days("扣", 3), Score(severe=Decimal(0)))))
    assert [said in text for text in found] == ([True] if said else [])


def test_three_months_running_at_the_chosen_limit_are_told_as_severe() -> None:
    """001-022, whose 58 the desk must replace."""
    events = [event("旷工", f"2026-{month:02d}-03", "001") for month in (7, 9, 10, 11)]
    wanted = given(TEN_POINTS, events, Score(steps=REPLACE, severe=Decimal(5)))
    found = follow(wanted, [run(f"2026-{month:02d}") for month in range(7, 12)])
    severe = [any("严厉处罚" in text for text in notices(of["001"])) for of in found]
    assert severe == [False, False, False, False, True]


def test_the_score_tells_what_it_lost() -> None:
    assert notices(score([*days("迟到", 3), *days("缺勤", 5)])) == [
        "本月 7.5 分（满分 10）：2026-10-03 10:00 迟到 −0.5、2026-10-05 10:00 缺勤 −2"
    ]


def test_the_score_takes_no_pay() -> None:
    found = score(days("旷工", 3))
    assert found.net == 6000
    assert list(lines(found)) == ["wage"]


# --- pay not earned, rewards ------------------------------------------------------------------------------------------


def commission(yuan: int) -> Wage:
    return Wage(yuan, item="commission")


def test_pay_not_earned_comes_off_commission_and_never_off_base_pay() -> None:
    """003-087: 基本工资不参与考核."""
    rows = [standard("漏项", "80", nature="unearned")]
    found = slip(given(rows, days("漏项", 3, 4), Reductions(), commission(100)))
    assert found.total(Group.EARNED) == 6000
    assert lines(found)["未得：漏项"] == -100
    assert len(notices(found)) == 1
    assert slip(given(rows, days("漏项", 3, 4), Reductions(reach=ALL_PAY), commission(100))).net == 5940


def test_rewards_add_to_pay() -> None:
    rows = [standard("表扬", "50", nature="reward"), standard("特别贡献", nature="reward")]
    events = [*days("表扬", 3, 4), *days("特别贡献", 5, amount=300)]
    assert lines(slip(given(rows, events, Rewards()))) == {"wage": 6000, "奖励：表扬": 100, "奖励：特别贡献": 300}


# --- fines and the law ------------------------------------------------------------------------------------------------


def city_law(fines: str) -> Any:
    law = packaged_law()
    city = law.city("昆明", date(2026, 10, 1))
    assert city
    return replace(law, cities={**law.cities, "昆明": type(law.cities["昆明"]).always(replace(city, fines=fines))})


@pytest.mark.parametrize(("policy", "taken", "told"), [("forbid", 0, 2), ("warn", -20, 1), ("allow", -20, 0)])
def test_a_city_forbids_fines_or_has_them_told_or_allows_them(policy: str, taken: int, told: int) -> None:
    found = slip(given([standard("私聊", "20")], days("私聊", 3), law=city_law(policy)))
    assert [amount(found, "fines"), len(notices(found))] == [taken, told]


def test_fines_never_take_pay_under_the_minimum_wage() -> None:
    """Kunming's is 2,270 from September 2026."""
    wanted = given([standard("私聊", "100")], days("私聊", 3))
    found = slip(replace(wanted, stated=inputs(Wage(2300), Fines()).stated))
    assert amount(found, "fines") == -30
    assert any("2,270.00" in words(line.why) for line in found.lines if line.item == "fines")


def test_a_city_without_a_known_minimum_takes_no_fine() -> None:
    wanted = given([standard("私聊", "100")], days("私聊", 3), people=people(city="未来城"))
    assert amount(slip(wanted), "fines") == 0


def test_what_a_fine_could_not_take_is_carried_only_if_the_desk_says_so() -> None:
    events = [event("私聊", "2026-10-03", "001")]
    for carried, november in ((False, 0), (True, -70)):
        wanted = given([standard("私聊", "100")], events)
        wage = Wage({"2026-10": 2300, "2026-11": 6000})
        found = follow(replace(wanted, stated=inputs(wage, Fines(carried=carried)).stated), [run(), run("2026-11")])
        assert [amount(of["001"], "fines") for of in found] == [-30, november]


def test_another_elements_fine_is_taken_by_the_same_rules() -> None:
    """An exam failed is priced by its own element; what it claims as a fine is taken here."""

    class Exam(Wage):
        def lines(self, case: Any) -> Any:
            return list(held(self, case, FINE, Why(Text("wage"), Decimal("-50.00"))))

    assert amount(slip(given([], [], Exam(), Fines())), "fines") == -50


# --- damages: article 16 ----------------------------------------------------------------------------------------------


def claim(yuan: int, *numbers: str, day: str = "2025-12-03") -> Event:
    return event("赔偿", day, *(numbers or ("001",)), amount=yuan)


def shanghai(wage: object, *events: Event, **more: Any) -> Inputs:
    found = [employee(number, city="上海", hired="2020-01-01") for number in more.pop("numbers", ("001",))]
    return inputs(
        Wage(wage), Damages(several=more.pop("several", SPLIT)), MinimumWage(), people=found, events=events, **more
    )


@pytest.mark.parametrize(("wage", "asked", "taken", "carried"), [
    (4000, 1000, 800, 200), (3000, 1000, 260, 740), (10000, 5000, 2000, 3000),
])  # fmt: skip
def test_e20_damages_within_article_16(wage: int, asked: int, taken: int, carried: int) -> None:
    found = slip(shanghai(wage, claim(asked)), run("2025-12"))
    assert [amount(found, "damages"), found.facts["carry.damages"]] == [-taken, carried]


def test_what_is_left_of_damages_is_taken_in_later_months() -> None:
    runs = [run("2025-12"), run("2026-01"), run("2026-02"), run("2026-03")]
    found = follow(shanghai(10000, claim(5000)), runs)
    assert [amount(of["001"], "damages") for of in found] == [-2000, -2000, -1000, 0]
    assert found[2]["001"].facts["carry.damages"] == 0


def test_p11_after_sales_cost_of_380_over_a_floor_of_200() -> None:
    events = (event("售后成本", "2025-12-03", "001", amount=300), event("售后成本", "2025-12-09", "001", amount=80))
    wanted = shanghai(4000)
    stated = inputs(AfterSalesCost(floor=Decimal(200)), *wanted.stated).stated
    found = slip(replace(wanted, stated=stated, events=events), run("2025-12"))
    assert [amount(found, "damages"), found.facts["carry.damages"]] == [-180, 0]
    assert "2025-12-09" in words(next(line.why for line in found.lines if line.item == "damages"))


def test_the_fifth_is_of_the_tax_month_and_not_of_each_run() -> None:
    events = (claim(1000), claim(1000, day="2025-12-20"))
    runs = [run("2025-12", only=("001",)), replace(run("2025-12"), work=Period(date(2025, 12, 1), date(2025, 12, 31)))]
    found = follow(shanghai(4000, *events), runs)
    assert sum(amount(of["001"], "damages") for of in found) == -1600


def test_several_people_split_damages_to_the_fen_or_bear_them_each_as_the_desk_says() -> None:
    event_of_two = claim(100, "001", "002", "003")
    for several, expected in ((SPLIT, ["-33.34", "-33.33", "-33.33"]), (EACH, ["-100", "-100", "-100"])):
        wanted = shanghai(6000, event_of_two, numbers=("001", "002", "003"), several=several)
        found = slips(wanted, run("2025-12"))
        assert [amount(found[number], "damages") for number in found] == [Decimal(text) for text in expected]
    assert [name for name, _ in Damages().undecided(wanted)] == ["several"]
    assert not list(Damages().undecided(shanghai(6000, claim(100))))


def test_damages_with_a_standard_of_their_own_are_claimed_once() -> None:
    rows = (standard("赔偿", "60", nature="damages"),)
    assert amount(slip(shanghai(6000, claim(100), standards=rows), run("2025-12")), "damages") == -60


def test_what_a_standard_leaves_to_the_event_is_split_among_several_too() -> None:
    event_of_two = event("打错货", "2025-12-10", "001", "002", amount=100)
    rows = (standard("打错货", "0", nature="damages"),)
    for several, expected in ((SPLIT, ["-50.00", "-50.00"]), (EACH, ["-100", "-100"])):
        wanted = shanghai(6000, event_of_two, numbers=("001", "002"), several=several, standards=rows)
        found = slips(wanted, run("2025-12"))
        assert [amount(found[number], "damages") for number in found] == [Decimal(text) for text in expected]
    assert [name for name, _ in Damages().undecided(wanted)] == ["several"]


def test_standards_may_be_damages() -> None:
    found = slip(given([standard("丢失钥匙", "60", nature="damages")], days("丢失钥匙", 3), Damages(several=SPLIT)))
    assert amount(found, "damages") == -60


def test_damages_and_fines_share_one_room_above_the_minimum() -> None:
    rows = [standard("私聊", "500")]
    events = [*days("私聊", 3), claim(100, day="2026-10-05")]
    wanted = given(rows, events)
    found = slip(replace(wanted, stated=inputs(Wage(2500), Damages(several=SPLIT), Fines()).stated))
    assert [amount(found, "damages"), amount(found, "fines")] == [-100, -130]


def test_a_run_takes_no_more_than_it_pays_however_much_room_the_month_has() -> None:
    """2,470 earned in the month's first run, minimum 2,270; the second run pays 30."""
    events = [event("赔偿", "2026-10-03", "001", amount=150), event("赔偿", "2026-11-03", "001", amount=500)]
    wage = Wage({"2026-10": 2470, "2026-11": 30})
    wanted = replace(given([], events), stated=inputs(wage, Damages(several=SPLIT), MinimumWage()).stated)
    found = follow(wanted, [run("2026-10", paid="2026-11-10"), run("2026-11", paid="2026-11-30")])
    assert [amount(of["001"], "damages") for of in found] == [-150, -30]
    assert found[1]["001"].facts["carry.damages"] == 470


# --- minimum wage, never a negative net -------------------------------------------------------------------------------


def minimum(wage: int, own: int, city: str, **more: Any) -> list[str]:
    wanted = inputs(Wage(wage), Wage(-own, Group.INSURANCE), MinimumWage(), people=people(city=city, **more))
    return notices(slip(wanted))


@pytest.mark.parametrize(("city", "wage", "own", "told"), [
    ("上海", 3039, 300, True), ("上海", 3040, 300, False), ("昆明", 2269, 300, True), ("昆明", 2270, 300, False),
])  # fmt: skip
def test_one_city_compares_before_own_contributions_and_another_after(
    city: str,
    wage: int,
    own: int,
    told: bool,  # noqa: FBT001
) -> None:
    assert bool(minimum(wage, own, city)) is told


def test_overtime_and_hardship_pay_do_not_count_toward_the_minimum() -> None:
    wanted = inputs(Wage(2000), Wage(500, comparable=False), MinimumWage(), people=people())
    assert len(notices(slip(wanted))) == 1


def test_runs_of_one_tax_month_are_compared_together() -> None:
    wanted = inputs(Wage(1500), MinimumWage(), people=people())
    first, second = (of["001"] for of in follow(wanted, [run(), run()]))
    assert (len(notices(first)), len(notices(second))) == (1, 0)


def test_whoever_joins_late_is_compared_with_a_part_of_the_minimum() -> None:
    assert not minimum(1200, 0, "昆明", hired="2026-10-20")
    assert minimum(500, 0, "昆明", hired="2026-10-20")


def test_a_deduction_that_takes_pay_under_the_minimum_is_told() -> None:
    wanted = inputs(Wage(2300), Wage(-100, Group.TAKEN), MinimumWage(), people=people())
    assert len(notices(slip(wanted))) == 1


def test_a_negative_net_is_carried_forward_and_taken_later_as_far_as_pay_reaches() -> None:
    wage = Wage({"2026-07": 100, "2026-08": 150, "2026-09": 5000, "2026-10": 5000})
    own = Wage({"2026-07": -400}, Group.INSURANCE)
    found = follow(inputs(wage, own, NetFloor()), [run(f"2026-{month:02d}") for month in range(7, 11)])
    assert [of["001"].net for of in found] == [0, 0, 4850, 5000]
    assert [of["001"].facts.get("carry.net") for of in found] == [300, 150, 0, None]


def test_without_the_floor_a_negative_net_stops_the_run() -> None:
    with pytest.raises(BrokenIdentityError, match=r"net -300\.00 is negative"):
        slip(inputs(Wage(100), Wage(-400, Group.INSURANCE)))


def read(folder: Path, text: str) -> tuple[tuple[Standard, ...], list[str]]:
    (folder / "奖惩标准.csv").write_text(text, encoding="utf-8")
    reading = Reading(Sheets(None, folder), "pay.xlsx")
    return read_standards(reading), [str(fault) for fault in reading.faults]


def test_the_sheet_has_discretion_quantities_periods_and_two_liable(tmp_path: Path) -> None:
    text = "事件,分值,最多扣分,按数量,累计周期,对象,性质\n未完成工作,0。5,1,,,,只扣分\n漏接电话,,,是,考勤周期,本人和当班,罚款\n"
    (work, call), faults = read(tmp_path, text)
    assert not faults
    assert [work.points, work.most, work.each] == [Decimal("0.5"), 1, False]
    assert (call.each, call.window, call.on) == (True, "period", "both")


def test_the_most_points_are_no_fewer_than_the_points(tmp_path: Path) -> None:
    _, faults = read(tmp_path, "事件,分值,最多扣分\n未完成工作,2,1\n")
    assert len(faults) == 1
    assert "C2" in faults[0]


def test_steps_by_calendar_month_are_doubted_where_attendance_is_read_from_the_26th() -> None:
    """Not online three times a month: the first of them may lie in last month's attendance."""
    rows = [standard("不在线", points=5, step=3, reached=True), standard("不在线", points=5, step=3, window="period"),
            standard("迟到", points="0.5"), standard("服务投诉", "50", step=1)]  # fmt: skip
    shifted = run(attendance=Period(date(2026, 9, 26), date(2026, 10, 25)))
    assert [note.value for note in torn(shifted, rows)] == ["不在线"]
    assert not list(torn(run(), rows))


def test_every_reason_of_a_penalty_names_the_event_and_the_standard() -> None:
    line = next(line for line in slip(given(COMPLAINTS, days("服务投诉", 2, 12))).lines if line.item == "fines")
    told = words(line.why)
    assert "[事件 2026-10-12 10:00]" in told
    assert "[奖惩标准 服务投诉]" in told
