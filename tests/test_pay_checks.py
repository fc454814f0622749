"""What a clerk must be told before the money goes out: what isn't paid and why, where files differ, where a slip is."""

from pathlib import Path

import pytest
from conftest import Run
from openpyxl import Workbook, load_workbook
from pay_desks import ORDERS, SHEETS, TOML, order, pay_desk

HOURS = '[attendance]\nquota_rests = false\nquota_leave = ["事假"]\nquota_by = "times"\n'
OVERTIME = """工号,日期,开始,结束,批准人,批准时间
001,2026-10-12,18:00,20:00,,
001,2026-10-13,18:00,20:00,老板,2026-10-13 19:00
001,2026-10-14,18:00,20:00,老板,2026-10-14 17:00
"""


def test_overtime_that_nobody_approved_in_time_is_not_paid_and_told(run: Run, tmp_path: Path) -> None:
    items = "薪资项目,参数\nbase,part_month=反算\novertime,\n"
    desk = pay_desk(tmp_path, {"薪资项目": items, "加班": OVERTIME}, toml=TOML + HOURS)
    assert run("pay", "run", "--month", "2026-10", "--desk", desk).exit_code == 0
    told = run("pay", "explain", "001", "--month", "2026-10", "--desk", desk).output
    assert "2 小时 × 6,000.00 ÷ 21.75 ÷ 8 × 1.5  103.45" in told
    assert "加班没有计薪：2026-10-12 周一 120 分钟，没有人批准的加班  [加班.csv B2]" in told
    assert "加班没有计薪：2026-10-13 周二 120 分钟，2026-10-13 19:00 才批准，加班已经开始  [加班.csv B3]" in told


def test_where_two_exports_differ_is_counted_and_listed_by_order_number(run: Run, tmp_path: Path) -> None:
    desk = pay_desk(tmp_path, orders=order(1, "2026-10-05", "100", "001"))
    later = ORDERS + order(1, "2026-10-05", "100", "002")
    (desk / "订单_202611010900.csv").write_text(later, encoding="utf-8")
    done = run("pay", "run", "--month", "2026-10", "--desk", desk)
    assert "各份导出有 1 处不一致，以最新的为准" in done.output
    sheet = load_workbook(desk / "工资" / "工资表_2026-10.xlsx")["待查订单"]
    assert [cell.value for cell in sheet[1]][:2] == ["状态", "订单编号"]
    assert [cell.value for cell in sheet[2]][:2] == ["不一致", "900000000000000001"]


def test_whose_slip_is_in_another_run_of_the_month_is_told_in_which(run: Run, tmp_path: Path) -> None:
    people = SHEETS["人员"].replace("002,李强,2024-03-01,", "002,李强,2024-03-01,2026-10-20")
    desk = pay_desk(tmp_path, {"人员": people}, toml=TOML.replace("same", "next"))
    where = ("--month", "2026-10", "--desk", desk)
    assert run("pay", "run", "--kind", "leaver", "--only", "002", *where).exit_code == 0
    assert run("pay", "run", *where).exit_code == 0
    assert "--run 2026-10-leaver-002" in run("pay", "explain", "李强", *where).stderr
    assert run("pay", "explain", "李强", "--run", "2026-10-leaver-002", *where).exit_code == 0


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("base,,,,part_month=反算\nbase,,,,part_month=反算\n", "A3 “底薪”: A2 那一行对王芳也算这一项，会重复计算"),
        ("base,,,,part_month=反算\nbase,001,,,part_month=正算\n", "会重复计算"),
        ("base,,,,part_month=反算\ncommission,,,,scheme=店铺\ncommission,,,,scheme=店铺\n", "会重复计算"),
        (
            "base,,,,part_month=反算\nsick_pay,,,,share=60%；leave=病假\nsick_pay,,,,share=80%；leave=病假、工伤\n",
            "重复计算",
        ),
        ("base,,,,part_month=反算\nnet_floor,001,,,\n", "这一项对所有人一直有效，不能只给一部分人"),
        ("base,,,,part_month=反算\nnet_floor,,2026-11-01,,\n", "这一项对所有人一直有效，不能只给一部分人"),
    ],
)
def test_rows_that_count_twice_or_leave_somebody_out_are_refused(
    rows: str, wrong: str, run: Run, tmp_path: Path
) -> None:
    desk = pay_desk(tmp_path, {"薪资项目": "薪资项目,人员,日期自,日期至,参数\n" + rows})
    refused = run("pay", "run", "--month", "2026-10", "--desk", desk)
    assert refused.exit_code == 3
    assert wrong in refused.stderr


def test_rows_for_other_people_days_or_schemes_do_not_count_twice(run: Run, tmp_path: Path) -> None:
    rows = (
        "base,001,,,part_month=反算\nbase,002,,,part_month=正算\n"
        "commission,,,2026-10-15,scheme=店铺\ncommission,,2026-10-16,,scheme=店铺\ncommission,,,,scheme=另计\n"
    )
    rates = SHEETS["提成表"] + "另计,1%,,,,\n"
    desk = pay_desk(
        tmp_path, {"薪资项目": "薪资项目,人员,日期自,日期至,参数\n" + rows, "提成表": rates},
        order(1, "2026-10-05", "1000", "001") + order(2, "2026-10-25", "1000", "001"),
    )  # fmt: skip
    done = run("pay", "run", "--month", "2026-10", "--desk", desk, "--dry-run")
    assert done.exit_code == 0, done.stderr
    assert "6,060.00" in done.output


def test_events_that_change_no_pay_or_stand_twice_are_told(run: Run, tmp_path: Path) -> None:
    people = SHEETS["人员"].replace("002,李强,2024-03-01,", "002,李强,2026-10-12,2026-10-20")
    events = SHEETS["事件"] + (
        "2026-10-25,手工,002,300,补发,老板\n2026-10-05,手工,李强,77,补发,老板\n2026-10-15,手工,,50,补发,老板\n"
        "2026-10-15,手工,001,50,补发,老板\n2026-10-15,手工,001,50,补发,老板\n"
    )
    desk = pay_desk(tmp_path, {"人员": people, "事件": events})
    told = run("pay", "run", "--month", "2026-10", "--desk", desk).output
    assert "事件.csv A2 “2026-10-25”: 李强这一天不在职，所以不影响工资 → 在职期间的日期" in told
    assert "事件.csv A3 “2026-10-05”: 李强这一天不在职" in told
    assert "事件.csv B4 “手工”: 没有写是谁，所以不影响工资 → 写工号或姓名" in told
    assert "事件.csv B6 “手工”: 和 B5 那一行完全相同：两次都算" in told
    assert "6,100.00" in told


def test_a_city_may_take_yuan_besides_a_rate(run: Run, tmp_path: Path) -> None:
    people = SHEETS["人员"].replace("001,王芳,2024-03-01,,客服部,客服,,", "001,王芳,2024-03-01,,客服部,客服,北京,8000")
    cities = "城市,险种,基数下限,基数上限,个人比例,单位比例,日期自\n北京,医疗,7000,36000,2%+3,9.8%,2026-07-01\n"
    desk = pay_desk(tmp_path, {"人员": people, "城市参数": cities})
    assert run("pay", "run", "--month", "2026-10", "--desk", desk).exit_code == 0
    told = run("pay", "explain", "001", "--month", "2026-10", "--desk", desk).output
    assert "医疗保险  -163.00" in told
    assert "8,000.00 × 2%，四舍五入到 0.01 元，另加 3 元  -163.00" in told
    assert "医疗保险（单位） (8000 × 0.098)  784.00" in told


def test_two_of_one_name_are_told_apart_by_the_pay_desks_own_userid(run: Run, tmp_path: Path) -> None:
    people = "工号,姓名,入职,钉钉UserId\n001,王芳,2024-03-01,u1\n002,王芳,2024-03-01,u2\n"
    items = "薪资项目,参数\nbase,part_month=反算\nunpaid_leave,leave=事假\n"
    desk = pay_desk(tmp_path, {"人员": people, "薪资项目": items}, toml=TOML + HOURS)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "月度汇总"
    days = [str(day) for day in range(1, 32)]
    sheet.append(["月度汇总 统计日期：2026-10-01 至 2026-10-31"])
    sheet.append(["报表生成时间：2026-11-01 09:00"])
    heads = ["姓名", "UserId", "出勤天数", "事假(小时)", "休息天数", "迟到次数", "迟到时长", "旷工天数", "上班缺卡次数"]
    sheet.append([*heads, "考勤结果"])
    sheet.append([None] * len(heads) + days)
    sheet.append(["王芳", "u2", 17, 8, 13, 0, 0, 0, 0])
    sheet.append(["王芳", "u1", 18, None, 13, 0, 0, 0, 0])
    (desk / "考勤").mkdir()
    book.save(desk / "考勤" / "公司_月度汇总_20261001-20261031.xlsx")
    done = run("pay", "run", "--month", "2026-10", "--desk", desk, "--dry-run")
    assert done.exit_code == 0, done.stderr
    assert "6,000.00" in done.output
    assert "4,770.11" in done.output  # 5,000 less a day of leave: 5,000 ÷ 21.75


def test_a_penalty_of_supervisors_is_told_where_nobody_is_known_as_one(run: Run, tmp_path: Path) -> None:
    standards = "事件,金额,主管金额,按数量计次,性质,分值\n漏接电话,10,50,是,罚款,\n迟到,,,,只扣分,0.5\n"
    events = "日期,事件,人员,数量\n2026-10-09 10:00,漏接电话,001,3\n2026-10-10,迟到,002,\n"
    desk = pay_desk(tmp_path, {"奖惩标准": standards, "事件": events})
    refused = run("pay", "run", "--month", "2026-10", "--desk", desk)
    assert "pay.xlsx 薪资项目，评分：严厉处罚线" in refused.stderr  # where to write it, of what no row states yet
    items = "薪资项目,参数\nbase,part_month=反算\nscore,severe=5\n"
    (desk / "薪资项目.csv").write_text(items, encoding="utf-8")
    done = run("pay", "run", "--month", "2026-10", "--desk", desk)
    assert "事件.csv A2 “漏接电话”: 主管也要扣，但不知道谁是主管，主管那份没有扣" in done.output
    told = run("pay", "explain", "002", "--month", "2026-10", "--desk", desk).output
    assert "本月 9.5 分（满分 10）：2026-10-10 迟到 −0.5  [事件.csv A3]" in told


@pytest.mark.parametrize("item", ["commission", "commission_pool", "commission_per_order"])
@pytest.mark.parametrize("rates", ["", "店铺,2%,0.2,2026-09-30\n"])
def test_orders_that_no_rate_prices_are_told(item: str, rates: str, run: Run, tmp_path: Path) -> None:
    rates = rates.replace("2%,0.2", ",0.2" if item == "commission_per_order" else "2%,")
    items = f"薪资项目,参数\nbase,part_month=反算\n{item},\n"
    sold = order(1, "2026-10-05", "100", "001")
    desk = pay_desk(tmp_path, {"薪资项目": items, "提成表": "方案,比例,每单,截止日期\n" + rates}, sold)
    done = run("pay", "run", "--month", "2026-10", "--desk", desk, "--dry-run")
    assert done.exit_code == 0, done.stderr
    assert "请注意：001 王芳：有 1 条订单没有比例或单价" in done.output


def test_whoever_has_no_base_pay_where_others_have_is_told(run: Run, tmp_path: Path) -> None:
    desk = pay_desk(tmp_path, {"底薪": "工号,底薪,起始日期\n001,6000,\n"})
    done = run("pay", "run", "--month", "2026-10", "--desk", desk, "--dry-run")
    assert "请注意：002 李强：“底薪”表里没有李强的底薪" in done.output
    assert "没有王芳的底薪" not in done.output


REPORT = '[orders.report]\nfiles = ["业绩*.csv"]\nagent = "客服"\npaid = "金额"\n'


def test_a_report_that_differs_from_the_orders_is_told_and_paid_by(run: Run, tmp_path: Path) -> None:
    """001-011, 001-012: the daily reports make the commission; the two are reconciled."""
    sold = order(1, "2026-10-05", "100", "001") + order(2, "2026-10-06", "250", "002")
    desk = pay_desk(tmp_path, orders=sold, toml=TOML + REPORT)
    (desk / "业绩_20261001-20261031.csv").write_text("客服,金额\n王芳,1000\n002,250\n", encoding="utf-8")
    done = run("pay", "run", "--month", "2026-10", "--desk", desk, "--dry-run")
    assert "6,020.00" in done.output
    assert "业绩_20261001-20261031.csv A2 “王芳”: 报表里实付 1,000.00，备注里是本人工号的订单共 100.00" in done.output
    assert "A3" not in done.output


def test_a_lines_reason_reaches_the_settings_of_its_element(run: Run, tmp_path: Path) -> None:
    desk = pay_desk(tmp_path, orders=order(1, "2026-10-05", "100", "001"))
    run("pay", "run", "--month", "2026-10", "--desk", desk)
    told = run("pay", "explain", "001", "--month", "2026-10", "--line", "销售提成", "--desk", desk).output
    assert told.splitlines()[-1].strip() == "设置：scheme=店铺  [薪资项目.csv A3]"


@pytest.mark.parametrize(("before", "after", "told"), [(1, 26, "算了两次"), (26, 1, "哪个月都没有算"), (26, 26, "")])
def test_periods_that_do_not_follow_on_are_told(before: int, after: int, told: str, run: Run, tmp_path: Path) -> None:
    desk = pay_desk(tmp_path)
    for month, start in (("2026-09", before), ("2026-10", after)):
        toml = TOML.replace("[orders]", f"commission_from = {start}\n[orders]")
        (desk / "cstools.toml").write_text(toml, encoding="utf-8")
        done = run("pay", "run", "--month", month, "--desk", desk)
        assert done.exit_code == 0, done.stderr
    assert told in done.output
    assert ("提成周期从" in done.output) == bool(told)


def test_a_leaver_is_paid_to_the_last_day_where_periods_end_on_the_25th(run: Run, tmp_path: Path) -> None:
    """劳部发〔1994〕489号 art. 9: in full, at once; no later run pays what comes after the 25th."""
    people = SHEETS["人员"].replace("002,李强,2024-03-01,", "002,李强,2024-03-01,2026-10-28")
    sold = order(1, "2026-10-20", "1000", "002") + order(2, "2026-10-27", "500", "002")
    toml = TOML.replace("same", "next").replace("[orders]", "commission_from = 26\nattendance_from = 26\n[orders]")
    desk = pay_desk(tmp_path, {"人员": people}, sold, toml)
    where = ("--month", "2026-10", "--desk", desk)
    assert run("pay", "run", "--kind", "leaver", "--only", "002", *where).exit_code == 0
    told = run("pay", "explain", "002", "--run", "2026-10-leaver-002", "--line", "销售提成", *where).output
    assert "销售额 1,500.00 × 2%  30.00" in told
    assert run("pay", "run", *where).exit_code == 0
    later = run("pay", "run", "--month", "2026-11", "--desk", desk)
    assert "002     李强" not in later.output
