"""税款计算 as the tax client would export it for a desk's tax month, reckoned by a few plain lines of its own."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from cstools.pay.slip import Group, Slip

ZERO = Decimal(0)
TABLE = ((36000, "0.03", 0), (144000, "0.10", 2520), (300000, "0.20", 16920))
OWN = {
    "养老保险": "本期基本养老保险费",
    "医疗保险": "本期基本医疗保险费",
    "失业保险": "本期失业保险费",
    "住房公积金": "本期住房公积金",
}
ITEMS = (
    "累计子女教育支出扣除",
    "累计继续教育支出扣除",
    "累计住房贷款利息支出扣除",
    "累计住房租金支出扣除",
    "累计赡养老人支出扣除",
)
# The same columns in the client's older and newer exports.
OLDER = {"证件类型": "证照类型", "证件号码": "证照号码"}
NEWER = {
    **{item: item.removesuffix("支出扣除") for item in ITEMS}, "累计已预缴税额": "已缴税额",
    "累计应补(退)税额": "应补(退)税额", "累计减免税额": "减免税额",
}  # fmt: skip
HEADS = (
    "工号", "姓名", "证件类型", "证件号码", "税款所属期起", "税款所属期止", "所得项目", "本期收入", "本期费用", "本期免税收入",
    *OWN.values(), "本期企业(职业)年金", "累计收入额", "累计免税收入", "累计减除费用", "累计专项扣除", *ITEMS, "累计其他扣除",
    "累计准予扣除的捐赠", "累计应纳税所得额", "税率", "速算扣除数", "累计应纳税额", "累计减免税额", "累计应扣缴税额", "累计已预缴税额",
    "累计应补(退)税额", "备注",
)  # fmt: skip


@dataclass(frozen=True)
class Filed:
    """What the client knows of somebody: the year before this tax month, and the month itself."""

    number: str
    name: str
    id_number: str
    months: int = 10
    before: Mapping[str, Decimal] = field(default_factory=dict)  # income, insurance, withheld
    special: Mapping[str, Decimal] = field(default_factory=dict)  # so far, by the client's column
    other: Decimal = ZERO  # so far
    income: Decimal = ZERO
    own: Mapping[str, Decimal] = field(default_factory=dict)  # by the client's column

    @property
    def total_income(self) -> Decimal:
        return self.before.get("income", ZERO) + self.income

    @property
    def insurance(self) -> Decimal:
        return self.before.get("insurance", ZERO) + sum(self.own.values(), ZERO)

    @property
    def taxable(self) -> Decimal:
        taken = self.insurance + sum(self.special.values(), ZERO) + self.other + 5000 * self.months
        return max(self.total_income - taken, ZERO)

    @property
    def tax(self) -> Decimal:
        _, rate, quick = next(row for row in TABLE if self.taxable <= row[0])
        return (self.taxable * Decimal(rate) - quick).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def due(self) -> Decimal:
        return self.tax - self.before.get("withheld", ZERO)

    def cells(self, month: str) -> dict[str, str]:
        """A row of the export."""
        amounts: dict[str, Decimal] = {
            "本期收入": self.income, "本期费用": ZERO, "本期免税收入": ZERO, **dict.fromkeys(OWN.values(), ZERO), **self.own,
            "本期企业(职业)年金": ZERO, "累计收入额": self.total_income, "累计免税收入": ZERO, "累计减除费用": Decimal(5000 * self.months),
            "累计专项扣除": self.insurance, **dict.fromkeys(ITEMS, ZERO), **self.special, "累计其他扣除": self.other,
            "累计准予扣除的捐赠": ZERO, "累计应纳税所得额": self.taxable, "累计应纳税额": self.tax, "累计减免税额": ZERO,
            "累计应扣缴税额": self.tax, "累计已预缴税额": self.before.get("withheld", ZERO), "累计应补(退)税额": self.due,
        }  # fmt: skip
        told = {head: f"{amount:.2f}" for head, amount in amounts.items()}
        return {"工号": self.number, "姓名": self.name, "证件类型": "居民身份证", "证件号码": self.id_number,
                "税款所属期起": f"{month}-01", "税款所属期止": f"{month}-28", "所得项目": "正常工资薪金", **told}  # fmt: skip


def filed(one: Filed, slips: Iterable[Slip]) -> Filed:
    """The same with what slips of the tax month pay."""
    found = list(slips)
    own = {head: -sum((line.amount for slip in found for line in slip.lines
                       if line.group is Group.INSURANCE and str(line.label) == label), ZERO)
           for label, head in OWN.items()}  # fmt: skip
    return replace(one, income=sum((slip.total(Group.EARNED) for slip in found), ZERO), own=own)


def export(path: Path, month: str, people: Iterable[Filed], renamed: Mapping[str, str] | None = None) -> Path:
    """The client's file, under the headers of some generation."""
    names = {head: (renamed or {}).get(head, head) for head in HEADS}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names.values())
        for one in people:
            cells = one.cells(month)
            writer.writerow(
                [f"{cells.get(head, '')}\t" if head == "证件号码" else cells.get(head, "") for head in HEADS]
            )
    return path
