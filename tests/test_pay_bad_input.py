"""Whatever is wrong with what pay is computed from: a line each, the right exit code, and nothing written."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import Result
from conftest import Run
from desks import make, write_book
from openpyxl import load_workbook
from pay_desks import TOML

BOOK, ORDERS = "pay.xlsx", "订单1.csv"
SHEETS: Mapping[str, str] = {
    "人员": "工号,姓名,入职,离职,部门,岗位,城市,社保基数,公积金基数,公积金比例\n001,王芳,2024-03-01,,客服部,客服,上海,8000,8000,7%\n"
            "002,李强,2024-03-01,,客服部,客服,上海,8000,8000,7%\n",
    "底薪": "工号,姓名,底薪,试用期,起始日期\n001,,6000,,\n002,,5000,,\n",
    "提成表": "方案,起点,比例,每单,商家类别,起始日期,截止日期\n店铺,0,2%,,,,\n",
    "奖惩标准": "事件,第几次,累计周期,金额,分值,对象,主管金额,性质,起始日期,截止日期\n迟到,,自然月,20,,本人,,未得薪酬,,\n",
    "补贴": "补贴名称,金额,单位,不满月,人员,起始日期,截止日期\n餐补,300,月,不折算,,,\n",
    "薪资项目": "薪资项目,人员,起始日期,截止日期,参数\nbase,,,,part_month=反算\ninsurance,,,,joined_by=15\ncommission,,,,scheme=店铺\n"
                "allowances,,,,\nmanual,,,,\n",
    "事件": "日期,事件,人员,数量,金额,原因,批准人\n2026-10-05 09:10,迟到,001,,,,经理\n",
    "期初累计": "工号,截至月份,累计收入,累计专项扣除,已扣税额\n001,2026-08,40000,4000,0\n",
    "专项附加扣除": "工号,扣除项目,金额,起始月份,截止月份\n001,赡养老人,1500,2026-01,\n",
    "城市参数": "城市,险种,下限,上限,个人,单位,取整,起始日期\n某市,养老,4000,20000,8%,16%,分,2026-01-01\n",
    "城市规定": "城市,最低工资,含个人缴费,起始日期\n某市,2000,是,2026-01-01\n",
    "个税税率": "",
    "考勤": "工号,姓名,日期,上班,下班\n001,,2026-10-05,8:20,17:10\n002,,2026-10-05,8:20,17:10\n",
}  # fmt: skip
SETTINGS = (
    TOML
    + '[attendance]\nquota_leave = []\nquota_by = "times"\nquota_rests = false\n[attendance.hours]\nrest_days = "calendar"\nauto_extend = false\nexport_approves = true\n'
)
SOLD = "订单编号,订单付款时间,买家实际支付金额,订单状态,订单备注,宝贝标题\n900000000000000001,2026-10-09 10:00:00,5000.00,交易成功,工号001,床头柜\n"
REFUNDED = "退款编号,订单编号,买家退款金额,退款状态,退款完结时间,售中或售后\n1,900000000000000001,20.00,退款成功,2026-10-20 09:00:00,售后\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Spoil = Callable[[Path], object]


def sheets(text: str) -> list[list[object]]:
    return [[cell or None for cell in line.split(",")] for line in text.splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A pay desk with a workbook of every sheet, beside a roster desk."""
    (tmp_path / "shop").mkdir()
    make(tmp_path / "shop")
    folder = tmp_path / "pay"
    folder.mkdir()
    write_book(folder / BOOK, {name: sheets(text) for name, text in SHEETS.items() if text})
    (folder / "cstools.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / ORDERS).write_text(SOLD, encoding="utf-8")
    (folder / "退款1.csv").write_text(REFUNDED, encoding="utf-8")
    return folder


def state(desk: Path) -> dict[str, str]:
    return {str(path.relative_to(desk.parent)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(desk.parent.rglob("*")) if path.is_file()}  # fmt: skip


def refused(run: Run, desk: Path, *words: str) -> Result:
    """A run that does nothing but say why."""
    before, folders = state(desk), {path for path in desk.parent.rglob("*") if path.is_dir()}
    done = run("--desk", desk, "pay", "run", *(words or ("--month", "2026-10")))
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "内部错误" not in done.stderr
    assert state(desk) == before
    assert {path for path in desk.parent.rglob("*") if path.is_dir()} == folders
    return done


# --- the workbook -----------------------------------------------------------------------------------------------------


def put(sheet: str, cell: str, value: object) -> Spoil:
    """One cell of the workbook changed."""

    def work(desk: Path) -> None:
        book: Any = load_workbook(desk / BOOK)
        book[sheet][cell] = value
        book.save(desk / BOOK)

    return work


def add(sheet: str, line: str) -> Spoil:
    """A row more."""

    def work(desk: Path) -> None:
        book: Any = load_workbook(desk / BOOK)
        book[sheet].append([cell or None for cell in line.split(",")])
        book.save(desk / BOOK)

    return work


def drop(sheet: str) -> Spoil:
    def work(desk: Path) -> None:
        book: Any = load_workbook(desk / BOOK)
        del book[sheet]
        book.save(desk / BOOK)

    return work


def all_of(*spoils: Spoil) -> Spoil:
    return lambda desk: [spoil(desk) for spoil in spoils]


def in_file(name: str) -> Callable[[str, str], Spoil]:
    """Something in a file of text replaced."""

    def spoil(old: str, new: str) -> Spoil:
        def work(desk: Path) -> None:
            text = (desk / name).read_text(encoding="utf-8")
            assert old in text
            (desk / name).write_text(text.replace(old, new, 1), encoding="utf-8")

        return work

    return spoil


setting, order, refund = in_file("cstools.toml"), in_file(ORDERS), in_file("退款1.csv")


def shop(desk: Path) -> None:
    """A shift of the roster desk that ends at no time."""
    book: Any = load_workbook(desk.parent / "shop" / "team.xlsx")
    book["班次"]["D2"] = "晚上"
    book.save(desk.parent / "shop" / "team.xlsx")


CELLS: Mapping[str, tuple[Spoil, str]] = {
    "nobody's name": (put("人员", "B2", None), "人员!B2: “姓名”没有填 → 填文字"),
    "a number twice": (add("人员", "001,赵敏,2024-03-01"), "人员!A4 “001”: 工号重复：A2 的王芳也是这个号 → 换一个工号，或在“自”列写日期"),
    "a day that isn't": (put("人员", "C2", "2024-13-01"), "人员!C2 “2024-13-01”: 入职：不是有效的日期 → 填日期，例如 2026-11-09"),
    "left before hired": (put("人员", "D2", "2023-01-01"), "人员!D2 “2023-01-01”: 王芳的离职早于入职 → 应不早于 2024-03-01 周五\npay.xlsx 考勤!C2 “2026-10-05”: 王芳 2026-10-05 周一 不在职 → 在职时间：2024-03-01 周五 到 2023-01-01 周日"),
    "a base below nothing": (put("人员", "H2", -8000), "人员!H2 “-8000”: 社保基数：金额是负数 → 元，最多两位小数，例如 1234.50"),
    "seven times instead of 7 %": (put("人员", "J2", 7), "人员!J2 “7”: 公积金个人比例：不是比例 → 百分比，例如 2%（或 0.02）"),
    "a column renamed": (put("人员", "B1", "大名"), "人员!A1: 缺少表头“姓名” → 这一行只有：工号、大名、入职、离职、部门、岗位、城市、社保基数、公积金基数、公积金比例"),
    "a column doubled": (put("人员", "E1", "姓名"), "人员!E1 “姓名”: 这一列出现了两次 → 只留一列：另一列在 B1"),
    "no sheet of people": (drop("人员"), "pay.xlsx: 缺少工作表“人员” → 请加上，或放一个 人员.csv"),
    "no sheet of elements": (drop("薪资项目"), "pay.xlsx: 缺少工作表“薪资项目” → 请加上，或放一个 薪资项目.csv"),
    "base pay of somebody unknown": (put("底薪", "A2", "009"), "底薪!A2 “009”: 人员表里没有这个工号或姓名"),
    "a name for another's number": (put("底薪", "B2", "李强"), "底薪!B2 “李强”: 工号 001 是王芳 → 工号和姓名要是同一个人"),
    "a name misspelt": (all_of(put("底薪", "A2", None), put("底薪", "B2", "王方")), "底薪!B2 “王方”: 人员表里没有这个工号或姓名 → 是不是“王芳”？"),
    "base pay in words": (put("底薪", "C2", "六千"), "底薪!C2 “六千”: 底薪：不是金额 → 元，最多两位小数，例如 1234.50"),
    "base pay below nothing": (put("底薪", "C2", -6000), "底薪!C2 “-6000”: 底薪：金额是负数 → 元，最多两位小数，例如 1234.50"),
    "too many decimals": (put("底薪", "C2", "6000.123"), "底薪!C2 “6000.123”: 底薪：不是金额 → 元，最多两位小数，例如 1234.50"),
    "a formula without a value": (put("底薪", "C2", "=A1*2"), "底薪!C2 “=A1*2”: 底薪：公式没有结果 → 请在 Excel 中打开并保存一次"),
    "an error of Excel's": (put("底薪", "C2", "#REF!"), "底薪!C2 “#REF!”: 底薪：这是 Excel 的错误值，不是数据 → 请改正公式，或直接填值"),
    "two rows from the same day": (add("底薪", "001,,6100"), "底薪!E4: 两行从同一天开始 → 换一个日期，或只留一行"),
    "no column of amounts": (put("底薪", "C1", None), "底薪!A1: 缺少表头“底薪” → 这一行只有：工号、姓名、试用期、起始日期"),
    "2 instead of 2 %": (put("提成表", "C2", 2), "提成表!C2 “2”: 比例：不是比例 → 百分比，例如 2%（或 0.02）"),
    "a rate and a price": (put("提成表", "D2", "0.2"), "提成表!C2 “2%”: 一行要么填比例，要么填每单金额 → 两样填一样"),
    "neither rate nor price": (put("提成表", "C2", None), "提成表!C2: 一行要么填比例，要么填每单金额 → 两样填一样"),
    "a rate that ends before it begins": (all_of(put("提成表", "F2", "2026-10-01"), put("提成表", "G2", "2026-09-01")), "提成表!G2 “2026-09-01”: 结束早于开始 → 应不早于 2026-10-01 周四"),
    "two rates at once": (add("提成表", "店铺,0,3%"), "提成表!A3 “店铺”: 这一行重复了：A2 也有 → 只留一个"),
    "a penalty below nothing": (put("奖惩标准", "D2", -20), "奖惩标准!D2 “-20”: 不能是负数 → 填正数：是奖是罚由“性质”决定"),
    "a penalty twice": (add("奖惩标准", "迟到,,自然月,50,,本人,,未得薪酬"), "奖惩标准!A3 “迟到”: 这一行重复了：A2 也有 → 只留一个"),
    "a nature that isn't": (put("奖惩标准", "H2", "罚金"), "奖惩标准!H2 “罚金”: 性质：不在可选项里 → 只能填：未得薪酬、赔偿、罚款、奖励、只扣分"),
    "an allowance per week": (put("补贴", "C2", "周"), "补贴!C2 “周”: 单位：不在可选项里 → 只能填：月、出勤日、出勤班次"),
    "an allowance for somebody unknown": (put("补贴", "E2", "003"), "补贴!E2 “003”: 人员表里没有这个工号或姓名"),
    "an unknown element": (put("薪资项目", "A4", "comission"), "薪资项目!A4 “comission”: 薪资项目：没有这个薪资项目 → 是不是“commission”？"),
    "an unknown parameter": (put("薪资项目", "E2", "part_moth=反算"), "薪资项目!E2 “part_moth”: 这个项目没有这个参数 → 这个项目的参数：不满月"),
    "a parameter's wrong value": (put("薪资项目", "E2", "part_month=乱算"), "薪资项目!E2 “part_month=乱算”: 不满月：不在可选项里 → 只能填：计薪天数（正算）、缺勤天数（反算）"),
    "an element twice": (add("薪资项目", "base,,,,part_month=正算"), "薪资项目!A7 “底薪”: A2 那一行对王芳也算这一项，会重复计算 → 删掉一行，或写明各自的人员、日期或参数"),
    "an event to come": (put("事件", "A2", "2027-10-05 09:10"), "事件!A2 “2027-10-05 09:10”: 日期在将来 → 不晚于 {today}"),
    "an event of somebody unknown": (put("事件", "C2", "001、010"), "事件!C2 “010”: 人员表里没有这个工号或姓名"),
    "an event without a day": (put("事件", "A2", None), "事件!A2: “日期”没有填 → 填日期和时间，例如 2026-11-09 18:30"),
    "two openings of a year": (add("期初累计", "001,2026-07,30000,3000,0"), "期初累计!B3 “2026-07”: 王芳 在 2026 年有两行 → 只留一个"),
    "an opening month that isn't": (put("期初累计", "B2", "2026-13"), "期初累计!B2 “2026-13”: 截至月：不是月份 → 月份，例如 2026-10"),
    "rent and mortgage": (all_of(add("专项附加扣除", "001,住房租金,1500,2026-01"), add("专项附加扣除", "001,住房贷款利息,1000,2026-01")), "专项附加扣除!B4 “住房贷款利息”: 住房租金和住房贷款利息不能同时扣除 → 只留一个；另一个在 pay.xlsx 专项附加扣除!C3"),
    "a deduction that ends first": (put("专项附加扣除", "E2", "2025-12"), "专项附加扣除!E2 “2025-12”: 结束早于开始 → 应不早于 2026-01-01 周四"),
    "a share of 16 times": (put("城市参数", "F2", 16), "城市参数!F2 “16”: 单位比例：不是比例 → 百分比，例如 2%（或 0.02）"),
    "an insurance that isn't": (put("城市参数", "B2", "养来"), "城市参数!B2 “养来”: 险种：不在可选项里 → 只能填：养老保险、医疗保险、失业保险、工伤保险、生育保险、住房公积金"),
    "a floor above the ceiling": (put("城市参数", "C2", 90000), "城市参数!C2 “90000”: 高于基数上限 → 最大 20000"),
    "a city row without a day": (put("城市规定", "D2", None), "城市规定!D2: “日期自”没有填 → 填日期，例如 2026-11-09"),
    "a minimum wage in words": (put("城市规定", "B2", "两千"), "城市规定!B2 “两千”: 最低工资：不是金额 → 元，最多两位小数，例如 1234.50"),
    "a time that isn't": (put("考勤", "D2", "8点二十"), "考勤!D2 “8点二十”: 上班打卡：不是有效的时间 → 填 0:00 到 48:00 的时间，例如 8:30、24:00，次日 1:30 写 25:30"),
    "attendance of a day twice": (add("考勤", "001,,2026-10-05,8:30,17:00"), "考勤!C4 “2026-10-05”: 这个人这一天有两行：另一行在 C2 → 一人一天只写一行"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "line"), CELLS.values(), ids=CELLS)
def test_a_cell_of_the_workbook(spoil: Spoil, line: str, run: Run, desk: Path) -> None:
    spoil(desk)
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    done = refused(run, desk)
    line = line.replace("{today}", f"{today} 周{'一二三四五六日'[today.weekday()]}")
    assert (done.exit_code, done.stderr) == (3, f"{line}\n" if line.startswith(BOOK) else f"{BOOK} {line}\n")


def test_the_desk_as_it_is_runs(run: Run, desk: Path) -> None:
    done = run("--desk", desk, "pay", "run", "--month", "2026-10")
    assert done.exit_code == 0, done.output


PLACES = [
    "cstools.toml pay.attendence_from",
    "pay.xlsx 人员!B2",
    "pay.xlsx 底薪!C2",
    "pay.xlsx 奖惩标准!H2",
    "pay.xlsx 薪资项目!E2",
    "pay.xlsx 事件!A2",
    "pay.xlsx 考勤!D2",
    "订单1.csv C2",
    "pay.xlsx 城市参数!C2",
    "pay.xlsx 期初累计!B2",
    "pay.xlsx 提成表!C2",
]


def test_everything_at_once(run: Run, desk: Path) -> None:
    for name in (
        "nobody's name",
        "base pay in words",
        "2 instead of 2 %",
        "a nature that isn't",
        "an unknown parameter",
        "an event without a day",
        "an opening month that isn't",
        "a floor above the ceiling",
        "a time that isn't",
    ):
        CELLS[name][0](desk)
    for spoil, _ in (FILES["an amount in words"], FILES["an unknown setting"]):
        spoil(desk)
    done = refused(run, desk)
    assert done.exit_code == 3
    places = [line.split(" “")[0].split(":")[0] for line in done.stderr.splitlines()]
    assert places == PLACES


# --- choices that are still open --------------------------------------------------------------------------------------

CHOICES: Mapping[str, tuple[Spoil, str]] = {
    "an unknown city": (put("人员", "G2", "上还"), "pay.xlsx 薪资项目!A3，社保公积金：城市：“城市参数”里没有上还（pay.xlsx 人员!A2）"),
    "a scheme that isn't": (put("薪资项目", "E4", "scheme=店埔"), "pay.xlsx 薪资项目!A4，销售提成：方案：“提成表”里没有填了比例的方案“店埔”，现有 店铺"),
    "a way of counting orders": (setting('counts_on = "paid"', ""), "orders.counts_on：订单按哪个日期计业绩（只能填：created、paid、shipped、received、succeeded）"),
    "orders of two": (all_of(order("工号001", "工号001 转 工号002"), setting('ambiguous = "unpaid"', "")), "orders.ambiguous：备注有多个工号的订单算谁的（只能填：unpaid、first、last、split）"),
    "an allowance in a part month": (put("补贴", "D2", None), "pay.xlsx 薪资项目!A5，补贴：不满月：补贴“餐补”不满月时怎么发：全额、按出勤天数、还是按在职天数"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "line"), CHOICES.values(), ids=CHOICES)
def test_a_choice_that_nobody_has_made(spoil: Spoil, line: str, run: Run, desk: Path) -> None:
    spoil(desk)
    done = refused(run, desk)
    assert (done.exit_code, done.stderr) == (1, f"计算工资之前还有 1 项必须选定：\n{line}\n")


# --- settings, orders, the workbook as a file -------------------------------------------------------------------------

FILES: Mapping[str, tuple[Spoil, str]] = {
    "an unknown setting": (setting("[pay]\n", "[pay]\nattendence_from = 26\n"), "cstools.toml pay.attendence_from “26”: 没有这项设置 → 是不是“attendance_from”？"),
    "a section that isn't": (setting("[pay]\n", "[pays]\n"), "cstools.toml pays: 没有这一节"),
    "a period from the 31st": (setting("[pay]\n", "[pay]\nattendance_from = 31\n"), "cstools.toml pay.attendance_from “31”: 这项设置不能这样填 → 每月的几号，1 到 28"),
    "a day paid that isn't": (setting('paid_in = "same"', 'paid_in = "later"'), "cstools.toml pay.paid_in “later”: 这项设置不能这样填 → “same” 或 “next”"),
    "a pattern that is none": (setting("[orders]\n", "[orders]\nnumber_pattern = '('\n"), "cstools.toml orders.number_pattern “(”: 这项设置不能这样填 → 带一个括号组的匹配式，如“工号(\\d+)”"),
    "no toml": (setting("[pay]\n", "[pay\n"), 'cstools.toml 第3行 “[pay”: 这一行读不懂 → 一行一项，如 team = "team.xlsx"'),
    "no roster desk there": (setting("[pay]\n", 'roster_desk = "../shops"\n[pay]\n'), "cstools.toml roster_desk “../shops”: 那里没有排班文件夹：…/shops 里没有 cstools.toml → 排班文件夹，例如“../shop”"),
    "a roster desk that is a file": (setting("[pay]\n", 'roster_desk = "pay.xlsx"\n[pay]\n'), "cstools.toml roster_desk “pay.xlsx”: 那里没有排班文件夹：…/pay/pay.xlsx 里没有 cstools.toml → 排班文件夹，例如“../shop”"),
    "a zone that isn't": (setting("Asia/Shanghai", "Asia/Shangai"), "cstools.toml zone “Asia/Shangai”: 这项设置不能这样填 → 时区，如 “Asia/Shanghai”"),
    "an amount in words": (order("5000.00", "五千"), "订单1.csv C2 “五千”: 不是金额 → 金额，如 1234.50"),
    "an amount below nothing": (order("5000.00", "-5000.00"), "订单1.csv C2 “-5000.00”: 金额是负数 → 金额，如 1234.50"),
    "a number that Excel destroyed": (order("900000000000000001", "9.00E+17"), "订单1.csv A2 “9.00E+17”: Excel 已损坏此号码：只剩前 15 位是真的 → 请把这一列设为“文本”格式，再重新填写号码"),
    "a time that isn't": (order("2026-10-09 10:00:00", "2026-13-09 10:00:00"), "订单1.csv B2 “2026-13-09 10:00:00”: 不是有效的日期时间 → 填日期和时间，例如 2026-11-09 18:30"),
    "a column of orders renamed": (order("买家实际支付金额", "实付"), "订单1.csv A1: 缺少表头“买家实际支付金额” → 这一行只有：实付"),
    "a column of orders doubled": (order("宝贝标题", "订单备注"), "订单1.csv F1 “订单备注”: 这一列出现了两次 → 只留一列：另一列在 E1"),
    "an export in no encoding": (lambda desk: (desk / ORDERS).write_bytes(SOLD.encode("utf-16")), "订单1.csv: 文字编码既不是 UTF-8，也不是 GBK → 请在 Excel 中打开并另存为“CSV UTF-8”"),
    "an empty export": (lambda desk: (desk / ORDERS).write_bytes(b""), "订单1.csv: 工作表是空的 → 表头：订单编号、订单备注、订单付款时间、买家实际支付金额"),
    "a refund without an amount": (refund("20.00", ""), "退款1.csv C2: 没有金额 → 金额，如 1234.50"),
    "a refund's column gone": (refund("买家退款金额", "金额"), "退款1.csv A1: 缺少表头“买家退款金额” → 是不是“金额”？"),
    "no workbook": (lambda desk: (desk / BOOK).unlink(), "…/pay/pay.xlsx: 没有这个文件 → 请检查文件名和文件夹"),
    "a workbook that is none": (lambda desk: (desk / BOOK).write_bytes(b"PK\3\4 and no more"), "pay.xlsx: 工作簿已损坏，或者不是 .xlsx → 请在 Excel 中打开并另存为 .xlsx"),
    "a damaged workbook of Excel 97": (lambda desk: (desk / BOOK).write_bytes(OLE + bytes(4096)), "pay.xlsx: 工作簿已损坏，或者不是 .xlsx → 请在 Excel 中打开并另存为 .xlsx"),
    "a workbook with a password": (lambda desk: (desk / BOOK).write_bytes(OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(4096)), "pay.xlsx: 工作簿有密码保护 → 请取消密码后重新保存"),
    "an empty workbook": (lambda desk: (desk / BOOK).write_bytes(b""), "pay.xlsx: 这不是 Excel 工作簿 → 请在 Excel 中另存为 .xlsx"),
    "a workbook that is a folder": (all_of(lambda desk: (desk / BOOK).unlink(), lambda desk: (desk / BOOK).mkdir()), "…/pay/pay.xlsx: 文件读不了：这是文件夹 → 请给出工作簿或 csv 文件的路径"),
    "a roster desk's broken sheet": (all_of(setting("[pay]\n", 'roster_desk = "../shop"\n[pay]\n'), shop), "shop/team.xlsx 班次!D2 “晚上”: 结束：不是有效的时间 → 填 0:00 到 48:00 的时间，例如 8:30、24:00，次日 1:30 写 25:30"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "line"), FILES.values(), ids=FILES)
def test_a_file(spoil: Spoil, line: str, run: Run, desk: Path) -> None:
    spoil(desk)
    done = refused(run, desk)
    assert (done.exit_code, done.stderr.replace(str(desk.parent), "…")) == (3, f"{line}\n")


# --- options and places to write --------------------------------------------------------------------------------------

OPTIONS: Mapping[str, tuple[tuple[str, ...], int, str]] = {
    "no month": ((), 2, "--month"),
    "a month that isn't": (("--month", "2026-13"), 2, "2026-13"),
    "a day that isn't": (("--month", "2026-10", "--paid-on", "2026-02-30"), 2, "2026-02-30"),
    "a kind that isn't": (("--month", "2026-10", "--kind", "year"), 2, "year"),
    "somebody unknown": (("--month", "2026-10", "--only", "王方"), 2, "王方"),
    "a leaver without a name": (("--month", "2026-10", "--kind", "leaver"), 1, "--only"),
    "a leaver who hasn't left": (("--month", "2026-10", "--kind", "leaver", "--only", "001"), 1, "王芳"),
    "a file in the way": (("--month", "2026-10", "-o", "{desk}/pay.xlsx"), 2, "pay.xlsx"),
    "a file in the way of a folder": (("--month", "2026-10", "-o", "{desk}/pay.xlsx/工资"), 1, "pay.xlsx"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "code", "says"), OPTIONS.values(), ids=OPTIONS)
def test_an_option(words: tuple[str, ...], code: int, says: str, run: Run, desk: Path) -> None:
    done = refused(run, desk, *(word.format(desk=desk) for word in words or ("--dry-run",)))
    assert done.exit_code == code, done.stderr
    assert says in done.stderr


def test_a_register_that_is_open_in_excel(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run("--desk", desk, "pay", "run", "--month", "2026-10").stdout
    put("底薪", "C2", 7000)(desk)

    def held(_: Path, target: Path) -> None:
        raise PermissionError(13, "held", str(target))

    monkeypatch.setattr(Path, "replace", held)
    done = refused(run, desk)
    assert (done.exit_code, done.stderr.count("\n")) == (75, 1)
    assert "工资表_2026-10.xlsx" in done.stderr
    monkeypatch.undo()
    again = run("--desk", desk, "pay", "run", "--month", "2026-10").stdout
    assert ("6,379.60" in first, "7,379.60" in again) == (True, True), first


def test_what_looks_like_a_formula_stays_text(run: Run, desk: Path) -> None:
    order("工号001", "=1+1 工号001")(desk)
    put("事件", "F2", "'=HYPERLINK(1)")(desk)
    assert run("--desk", desk, "pay", "run", "--month", "2026-10").exit_code == 0
    book = load_workbook(desk / "工资" / "工资表_2026-10.xlsx")
    assert not [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_somebody_unknown_in_attendance_is_told_and_changes_nothing(run: Run, desk: Path) -> None:
    put("考勤", "A2", "010")(desk)
    done = run("--desk", desk, "pay", "run", "--month", "2026-10")
    assert done.exit_code == 0
    assert "010" in done.stdout


@pytest.mark.parametrize("name", [BOOK, ORDERS, "退款1.csv"])
def test_a_file_that_somebody_holds(name: str, run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows answers while Excel holds a file for itself."""
    read, begin = Path.read_bytes, Path.open

    def held(path: Path, work: Callable[..., Any], *words: Any, **more: Any) -> Any:
        if path.name == name:
            raise PermissionError(13, "held", str(path))
        return work(path, *words, **more)

    with monkeypatch.context() as context:
        context.setattr(Path, "read_bytes", lambda path: held(path, read))
        context.setattr(Path, "open", lambda path, *words, **more: held(path, begin, *words, **more))
        done = run("--desk", desk, "pay", "run", "--month", "2026-10")
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == f"{name}: 文件打不开：正被占用，或者没有读取权限 → 请在 Excel 中关闭它再试\n"
    assert {path.name for path in desk.iterdir()} == {BOOK, ORDERS, "退款1.csv", "cstools.toml"}
