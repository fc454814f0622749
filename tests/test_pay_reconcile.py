"""Theirs against ours: planted differences are found with their causes, and no other; their files are read in place."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pay_desks import pay_desk
from pay_month_ends import IDS, SHEETS, TOML, month_ends, pay, people, slips
from tax_clients import NEWER, OLDER, Filed, export, filed

from cstools.language import speak

MORE = {"006": ("赵敏", "310101199109180005"), "007": ("周涛", "310101199912240003")}
NAMES = {
    "001": "王芳",
    "002": "李强",
    "003": "张伟",
    "004": "刘洋",
    "005": "陈静",
    **{n: name for n, (name, _) in MORE.items()},
}
OPENED: Mapping[str, tuple[str, str, str]] = {  # income, insurance and tax of January to September
    "001": ("108000", "14175", "2362.5"), "002": ("81004.5", "14175", "114.89"), "003": ("72000", "14175", "384.75"),
    "004": ("60000", "6300", "831"), "005": ("81000", "14175", "654.75"), "006": ("90000", "14175", "924.75"),
    "007": ("90000", "14175", "924.75"),
}  # fmt: skip
SEVEN = {
    "人员": people(**{f"n{n}": f"{n},{name},2024-03-01,,,售前,客服,上海,9000,9000,7%,{number},,,,"
                    for n, (name, number) in MORE.items()}),
    "底薪": SHEETS["底薪"].replace("005,6000", "005,9000") + "006,10000,\n007,10000,\n",
    "期初累计": SHEETS["期初累计"].replace("005,2026-09,54000,14175,0,0", "005,2026-09,81000,14175,0,654.75") + "006,2026-09,90000,14175,0,924.75\n007,2026-09,90000,14175,0,924.75\n",
}  # fmt: skip
RUNS = ("--month 2026-09", "--month 2026-10 --kind leaver --only 005")  # both taxed in October


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    speak("zh")
    return month_ends(tmp_path_factory.mktemp("desks") / "pay", SEVEN, RUNS)


def truth(desk: Path) -> dict[str, Filed]:
    """What the client holds where everything was declared as it is here."""
    special = {"002": {"累计子女教育支出扣除": Decimal(20000)}, "004": {"累计住房租金支出扣除": Decimal(7500)}}
    found = {}
    runs = [slips(desk, name) for name in ("2026-09", "2026-10-leaver-005")]
    for number, name in NAMES.items():
        before = dict(zip(("income", "insurance", "withheld"), map(Decimal, OPENED[number]), strict=True))
        one = Filed(number, name, {**IDS, **{n: i for n, (_, i) in MORE.items()}}[number], before=before,
                    months=5 if number == "004" else 10, special=special.get(number, {}),
                    other=Decimal(1000) if number == "001" else Decimal(0))  # fmt: skip
        found[number] = filed(one, [run[number] for run in runs if number in run])
    return found


def reconcile(desk: Path, path: Path, *, code: int) -> list[list[str]]:
    """The rows of the table it tells, by cells."""
    said = pay(desk, "reconcile", "tax", path, "--month", "2026-09", code=code).splitlines()
    start = next((place for place, line in enumerate(said) if set(line) <= {"-", " "} and line.strip()), None)
    if start is None:
        return []
    return [line.split(maxsplit=5) for line in said[start + 1 :]]


def planted(found: Mapping[str, Filed]) -> list[Filed]:
    """Five differences, one for each of five people; 005 and 006 stay as they are."""
    base = {head: Decimal(amount) for head, amount in (("本期基本养老保险费", "800"), ("本期基本医疗保险费", "200"),
                                                       ("本期失业保险费", "50"), ("本期住房公积金", "700"))}  # fmt: skip
    changed = {
        "001": replace(found["001"], months=9),  # joined a month later there
        "002": replace(
            found["002"], special={"累计子女教育支出扣除": Decimal(18000)}
        ),  # given up in the app in October
        "003": replace(found["003"], before={**found["003"].before, "withheld": Decimal("300.00")}),
        "004": replace(found["004"], own=base),  # insured there on 10,000
    }
    return [changed.get(number, one) for number, one in found.items() if number != "007"]


@pytest.mark.parametrize("renamed", [{}, OLDER, NEWER], ids=["as described", "older", "newer"])
def test_what_was_declared_as_it_is_agrees(renamed: Mapping[str, str], desk: Path, tmp_path: Path) -> None:
    path = export(tmp_path / "税款计算.csv", "2026-10", truth(desk).values(), renamed)
    with path.open("ab") as file:
        file.write("合计,,,,,,,71123.45\r\n".encode("gb18030"))
    said = pay(desk, "reconcile", "tax", path, "--month", "2026-09")
    assert "7" in said
    assert "一致" in said or "没有差异" in said


@pytest.mark.parametrize("renamed", [{}, OLDER, NEWER], ids=["as described", "older", "newer"])
def test_five_planted_differences_are_found_with_their_causes_and_no_other(
    renamed: Mapping[str, str], desk: Path, tmp_path: Path
) -> None:
    path = export(tmp_path / "税款计算.csv", "2026-10", planted(truth(desk)), renamed)
    rows = reconcile(desk, path, code=1)
    assert [(row[0], row[1]) for row in rows] == [(n, NAMES[n]) for n in ("001", "002", "003", "004", "007")]
    told = {row[0]: " ".join(row[2:]) for row in rows}
    assert "累计减除费用 45,000.00 50,000.00" in told["001"]
    assert "入职月份" in told["001"]
    assert "累计专项附加扣除 18,000.00 20,000.00" in told["002"]
    assert "子女教育 18,000.00（我方 20,000.00）" in told["002"]
    assert "300.00 384.75" in told["003"]
    assert "期初累计" in told["003"]
    assert "养老保险、医疗保险、失业保险、住房公积金" in told["004"].replace(" ", "")
    assert "1,750.00 1,575.00" in told["004"]
    assert "基数" in told["004"]
    assert "人员信息采集" in told["007"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"number": ""}, None),  # by ID alone
        ({"number": "", "id_number": ""}, None),  # by name alone
        ({"number": "99", "name": "刘 洋"}, None),  # another number there: by ID
        ({"number": "", "id_number": "310101198906090008"}, "004"),  # a namesake
        ({"income": Decimal("14999.99")}, "收入"),
        ({"other": Decimal(500)}, "应纳税所得额"),
    ],
)
def test_a_person_is_found_by_id_number_or_name(
    change: dict[str, object], told: str | None, desk: Path, tmp_path: Path
) -> None:
    found = truth(desk)
    found["004"] = replace(found["004"], **change)  # type: ignore[arg-type] # fields by name
    path = export(tmp_path / "税款计算.csv", "2026-10", found.values())
    rows = reconcile(desk, path, code=1 if told else 0)
    assert {row[0] for row in rows} <= {"004", "刘洋"}
    assert len(rows) == (1 if told else 0) + (told == "004")  # a namesake: one who is nobody's, one who is missing
    if told and told != "004":
        assert told in rows[0][2]


def test_a_tax_that_no_sum_explains_is_told_as_such(desk: Path, tmp_path: Path) -> None:
    path = export(tmp_path / "税款计算.csv", "2026-10", truth(desk).values())
    text = path.read_bytes().decode("gb18030")
    lines = text.splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith("003,"))
    lines[at] = ",".join([*lines[at].split(",")[:-2], "50.00", ""])
    path.write_bytes("\n".join(lines).encode("gb18030"))
    (row,) = reconcile(desk, path, code=1)
    assert row[0] == "003"
    assert "50.00 42.75" in " ".join(row[3:])
    assert "税率表" in row[-1]


def test_the_file_of_another_month_is_refused(desk: Path, tmp_path: Path) -> None:
    path = export(tmp_path / "税款计算.csv", "2026-09", truth(desk).values())
    said = pay(desk, "reconcile", "tax", path, "--month", "2026-09", code=3)
    assert "税款计算.csv F2" in said
    assert "2026-10" in said


def test_a_file_without_its_columns_is_refused_by_name(desk: Path, tmp_path: Path) -> None:
    path = export(tmp_path / "税款计算.csv", "2026-10", truth(desk).values(), {"累计应补(退)税额": "补税"})
    assert "累计应补(退)税额" in pay(desk, "reconcile", "tax", path, "--month", "2026-09", code=3)


def test_a_bonus_taxed_apart_is_compared_by_itself(tmp_path: Path) -> None:
    desk = month_ends(tmp_path / "pay", None, ("--month 2026-09", "--month 2026-10 --kind leaver --only 005",
                                               "--month 2026-10 --kind bonus"))  # fmt: skip
    heads = "工号,姓名,证件号码,税款所属期止,所得项目,本期收入,应补(退)税额\n"
    path = tmp_path / "奖金.csv"
    row = "{0},{1},{2},2026-11-30,全年一次性奖金收入,{3},{4}\n"
    good = row.format("001", "王芳", IDS["001"], 36000, 1080)
    path.write_text(heads + good + row.format("002", "李强", IDS["002"], 36001, 3390.1), encoding="utf-8-sig")
    words = ("reconcile", "tax", path, "--month", "2026-10", "--run", "2026-10-bonus")
    assert "2" in pay(desk, *words)
    path.write_text(heads + good + row.format("002", "李强", IDS["002"], 36001, 1080.03), encoding="utf-8-sig")
    assert "1,080.03" in pay(desk, *words, code=1)
    assert "3,390.10" in pay(desk, *words, code=1)


# --- insurance --------------------------------------------------------------------------------------------------------

_SHARES = {  # of a base of 9,000 in Shanghai: own and employer's share
    "养老": ("720", "1440"), "医疗": ("180", "810"), "失业": ("45", "45"), "工伤": ("0", "18"), "住房公积金": ("630", "630"),
}  # fmt: skip


def bill(path: Path, rows: Iterable[str]) -> Path:
    path.write_text("姓名,证件号码,险种,费款所属期,缴费类型,个人应缴,单位应缴\n" + "".join(f"{row}\n" for row in rows),
                    encoding="utf-8-sig")  # fmt: skip
    return path


def billed(number: str, *, times: Decimal = Decimal(1), schemes: Iterable[str] = _SHARES) -> list[str]:
    """Somebody's rows, on another base by so many times."""
    name, one = NAMES[number], {**IDS, **{n: i for n, (_, i) in MORE.items()}}[number]
    return [f"{name},{one},{scheme},202609,正常应缴,{Decimal(own) * times:.2f},{Decimal(employer) * times:.2f}"
            for scheme, (own, employer) in _SHARES.items() if scheme in schemes]  # fmt: skip


def insurance(desk: Path, path: Path, *, code: int) -> str:
    return pay(desk, "reconcile", "insurance", path, "--month", "2026-09", code=code)


def test_bills_that_agree(desk: Path, tmp_path: Path) -> None:
    rows = [row for number in NAMES for row in billed(number)]
    rows.append("合计,,,,,11025.00,20601.00")
    assert "7" in insurance(desk, bill(tmp_path / "账单.csv", rows), code=0)
    fund = [row for number in NAMES for row in billed(number, schemes=["住房公积金"])]
    assert "7" in insurance(desk, bill(tmp_path / "公积金.csv", fund), code=0)  # by itself: the others aren't missed


def test_planted_differences_of_bills_are_found_with_their_causes_and_no_other(desk: Path, tmp_path: Path) -> None:
    late = "王芳,310101198901010005,养老,202608,补缴,40.00,80.00"
    cents = [row.replace(",45.00,45.00", ",45.10,44.90") for row in billed("002")]  # rounded to the jiao there
    other = billed("003", times=Decimal(10) / 9)
    gone = "孙磊,31010119980202000X,养老,202609,正常应缴,720.00,1440.00"
    unsaid = "赵敏,310101199109180005,医疗,202608,正常应缴,20.00,90.00"
    rows = [*billed("001"), late, unsaid, *cents, *other, *billed("005"), *billed("006"), *billed("007"), gone]
    rows = [row for row in rows if not row.startswith("孙磊")] + [
        gone.replace("31010119980202000X", "310101197001010000")
    ]
    said = insurance(desk, bill(tmp_path / "账单.csv", rows), code=1).splitlines()
    told = [line for line in said if line[:3] in NAMES or "孙磊" in line]
    assert [line[:3] for line in told][:5] == ["001", "002", "003", "004", "006"]
    assert len(told) == 6
    assert "2026-08" in told[4]
    assert "补缴" in told[0]
    assert "2026-08" in told[0]
    assert "取整" in told[1]
    assert "10,000.00" in told[2]
    assert "9,000.00" in told[2]
    assert "账单" in told[3]
    assert "孙磊" in told[5]


def test_a_bill_with_a_row_for_each_share_is_read_too(desk: Path, tmp_path: Path) -> None:
    names = {
        "养老": "企业职工基本养老保险费",
        "医疗": "职工基本医疗保险费(含生育)",
        "失业": "失业保险费",
        "工伤": "工伤保险费",
    }
    rows = [
        f"{name},{one},{names[scheme]}({side}缴纳),2026-09-01,{amount}"
        for number, (name, one) in {n: (NAMES[n], {**IDS, **{n: i for n, (_, i) in MORE.items()}}[n]) for n in NAMES}.items()
        for scheme, shares in _SHARES.items() if scheme in names
        for side, amount in zip(("个人", "单位"), shares, strict=True)
        if number != "003" or scheme != "失业"
    ]  # fmt: skip
    path = tmp_path / "社保费.csv"
    path.write_text("姓名,证件号码,征收品目,费款所属期,应缴费额\n" + "\n".join(rows), encoding="gb18030")
    said = insurance(desk, path, code=1).splitlines()
    assert [line[:3] for line in said if line[:3] in NAMES] == ["003"]
    assert "失业保险" in said[-1]
    assert "90.00" in said[-1]


def test_the_first_and_last_insured_month_are_named(tmp_path: Path) -> None:
    joins = people(n003=f"003,张伟,2026-09-20,,,售后,客服,上海,9000,9000,7%,{IDS['003']},,,,",
                   n002=f"002,李强,2024-03-01,,,售前,客服,上海,,,,{IDS['002']},,,,",
                   n001=f"001,王芳,2024-03-01,2026-09-10,,售前,客服,上海,9000,9000,7%,{IDS['001']},,,,")  # fmt: skip
    desk = month_ends(
        tmp_path / "pay", {"人员": joins, "期初累计": "工号,截至月,累计收入,已扣税额\n"}, ("--month 2026-09",)
    )
    rows = [*billed("002"), *billed("004"), *billed("005")]
    said = insurance(desk, bill(tmp_path / "账单.csv", rows), code=1).splitlines()
    told = {line[:3]: line for line in said if line[:3] in NAMES}
    assert set(told) == {"001", "002", "003"}
    assert "离职" in told["001"]
    assert "2026-09-10" in told["001"]
    assert "没有" in told["002"]
    assert "入职" in told["003"]
    assert "2026-09-20" in told["003"]


def test_no_run_of_the_month_is_said(tmp_path: Path) -> None:
    desk = pay_desk(tmp_path / "pay", SHEETS, toml=TOML)
    assert "2026-09" in insurance(desk, bill(tmp_path / "账单.csv", []), code=1)
