"""Handover sheets' contents by code, for the tests of their forms."""

from dataclasses import replace
from datetime import date, datetime

from cstools.handover.sheet import (
    CheckLine,
    EquipmentLine,
    FigureLine,
    GateLine,
    Header,
    ItemLine,
    NoticeLine,
    OrderLine,
    Report,
    SheetContent,
    ShiftLine,
    SignatureLine,
    StaffLine,
    ThingLine,
    Who,
)
from cstools.handover.words import Severity, Stage, State, Status
from cstools.language import Text

DAY = date(2026, 11, 9)
WANG, LI = Who("1001", "王芳", ("主旺旺",), leader=True), Who("1002", "李秀英")
ZHANG, LIU = Who("1003", "张敏", leader=True), Who("1004", "刘洋", ("投诉",))


def at(hour: int, minute: int = 0, day: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, minute)


def shift(code: str, name: str, start: datetime, end: datetime) -> ShiftLine:
    return ShiftLine(DAY, code, name, start, end)


def header() -> Header:
    """Day to evening shift of an online shop, 30 minutes of overlap."""
    return Header(
        team="客服部",
        outgoing=(shift("白", "白班", at(8, 30), at(17)),),
        relief=(shift("晚", "晚班", at(16, 30), at(0, day=10)),),
        at=at(17),
        sheet_due=at(16, 20),
        outgoing_people=(WANG, LI),
        relief_people=(ZHANG, LIU),
        written=False,
        rostered=True,
        frozen=False,
        made_late=False,
        signed_late=False,
        state=State.DRAFT,
    )


def item(number: int, kind: str, title: str, severity: Severity = Severity.ORDINARY, **known: object) -> ItemLine:
    """An item of Wang's, opened today at ten."""
    plain = ItemLine(number, kind, severity, title, WANG, Status.WORKING, Stage.CALM, at(10), 0, today=True)
    return replace(plain, **known)  # type: ignore[arg-type] # fields by name


def small() -> SheetContent:
    """One of everything that a line can be, and words that look like markup and formulas."""
    urgent = item(
        12, "投诉", "<b>三倍赔偿</b> & *退款*", Severity.URGENT, stage=Stage.OVERDUE, due=at(16), promised=at(18),
        receiver=ZHANG, cause="收到的面膜破损", course='=HYPERLINK("x") 已致歉', advice="先退款再补发", wording="48 小时内到账",
        liable=(LI,), customer="陈女士", grade="VIP", reference="T20261109-07", contact="138****5678",
        escalate_to="主管", consequence="扣 5 分", missing=(Text("outcome"),), restate=True,
    )  # fmt: skip
    return SheetContent(
        header(),
        gates=(
            GateLine("grave", Text("urgent"), (Text("due {time}", time="#12"),)),
            GateLine("counted", Text("Repairs"), ()),
        ),
        first=(urgent,),
        callbacks=(item(15, "回访", "确认退款到账", due=at(10, day=10), stage=Stage.WARNED, receiver=LIU),),
        resolved=(
            item(9, "报修", "2 号电脑蓝屏", Severity.MAJOR, closed_at=at(15, 2), closed_by="李秀英", result="换内存条"),
        ),
        orders=(OrderLine(3, "大促期间不得先挂断", "主管 周丽", date(2026, 11, 1)),),
        notices=(
            NoticeLine(4, "优惠", "满 300 减 40", DAY, DAY, read=(ZHANG,), unread=(LIU,), expiring=True, new=True),
        ),
        equipment=(EquipmentLine("3 号座机", "杂音", fault=True, moving=False, at=at(14), by="李秀英", note="已报修"),),
        staff=(StaffLine(Text("leave"), Who("1005", "=1+1"), DAY, "事假"),),
        tasks=(CheckLine("核对售后工单", at(20)),),
        closing=(CheckLine("关显示器", done=at(16, 55), by="王芳"),),
        seats=(Text("{name} ({posts})", name="2 号座", posts="电话挂起"),),
        things=(ThingLine("样板间钥匙", 5, 4, "李秀英", at(16, 50), "王芳"), ThingLine("对讲机", 2)),
        figures=Report(DAY, "白班", "王芳", (FigureLine("总订单量", "132"), FigureLine("撤销量", "6"))),
        long_open=(item(2, "丢件", "快递丢失未赔", days=16, today=False, opened=at(9, day=1)),),
        signatures=(SignatureLine("out", WANG, at(17, 20), late=True),),
    )


def empty() -> SheetContent:
    """Nothing at all to hand over."""
    return SheetContent(header())


def red() -> SheetContent:
    """No roster, and still the open items."""
    unknown = replace(header(), outgoing=(), relief=(), outgoing_people=(), relief_people=(), rostered=False)
    return replace(small(), header=unknown)


def normal() -> SheetContent:
    """A normal shift: a dozen items, checklists, notices; it should be one page of A4."""
    told = [
        ("投诉", "面膜破损要求三倍赔偿，已致歉，等主管答复", Severity.URGENT),
        ("催发货", "双十一订单 48 小时未发，客户要求今晚给答复", Severity.MAJOR),
        ("回访", "退款到账后回访，确认满意", Severity.ORDINARY),
        ("留言", "夜间留言：换货尺码 L 改 XL", Severity.ORDINARY),
        ("投诉", "客服态度问题，客户要求书面道歉", Severity.MAJOR),
        ("报修", "3 号座机有杂音，已报修，工程部明早来", Severity.ORDINARY),
        ("缺货", "保湿霜 50g 缺货，预计周四到货，已逐个联系客户", Severity.ORDINARY),
        ("换货", "客户寄回的包裹未拆，请仓库核对后换新", Severity.ORDINARY),
        ("退款", "平台介入中的退款，24 小时内上传凭证", Severity.ORDINARY),
        ("丢件", "快递 SF1234 丢失，理赔材料已交", Severity.ORDINARY),
        ("潜在客户", "企业团购 200 套，周三前报价", Severity.ORDINARY),
    ]
    items = [
        item(
            number, kind, title, severity, receiver=(ZHANG, LIU)[number % 2], due=at(18 + number % 5),
            customer="陈女士", contact="138****5678", reference=f"T20261109-{number:02}",
            cause="快递途中挤压，外盒变形" if number % 2 else "", course="14:20 来电，已核对照片并登记", restate=severity.grave,
            stage=Stage.OVERDUE if number == 1 else Stage.CALM,
        )
        for number, (kind, title, severity) in enumerate(told, 1)
    ]  # fmt: skip
    notices = [
        NoticeLine(n, "优惠", f"第 {n} 波满减：满 300 减 40，可与店铺券叠加", DAY, DAY, unread=(ZHANG, LIU))
        for n in range(1, 4)
    ]
    opening = [
        CheckLine(text) for text in ("客服电话解挂并试拨", "看网站公告与后台通知", "清洁办公桌", "打开前四台电脑")
    ]
    closing = [
        CheckLine(text, done=at(16, 50), by="王芳")
        for text in ("电脑、显示器已关", "桌面整齐", "电话已挂起", "网络信息已处理")
    ]
    return replace(
        small(), first=tuple(items[:2]), callbacks=tuple(items[2:4]), complaints=(items[4],), repairs=(items[5],),
        open=tuple(items[6:]), notices=tuple(notices), opening=tuple(opening), closing=tuple(closing),
        last_report=Report(date(2026, 11, 8), "晚班", "刘洋", tuple(FigureLine(n, "41") for n in ("总订单量", "预订桌数", "反馈量"))),
        gates=(GateLine("arrival", Text("arrived"), ()), *small().gates), signatures=(),
    )  # fmt: skip


def many() -> SheetContent:
    """Sixty long items: as many pages as it takes."""
    long = "客户三次来电，情绪激动，要求当日答复；" * 8
    return replace(normal(), open=tuple(
        item(100 + n, "投诉", f"第 {n} 件{'很长的标题' * (n % 12)}", due=at(20), course=long[: 11 * n], customer="A" * n) for n in range(60)
    ))  # fmt: skip
