"""Make samples/shop-pay anew: the pay desk beside samples/shop, with three months of orders, refunds and attendance.

``python samples/_shop_pay/build_pay.py`` from the top of a checkout. Everything is seeded, and attendance follows the
rosters of samples/shop, so it comes out the same each time.
"""

import csv
import io
import random
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from cstools.pay.exports.tax import Taxed

if TYPE_CHECKING:
    from cstools.tables.write import Value

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent.parent
PAY: Final = HERE.parent / "shop-pay"
SHOP: Final = HERE.parent / "shop"
FIRST: Final = date(2026, 8, 20)  # the first orders that are received in September
LAST: Final = date(2026, 11, 30)
EXPORTS: Final = (
    ("202610010930", date(2026, 8, 20), date(2026, 9, 30)),
    ("202611010935", date(2026, 9, 15), date(2026, 10, 31)),
    ("202612010928", date(2026, 10, 15), date(2026, 11, 30)),
)
MONTHS: Final = ((date(2026, 9, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 10, 31)),
                 (date(2026, 11, 1), date(2026, 11, 30)))  # fmt: skip


def _names(*lines: str) -> tuple[str, ...]:
    """Headers written with commas between."""
    return tuple(name for line in lines for name in line.split(","))


# The headers of a shop's export, trailing blanks included.
HEADERS: Final = _names(
    "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额",
    "返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名",
    "收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ",
    "宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因",
    "卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id",
    "是否上传合同照片,是否上传小票,是否代付,定金排名,修改后的sku,修改后的收货地址",
    "异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易,新零售交易类型",
    "新零售导购门店名称,新零售导购门店id,新零售发货门店名称,新零售发货门店id,退款金额",
    "预约门店,确认收货时间,打款商家金额,含应开票给个人的个人红包",
)
GOODS: Final = (
    ("素木 白蜡木床头柜 北欧简约", 398), ("素木 橡木书桌 120cm", 1280), ("素木 松木儿童凳", 89), ("素木 黑胡桃砧板", 168),
    ("素木 榉木餐椅 两把装", 760), ("素木 竹木置物架 三层", 139), ("素木 樟子松鞋架", 119), ("素木 实木挂衣钩", 59),
    ("素木 橡木边几", 329), ("素木 原木相框 套装", 79),
)  # fmt: skip
NOTES: Final = (
    "工号{n}",
    "客服{n} 周五发货",
    "{n}",
    "kf{n} 送保养油",
    "工号：{n} 客户要求送货上门",
    "客服:{n}",
    "No.{n}，打木架",
)
SELLERS: Final = ("001", "002", "004", "005", "006", "007", "008", "009", "010", "011", "012", "013", "014", "015", "016",
                  "023", "024", "025")  # fmt: skip
SEED: Final = 20261101
sys.path.insert(0, str(ROOT))


# --- orders -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Order:
    """An order with all of its life; an export shows it as it is at its time."""

    number: str
    buyer: str
    title: str
    count: int
    paid: Decimal
    note: str
    created: datetime
    received: datetime | None
    closed: datetime | None
    refund: tuple[Decimal, datetime] | None = None
    silent: bool = False


def orders() -> list[Order]:
    """Some 65 orders a day, more of them around 11 November."""
    rng = random.Random(SEED)  # noqa: S311 - a story, not a secret
    found = []
    day, serial = FIRST, 3_900_000_000_000_000_000
    while day <= LAST:
        for _ in range(rng.randint(48, 68) + (90 if day in {date(2026, 11, 1), date(2026, 11, 11)} else 0)):
            serial += rng.randint(10**9, 10**11)
            found.append(_order(rng, day, str(serial)))
        day += timedelta(days=1)
    return found


def _order(rng: random.Random, day: date, number: str) -> Order:
    created = datetime.combine(day, time(rng.randint(8, 23), rng.randint(0, 59), rng.randint(0, 59)))
    title, price = rng.choice(GOODS)
    count = rng.choice((1, 1, 1, 2, 3))
    note = rng.choice(NOTES).format(n=_seller(rng, day))
    silent = False
    luck = rng.random()
    if luck < 0.012:  # nobody put a number in
        note = rng.choice(("", "周三发货", "送两瓶木蜡油"))
    elif luck < 0.020:  # two of them spoke with the buyer
        one, other = rng.sample([seller for seller in SELLERS if seller < "016"], 2)
        note = f"工号{one} 转 工号{other}"
    elif luck < 0.055:  # bought without a word to anybody
        note, silent = "", True
    elif luck < 0.060:
        title, price, count, note = *rng.choice((("补差价专用链接", 35), ("补邮费专用链接", 12))), 1, note
    if number.endswith("777"):
        note = "=1+1 工号004"  # a formula-like note stays text
    paid = Decimal(price * count) - Decimal(rng.choice((0, 0, 0, 5, 10, Decimal("8.80"))))
    received = created + timedelta(days=rng.randint(3, 11), minutes=rng.randint(0, 900))
    closed = created + timedelta(days=1) if rng.random() < 0.03 else None
    refund = None
    if closed is None and rng.random() < 0.035:  # some of them weeks later, in another month
        part = rng.choice((Decimal(1), Decimal(1), Decimal("0.3")))
        when = received + timedelta(days=rng.randint(1, 24), minutes=rng.randint(0, 600))
        refund = (paid * part).quantize(Decimal("0.01")), when
    buyer = f"tb{rng.randint(10**6, 10**8)}"
    return Order(number, buyer, title, count, paid, note, created, None if closed else received, closed, refund, silent)


def _seller(rng: random.Random, day: date) -> str:
    there = [one for one in SELLERS
             if not (one == "024" and day > date(2026, 10, 25)) and not (one == "025" and day < date(2026, 10, 28))
             and not (one == "016" and day < date(2026, 9, 16))]  # fmt: skip
    return rng.choice(there)


def export_row(order: Order, at: datetime) -> dict[str, str]:
    """An order as an export of a moment has it."""
    received = order.received if order.received and order.received <= at else None
    closed = order.closed and order.closed <= at
    status = "交易关闭" if closed else "交易成功" if received else "卖家已发货，等待买家确认"
    refunded = order.refund[0] if order.refund and order.refund[1] <= at else Decimal(0)
    paid = Decimal(0) if closed else order.paid
    values = {
        "订单编号": f'="{order.number}"', "买家会员名": order.buyer, "买家应付货款": f"{order.paid}", "买家应付邮费": "0.00",
        "总金额": f"{order.paid}", "买家实际支付金额": f"{paid}", "订单状态": status, "收货人姓名": "*", "运送方式": "快递",
        "联系手机": "'138****0000", "订单创建时间": f"{order.created}", "订单付款时间 ": f"{order.created}" if not closed else "null",
        "宝贝标题 ": order.title, "宝贝种类 ": "1", "订单备注": order.note, "宝贝总数量": str(order.count), "店铺名称": "素木旗舰店",
        "订单关闭原因": "买家未付款" if closed else "", "是否手机订单": "手机订单", "退款金额": f"{refunded:.2f}",
        "确认收货时间": f"{received}" if received else "null", "打款商家金额": f"{paid - refunded}元",
    }  # fmt: skip
    return {header: values.get(header, "") for header in HEADERS}


def write_orders(found: Iterable[Order]) -> None:
    """The exports of orders and refunds, and the list of those bought in silence."""
    found = list(found)
    for stamp, first, last in EXPORTS:
        at = datetime.strptime(stamp, "%Y%m%d%H%M")  # noqa: DTZ007 - wall time
        rows = [export_row(order, at) for order in found if first <= order.created.date() <= last]
        write_csv(PAY / "订单" / f"ExportOrderList{stamp}.csv", HEADERS, rows)
        refunds = [
            order for order in found if order.refund and first <= order.refund[1].date() and order.refund[1] <= at
        ]
        write_csv(PAY / "退款" / f"退款_{stamp}.csv", REFUNDS, map(refund_row, refunds))
    silent = [{"订单编号": f'="{order.number}"', "说明": "聊天记录里没有接待"} for order in found if order.silent]
    write_csv(PAY / "闷拍订单.csv", ("订单编号", "说明"), silent)


REFUNDS: Final = _names(
    "退款编号,订单编号,买家会员名,退款状态,售中或售后,买家退款金额,退款申请时间,退款完结时间,买家退款原因"
)


def refund_row(order: Order) -> dict[str, str]:
    """A refund as the shop exports it."""
    amount, when = order.refund or (Decimal(0), order.created)
    return {"退款编号": f'="9{order.number[1:]}"', "订单编号": f'="{order.number}"', "买家会员名": order.buyer,
            "退款状态": "退款成功", "售中或售后": "售后", "买家退款金额": f"{amount}",
            "退款申请时间": f"{when - timedelta(days=1)}", "退款完结时间": f"{when}",
            "买家退款原因": "七天无理由" if amount == order.paid else "运输磕碰，部分退款"}  # fmt: skip


def write_csv(path: Path, headers: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
    """A csv file as the shop's back end writes it: GBK, CRLF."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(headers), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode("gb18030"))


# --- attendance -------------------------------------------------------------------------------------------------------

DAILY: Final = _names(
    "姓名,考勤组,部门,工号,职位,UserId,日期,班次,上班1打卡时间,上班1打卡结果,下班1打卡时间,下班1打卡结果",
    "关联的审批单,出勤天数,休息天数,工作时长,迟到次数,迟到时长,早退次数,早退时长,上班缺卡次数,下班缺卡次数",
    "旷工天数,请假-事假(小时),请假-病假(小时),请假-年假(小时),请假-调休(小时),加班-审批单统计",
)


def rosters() -> dict[tuple[date, str], tuple[int, int, str]]:
    """Start, end and shift of everybody's duties as published and changed; the days after as those two weeks before."""
    from cstools.desk import Desk
    from cstools.duties import board

    published = board(Desk.find(SHOP).journal)
    found = {(posted.duty.day, posted.duty.person): (posted.shift.start, min(posted.shift.end, 24 * 60), posted.shift.code)
             for posted in published.within(FIRST, LAST)}  # fmt: skip
    last = max(published.days)
    for day in _days(last + timedelta(days=1), LAST):
        then = day - timedelta(days=14)
        found |= {(day, person): what for (on, person), what in list(found.items()) if on == then}
    return found


def leaves() -> dict[tuple[date, str], tuple[str, int]]:
    """Approved leave of the roster desk, whole days; and a few that nobody there knows of."""
    from cstools.desk import Desk
    from cstools.team.leave import leave

    found = dict(LEAVE)
    for one in leave(Desk.find(SHOP), LAST):
        if one.approved:
            found |= {(day, one.person): (one.kind, 8) for day in _days(one.first, one.last)}
    return found


def attendance(people: Mapping[str, str], duties: Mapping[tuple[date, str], tuple[int, int, str]]) -> None:
    """A month's 每日统计 for each month: mostly in time, sometimes late, once in a while a punch forgotten."""
    from cstools.tables.write import BookWriter

    rng = random.Random(SEED + 1)  # noqa: S311 - a story
    away = leaves()
    for first, last in MONTHS:
        rows = [row for day in _days(first, last) for number in people
                if (row := _day_row(rng, day, number, people[number], duties.get((day, number)), away.get((day, number))))]  # fmt: skip
        made = datetime.combine(last + timedelta(days=1), time(9, 5))
        book = BookWriter("每日统计", made)
        sheet = book.sheet("每日统计")
        sheet.put(1, 1, f"每日统计表 统计日期：{first} 至 {last}")
        sheet.put(2, 1, f"报表生成时间：{made:%Y-%m-%d %H:%M}")
        sheet.row(3, DAILY)
        for number, row in enumerate(rows, 4):
            sheet.row(number, [cast("Value", row.get(name)) for name in DAILY])
        path = PAY / "考勤" / f"素木家居_每日统计_{first:%Y%m%d}-{last:%Y%m%d}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)


def _days(first: date, last: date) -> Iterator[date]:
    yield from (first + timedelta(days=after) for after in range((last - first).days + 1))


LEAVE: Final = {  # (day, number): kind and hours
    (date(2026, 9, 17), "006"): ("事假", 8), (date(2026, 10, 14), "012"): ("事假", 4), (date(2026, 10, 20), "019"): ("病假", 8),
    (date(2026, 10, 21), "019"): ("病假", 8), (date(2026, 11, 6), "008"): ("事假", 8),
}  # fmt: skip
STAYED: Final = {  # (day, number): until when somebody stayed for overtime, in minutes
    (date(2026, 9, 12), "006"): 19 * 60 + 4, (date(2026, 10, 12), "014"): 20 * 60 + 6,
    (date(2026, 11, 9), "020"): 20 * 60 + 2, (date(2026, 11, 11), "011"): 20 * 60 + 5,
}  # fmt: skip
EMPLOYED: Final = {
    "016": (date(2026, 9, 14), LAST),
    "024": (FIRST, date(2026, 10, 25)),
    "025": (date(2026, 10, 26), LAST),
}


def _day_row(
    rng: random.Random,
    day: date,
    number: str,
    name: str,
    duty: tuple[int, int, str] | None,
    away: tuple[str, int] | None,
) -> dict[str, object] | None:
    first, last = EMPLOYED.get(number, (FIRST, LAST))
    if not first <= day <= last:
        return None
    base: dict[str, object] = {"姓名": name, "考勤组": "客服", "部门": "客服部", "工号": number, "职位": "客服",
                               "UserId": f"01635748{number[1:]}", "日期": f"{day:%y-%m-%d}"}  # fmt: skip
    if away:
        kind, hours = away
        return {**base, "班次": "白班 08:30-17:00", "上班1打卡结果": "请假", "下班1打卡结果": "请假", "出勤天数": 0 if hours == 8 else 1,
                f"请假-{kind}(小时)": hours}  # fmt: skip
    if duty is None:
        return {**base, "班次": "休息", "上班1打卡结果": "", "下班1打卡结果": "", "出勤天数": 0, "休息天数": 1}
    row = {**base, **_worked(rng, duty)}
    if stayed := STAYED.get((day, number)):
        row |= {"下班1打卡时间": _clock(stayed), "下班1打卡结果": "正常", "下班缺卡次数": 0}
    return row


def _worked(rng: random.Random, duty: tuple[int, int, str]) -> dict[str, object]:
    start, end, code = duty
    luck = rng.random()
    late = rng.choice((4, 7, 12, 18)) if luck < 0.010 else rng.choice((38, 52)) if luck < 0.012 else 0
    came = start + late - (0 if late else rng.randint(3, 14))
    went = end + rng.choice((0, 1, 2, 5, 8))
    forgot = 0.012 <= luck < 0.018
    row: dict[str, object] = {
        "班次": f"{code}班 {_clock(start)}-{_clock(end)}", "上班1打卡时间": _clock(came),
        "上班1打卡结果": "迟到" if late else "正常", "下班1打卡时间": None if forgot else _clock(went),
        "下班1打卡结果": "缺卡" if forgot else "正常", "出勤天数": 1, "工作时长": round((end - start - 30) / 60, 1),
        "迟到次数": 1 if late else 0, "迟到时长": late, "下班缺卡次数": 1 if forgot else 0,
    }  # fmt: skip
    return row


def _clock(minutes: int) -> str:
    day, rest = divmod(minutes, 24 * 60)
    return f"{'次日 ' if day else ''}{rest // 60:02d}:{rest % 60:02d}"


# --- what others have -------------------------------------------------------------------------------------------------

DECLARED: Final = _names(
    "工号,姓名,证件类型,证件号码,税款所属期起,税款所属期止,所得项目,本期收入,本期费用,本期免税收入",
    "本期基本养老保险费,本期基本医疗保险费,本期失业保险费,本期住房公积金,累计收入额,累计免税收入,累计减除费用,累计专项扣除",
    "累计子女教育支出扣除,累计继续教育支出扣除,累计住房贷款利息支出扣除,累计住房租金支出扣除,累计赡养老人支出扣除",
    "累计3岁以下婴幼儿照护支出扣除,累计个人养老金扣除,累计其他扣除,累计应纳税所得额,累计应纳税额,累计减免税额",
    "累计应扣缴税额,累计已预缴税额,累计应补(退)税额,备注",
)
BILL: Final = _names("姓名,证件号码,险种,费款所属期,缴费类型,个人应缴,单位应缴")
BILLED: Final = {
    "pension": "基本养老保险",
    "medical": "基本医疗保险",
    "unemployment": "失业保险",
    "injury": "工伤保险",
    "fund": "住房公积金",
}


def others() -> None:
    """September as the tax client and the offices have it: declared and billed as it was paid."""
    from cstools.desk import Desk
    from cstools.pay.asked import Asked
    from cstools.pay.exports.tax import taxed
    from cstools.pay.making import make

    with TemporaryDirectory() as folder:
        for source, name in ((SHOP, "shop"), (PAY, "shop-pay")):
            shutil.copytree(source, Path(folder) / name)
        people = taxed(make(Desk.find(Path(folder) / "shop-pay"), Asked(MONTHS[0][0])).slips)
    write_csv(PAY / "扣缴端" / "202610_税款计算.csv", DECLARED, map(declared_row, people))
    write_csv(PAY / "账单" / "202609_社保公积金.csv", BILL, (row for one in people for row in bill_rows(one)))


def declared_row(one: "Taxed") -> dict[str, str]:
    """A person's row of 税款计算."""
    from cstools.pay.exports.tax import SPECIAL
    from cstools.pay.slip import Group

    sums = {key: one.fact(f"sum.tax.{key}") for key in ("income", "free", "basic", "insurance", "special", "other")}
    taxable = max(sums["income"] * 2 - sum(sums.values()), Decimal(0))
    before, due = one.fact("sum.tax.withheld_before"), one.added("tax.withheld")
    own = dict(zip(DECLARED[10:14], map(one.own, ("pension", "medical", "unemployment", "fund")), strict=True))
    amounts = {
        "本期收入": one.total(Group.EARNED, Group.TAX_FREE), "本期费用": Decimal(0),
        "本期免税收入": one.total(Group.TAX_FREE), **own, "累计收入额": sums["income"], "累计免税收入": sums["free"],
        "累计减除费用": sums["basic"], "累计专项扣除": sums["insurance"],
        **dict(zip(DECLARED[18:25], map(one.special, SPECIAL.values()), strict=True)), "累计其他扣除": sums["other"],
        "累计应纳税所得额": taxable, "累计应纳税额": before + due, "累计减免税额": Decimal(0),
        "累计应扣缴税额": before + due, "累计已预缴税额": before, "累计应补(退)税额": due,
    }  # fmt: skip
    who = {"工号": one.person, "姓名": one.name, "证件类型": "居民身份证", "证件号码": f"{one.about['id_number']}\t",
           "税款所属期起": "2026-10-01", "税款所属期止": "2026-10-31", "所得项目": "正常工资薪金"}  # fmt: skip
    return {head: who.get(head) or (f"{amounts[head]:.2f}" if head in amounts else "") for head in DECLARED}


def bill_rows(one: "Taxed") -> Iterator[dict[str, str]]:
    """A person's rows of the bills, one for each insurance and the fund."""
    for key, name in BILLED.items():
        own, employer = one.own(key), one.employer(key)
        if own or employer:
            yield {"姓名": one.name, "证件号码": f"{one.about['id_number']}\t", "险种": name, "费款所属期": "202609",
                   "缴费类型": "正常应缴", "个人应缴": f"{own:.2f}", "单位应缴": f"{employer:.2f}"}  # fmt: skip


# --- the desk ---------------------------------------------------------------------------------------------------------


def main() -> None:
    """Write the desk: its workbook and settings, orders, refunds, attendance."""
    from cstools.pay.template import compose

    PAY.mkdir(exist_ok=True)
    for name, data in compose([ROOT / "templates" / "pay", HERE]).items():
        (PAY / name).write_bytes(data)
    write_orders(orders())
    with (HERE / "人员.csv").open(encoding="utf-8", newline="") as file:
        people = {row["工号"]: row["姓名"] for row in csv.DictReader(file)}
    attendance(people, rosters())
    others()


if __name__ == "__main__":
    main()
