"""Files for the tax client (自然人电子税务局 扣缴端): wages, year-end bonuses, joiners and leavers of a tax month.

Headers as the client's own import templates have them. Cumulative special additional deductions are those of the year
so far; everything else is of the tax month, over all runs that are taxed in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from cstools.errors import BadInput, Fault, Source
from cstools.language import Text
from cstools.money import ZERO
from cstools.pay.exports.table import Field, Table
from cstools.pay.law import SCHEMES
from cstools.pay.people import Employee
from cstools.pay.slip import Group, Line, Slip

WAGES: Final = "正常工资薪金收入"
BONUSES: Final = "全年一次性奖金收入"
PEOPLE: Final = "人员信息采集"
RESIDENT: Final = "居民身份证"
# Other deductions of the tax month with columns of their own, and how sheet 专项附加扣除 calls them.
OTHER: Final[Mapping[str, tuple[str, ...]]] = {
    "企业(职业)年金": ("企业年金", "职业年金"), "商业健康保险": ("商业健康保险",), "税延养老保险": ("税延养老保险",),
}  # fmt: skip
# The special additional deductions by the client's headers, and how sheet 专项附加扣除 calls them.
SPECIAL: Final[Mapping[str, tuple[str, ...]]] = {
    "累计子女教育": ("子女教育",), "累计继续教育": ("继续教育",), "累计住房贷款利息": ("住房贷款利息", "房贷"),
    "累计住房租金": ("住房租金", "房租"), "累计赡养老人": ("赡养老人",),
    "累计3岁以下婴幼儿照护": ("婴幼儿照护", "3岁以下婴幼儿照护"), "累计个人养老金": ("个人养老金",),
}  # fmt: skip


def _names(*lines: str) -> tuple[str, ...]:
    """Headers written with commas between."""
    return tuple(name for line in lines for name in line.split(","))


_WAGES: Final = _names(
    "工号,*姓名,*证件类型,*证件号码,本期收入,本期免税收入",
    "基本养老保险费,基本医疗保险费,失业保险费,住房公积金", *SPECIAL,
    *OTHER, "公务交通费用,通讯费用",
    "律师办案费用,西藏附加减除费用,其他,准予扣除的捐赠额,减免税额,协定减免,备注",
)  # fmt: skip
_BONUSES: Final = _names(
    "工号,*姓名,*证件类型,*证件号码,*全年一次性奖金额,免税收入,其他",
    "准予扣除的捐赠额,减免税额,协定减免,备注",
)  # fmt: skip
_PEOPLE: Final = _names(
    "工号,*姓名,*证件类型,*证件号码,*国籍(地区),*性别,*出生日期",
    "是否高级专家,*任职受雇从业类型,其他情况说明,入职年度就业情形",
    "手机号码,任职受雇从业日期,离职日期,是否离职后补发工资,是否扣除减除费用",
)  # fmt: skip
_WHO: Final = _WAGES[:4]
_ID_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class Taxed:
    """A person's slips of one tax month, from however many runs."""

    person: str
    slips: tuple[Slip, ...]
    about: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The person's name, as last paid."""
        return self.slips[-1].name

    @property
    def has_wages(self) -> bool:
        """Whether there is more than a bonus taxed apart."""
        return not self.total(Group.BONUS) or bool(self.total(Group.EARNED, Group.TAX_FREE, Group.INSURANCE))

    def total(self, *groups: Group) -> Decimal:
        """The sum of some groups over the slips."""
        return sum((slip.total(*groups) for slip in self.slips), ZERO)

    def lines(self, scheme: str, group: Group) -> list[Line]:
        """The worker's or the employer's lines of an insurance or the fund."""
        found = [line for slip in self.slips for line in slip.lines if line.group is group]
        name = {id(line): getattr(line.label.params.get("scheme"), "key", line.label.key) for line in found}
        return [line for line in found if name[id(line)] == SCHEMES[scheme]]

    def own(self, scheme: str) -> Decimal:
        """The worker's own share of an insurance or the fund, positive."""
        return -sum((line.amount for line in self.lines(scheme, Group.INSURANCE)), ZERO)

    def employer(self, scheme: str) -> Decimal:
        """The employer's share."""
        return sum((line.amount for line in self.lines(scheme, Group.EMPLOYER)), ZERO)

    def fact(self, key: str) -> Decimal:
        """The latest value of a fact."""
        return next((slip.facts[key] for slip in reversed(self.slips) if key in slip.facts), ZERO)

    def first(self, key: str) -> Decimal:
        """A fact as the first run of the tax month has it, before the others."""
        return next((slip.facts[key] for slip in self.slips if key in slip.facts), ZERO)

    def added(self, key: str) -> Decimal:
        """The sum of a fact over the slips: what the tax month adds to the year."""
        return sum((slip.facts.get(key, ZERO) for slip in self.slips), ZERO)

    def special(self, words: Iterable[str]) -> Decimal:
        """What may be deducted so far this year for a kind of special additional deduction."""
        return sum((self.fact(f"special.{word}") for word in words), ZERO)


def taxed(slips: Iterable[Slip]) -> list[Taxed]:
    """The slips of a tax month by person, in the order of their numbers."""
    found: dict[str, list[Slip]] = {}
    for slip in slips:
        found.setdefault(slip.person, []).append(slip)
    return [Taxed(person, tuple(mine), mine[-1].about) for person, mine in sorted(found.items())]


def wages(people: Sequence[Taxed]) -> Table:
    """正常工资薪金收入, 29 columns. A month without pay is filed too, as zeros. Raises BadInput for missing IDs."""
    found = [one for one in people if one.has_wages]
    _refuse_without_id(found)
    return Table(WAGES, _WAGES, [tuple(_wages(one)) for one in found])


def _wages(one: Taxed) -> Iterator[Field]:
    yield from _who(one)
    income, free = one.total(Group.EARNED, Group.TAX_FREE), one.total(Group.TAX_FREE)
    own = [one.own(scheme) for scheme in ("pension", "medical", "unemployment", "fund")]
    yield from (income, free or None, *own)
    if not income and not any(own):
        yield from (None,) * (len(_WAGES) - len(_WHO) - 6)  # 零申报: all the rest is left empty
        return
    for words in SPECIAL.values():
        yield one.special(words) or None
    named = [sum((one.added(f"other.{word}") for word in words), ZERO) for words in OTHER.values()]
    yield from (amount or None for amount in named)
    yield from (None,) * 4  # 公务交通, 通讯, 律师办案, 西藏: nothing in this product makes them
    pension = sum((one.added(f"other.{word}") for word in SPECIAL["累计个人养老金"]), ZERO)
    yield (one.added("tax.other") - sum(named, ZERO) - pension) or None
    yield None
    yield one.added("tax.relief") or None
    yield from (None, None)


def bonuses(people: Sequence[Taxed]) -> Table:
    """全年一次性奖金收入, 11 columns: those with a bonus that is taxed apart. Raises BadInput for missing IDs."""
    found = [one for one in people if one.total(Group.BONUS)]
    _refuse_without_id(found)
    rows = [(*_who(one), one.total(Group.BONUS), None, None, None, None, None, None) for one in found]
    return Table(BONUSES, _BONUSES, rows)


def joiners_and_leavers(employees: Iterable[Employee], first: date, last: date) -> Table:
    """人员信息采集: who joined or left within some days, both included; the client's first columns.

    Sex and birthday are read out of a resident's ID number. Raises BadInput where it isn't one.
    """
    found = [one for one in employees
             if (one.hired and first <= one.hired <= last) or (one.left and first <= one.left <= last)]  # fmt: skip
    faults = [_bad_id(one) for one in found if one.id_type == RESIDENT and not is_resident_id(one.id_number)]
    if faults:
        raise BadInput(faults)
    return Table(PEOPLE, _PEOPLE, [_employee(one, last) for one in found])


def _employee(one: Employee, last: date) -> tuple[Field, ...]:
    resident = one.id_type == RESIDENT
    born = "-".join((one.id_number[6:10], one.id_number[10:12], one.id_number[12:14])) if resident else ""
    sex = ("男" if int(one.id_number[16]) % 2 else "女") if resident else ""
    left = one.left if one.left and one.left <= last else None
    first_job = "首次就业" if one.hired and one.hired.year in one.first_job else ""
    whole = "是" if last.year in one.sixty_thousand else ""
    return (
        one.number,
        one.name,
        one.id_type,
        one.id_number,
        "中国" if resident else "",
        sex,
        born,
        "否",
        "雇员",
        "",
        first_job,
        one.mobile,
        one.hired.isoformat() if one.hired else "",
        left.isoformat() if left else "",
        "",
        whole,
    )


def is_resident_id(number: str) -> bool:
    """Whether a text is a resident's ID number: 18 digits whose last one checks the others (GB 11643)."""
    plain = number.strip().upper()
    if len(plain) != _ID_DIGITS or not plain[:17].isdigit() or not (plain[17].isdigit() or plain[17] == "X"):
        return False
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = sum(int(digit) * weight for digit, weight in zip(plain, weights, strict=False)) % 11
    return "10X98765432"[check] == plain[17]


def _bad_id(one: Employee) -> Fault:
    source = one.source or Source("人员")
    right = Text("18 digits of an ID card, or another kind of ID in column {column}", column=Text("ID type"))
    return Fault(source, one.id_number, Text("the ID number of {name} isn't one", name=one.name), right)


def _who(one: Taxed) -> tuple[Field, ...]:
    return (one.person, one.name, str(one.about.get("id_type") or RESIDENT), str(one.about.get("id_number") or ""))


def _refuse_without_id(people: Iterable[Taxed]) -> None:
    faults = [Fault(Source("人员", cell=one.person), one.name, Text("{what} is missing", what=Text("ID number")),
                    Text("fill it in in sheet 人员, and make the run again"))
              for one in people if not one.about.get("id_number")]  # fmt: skip
    if faults:
        raise BadInput(faults)
