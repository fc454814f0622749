"""A pay desk of five whose month ends are done: insured, with IDs and accounts, a bonus by itself and a leaver."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from click.testing import CliRunner
from openpyxl import Workbook
from pay_desks import pay_desk

from cstools.cli import main
from cstools.desk import Desk
from cstools.pay import store
from cstools.pay.slip import Slip

TOML = """profile = "pay"
zone = "Asia/Shanghai"
[pay]
paid_in = "next"
[orders]
files = ["订单*.csv"]
counts_on = "paid"
ambiguous = "unpaid"
"""
IDS = {"001": "310101198901010005", "002": "310101199606120003", "003": "310101199011230000",
       "004": "310101199704070003", "005": "31010119980202000X"}  # fmt: skip
ACCOUNTS = {number: f"6225880000000{number}19" for number in IDS}
PEOPLE = "工号,姓名,入职,离职,参加工作,部门,岗位,城市,社保基数,公积金基数,公积金比例,证件号码,手机号码,开户行,银行账号,钉钉\n"


def people(**changed: str) -> str:
    """Sheet 人员; ``changed`` gives another row for one of the numbers, as n003."""
    names = {"001": "王芳", "002": "李强", "003": "张伟", "004": "刘洋", "005": "陈静"}
    hired = {"004": "2026-06-01"}
    rows = {
        number: f"{number},{name},{hired.get(number, '2024-03-01')},{'2026-10-20' if number == '005' else ''},2015-07-01,"
        f"{'售后' if number == '003' else '售前'},客服,上海,9000,9000,7%,{IDS[number]},13800000{number},招商银行,"
        f"{ACCOUNTS[number]},ding{number}"
        for number, name in names.items()
    }  # fmt: skip
    rows |= {key[1:]: row for key, row in changed.items()}
    return PEOPLE + "".join(f"{row}\n" for row in rows.values())


SHEETS: Mapping[str, str] = {
    "人员": people(),
    "底薪": "工号,底薪,起始日期\n001,12000,\n002,9000.5,\n003,8000,\n004,15000,\n005,6000,\n",
    "薪资项目": "薪资项目,参数\nbase,part_month=反算\nmanual,\ncommission,scheme=店铺\nbonus,taxed=单独计税\n"
                "annual_leave,pays=另付两倍\n",
    "事件": "日期,事件,人员,金额,原因,批准人\n2026-09-12,手工,002,123.45,双节值班,王总\n"
            "2026-10-08,年终奖,001,36000,提前发年终奖,王总\n2026-10-09,年终奖,002,36001,提前发年终奖,王总\n",
    "专项附加扣除": "工号,扣除项目,元/月,起始月,截止月\n002,子女教育,2000,2026-01,\n004,住房租金,1500,2026-06,\n"
                    "001,个人养老金,1000,2026-09,\n",
    "期初累计": "工号,截至月,累计收入,累计专项扣除,累计专项附加扣除,已扣税额\n"
                "001,2026-09,108000,14175,0,2362.5\n002,2026-09,81004.5,14175,18000,114.89\n"
                "003,2026-09,72000,14175,0,384.75\n004,2026-09,60000,6300,6000,831\n005,2026-09,54000,14175,0,0\n",
}  # fmt: skip
RUNS = ("--month 2026-09", "--month 2026-10 --kind leaver --only 陈静", "--month 2026-10 --kind bonus",
        "--month 2026-10")  # fmt: skip
NAMES = ("2026-09", "2026-10-leaver-005", "2026-10-bonus", "2026-10")


def pay(folder: Path, *words: object, code: int = 0) -> str:
    """What ``cstools pay`` says; it must end with a code."""
    done = CliRunner().invoke(main, ["--desk", str(folder), "pay", *map(str, words)])
    assert done.exit_code == code, done.output
    return done.output


def month_ends(
    folder: Path, sheets: Mapping[str, str] | None = None, runs: tuple[str, ...] = RUNS, toml: str = TOML
) -> Path:
    """The desk with its runs made, approved and closed, one after the other."""
    desk = pay_desk(folder, {**SHEETS, **(sheets or {})}, toml=toml)
    for asked, name in zip(runs, NAMES, strict=False):
        pay(desk, "run", *asked.split())
        for step in ("approve", "close"):
            pay(desk, step, "--month", name[:7], "--run", name)
    return desk


def slips(folder: Path, run_id: str) -> dict[str, Slip]:
    """The slips that a run has kept, by number."""
    with Desk.find(folder).journal.reading() as pages:
        assert pages
        one = store.standing(pages, run_id)
        assert one
        return {slip.person: slip for slip in store.slips(pages, one)}


def workbook(path: Path, *rows: Sequence[object]) -> Path:
    """A workbook of one sheet with these rows."""
    book = Workbook()
    sheet = book.active
    assert sheet
    for row in rows:
        sheet.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path
