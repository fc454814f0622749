"""The tax client's 税款计算 against a tax month of ours, person by person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from cstools.errors import BadInput, Fault
from cstools.language import Text
from cstools.money import ZERO, show
from cstools.pay.client.sheet import SPECIAL, ClientRow, Known, People, read_client
from cstools.pay.exports.tax import SPECIAL as ITEMS
from cstools.pay.exports.tax import Taxed
from cstools.pay.law import SCHEMES
from cstools.pay.reconcile import Difference
from cstools.pay.slip import Group

OWN: Final = ("pension", "medical", "unemployment", "fund")
_WORDS: Final = dict(zip(SPECIAL, ITEMS.values(), strict=False))  # what sheet 专项附加扣除 calls each item


def read_rows(path: Path, tax_month: date) -> list[ClientRow]:
    """The client's 税款计算 of a tax month. Raises BadInput with everything wrong in it, another month included."""
    faults: list[Fault] = []
    found = read_client(path, faults)
    for row in found:
        if row.month and row.month != tax_month:
            wrong = Text("this is of {month}, not of {asked}", month=f"{row.month:%Y-%m}", asked=f"{tax_month:%Y-%m}")
            faults.append(row.record.fault("to_month", wrong, Text("the export of the run’s tax month")))
    if faults:
        raise BadInput(faults)
    return found


def reconcile_tax(rows: Sequence[ClientRow], people: Sequence[Taxed]) -> Iterator[Difference]:
    """Every difference of a tax month, by person; what follows from another one isn't told by itself."""
    known = People(Known(one.person, one.name, str(one.about.get("id_number") or "")) for one in people)
    for bonus in (False, True):
        mine = {one.person: one for one in people if (one.total(Group.BONUS) if bonus else one.has_wages)}
        theirs = [row for row in rows if row.is_bonus is bonus]
        if not theirs and (bonus or rows):
            continue  # wages and bonuses are exported by themselves
        seen = set()
        for row in theirs:
            number = known.whose(row.record)
            one = mine.get(number)
            if one is None or number in seen:
                yield _nobody(row, twice=number in seen)
                continue
            seen.add(number)
            yield from _bonus(row, one) if bonus else Comparing(row, one).differences()
        yield from (_missing(one, bonus=bonus) for number, one in mine.items() if number not in seen)


def _nobody(row: ClientRow, *, twice: bool) -> Difference:
    cause = Text("nobody is paid under this number in this tax month: left, or another number")
    if twice:
        cause = Text("stands twice in their file")
    return Difference(row.record["number"] or "", row.record["name"], Text("the person"), row.amount("income"), None,
                      cause)  # fmt: skip


def _missing(one: Taxed, *, bonus: bool) -> Difference:
    cause = Text("the client doesn't have this person: 人员信息采集, then import the wages")
    ours = one.total(Group.BONUS) if bonus else one.total(Group.EARNED, Group.TAX_FREE)
    return Difference(one.person, one.name, Text("the person"), None, ours, cause)


def _bonus(row: ClientRow, one: Taxed) -> Iterator[Difference]:
    """A bonus taxed apart: its amount, else its tax."""
    pairs = ((Text("bonus taxed apart"), row.amount("income"), one.total(Group.BONUS), _IMPORTED),
             (Text("tax on the year-end bonus"), row.record["due"], one.added("tax.bonus_tax"),
              Text("the sums agree: the tax table, or relief, differs")))  # fmt: skip
    for what, theirs, ours, cause in pairs:
        if theirs is not None and theirs != ours:
            yield Difference(one.person, one.name, what, theirs, ours, cause)
            return


_IMPORTED: Final = Text("the file imported there isn't this run's: make it and import it again")
_EARLIER: Final = Text("期初累计, or an earlier month that was declared otherwise")


@dataclass
class Comparing:
    """One person's row against ours; ``moved`` is by how much the differences so far change taxable income."""

    row: ClientRow
    one: Taxed
    moved: Decimal = ZERO
    found: list[Difference] = field(default_factory=list)

    def differences(self) -> list[Difference]:
        """What differs: causes first, and sums only as far as no cause before explains them."""
        one = self.one
        income = self._tell(Text("income"), "income", one.total(Group.EARNED, Group.TAX_FREE), _IMPORTED)
        free = self._tell(Text("tax-free income"), "free", one.total(Group.TAX_FREE), _IMPORTED, -1)
        own = self._own()
        basic = one.fact("sum.tax.basic")
        self._tell(Text("basic deduction so far"), "total_basic", basic,
                   Text("another month of joining, first job, or 60,000 at once"), -1)  # fmt: skip
        self._special()
        self._tell(Text("withheld before, this year"), "withheld", one.first("sum.tax.withheld_before"),
                   Text("期初累计, or a month whose tax was declared otherwise"), 0)  # fmt: skip
        self._tell(Text("income so far"), "total_income", one.fact("sum.tax.income") + income, _EARLIER, known=income)
        self._tell(Text("tax-free income so far"), "total_free", one.fact("sum.tax.free") + free, _EARLIER, -1,
                   known=free)  # fmt: skip
        self._tell(Text("own insurance and fund so far"), "total_insurance", one.fact("sum.tax.insurance") + own,
                   _EARLIER, -1, known=own)  # fmt: skip
        self._rest()
        return self.found

    def _tell(self, what: Text, key: str, ours: Decimal, cause: Text, sign: int = 1, known: Decimal = ZERO) -> Decimal:
        """Tell a difference between an amount of theirs and ours, and by how much theirs is more.

        ``known`` is what of ours was moved by a difference told already.
        """
        theirs = self.row.amount(key)
        if theirs is None or theirs == ours:
            return ZERO
        self.moved += sign * (theirs - ours)
        self.found.append(Difference(self.one.person, self.one.name, what, theirs, ours - known, cause))
        return theirs - ours

    def _own(self) -> Decimal:
        """Insurance and fund of the month: one difference over all schemes, as one base is behind it."""
        pairs = {key: (theirs, self.one.own(key)) for key in OWN if (theirs := self.row.amount(key)) is not None}
        differing = {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}
        if not differing:
            return ZERO
        theirs, ours = (sum((pair[side] for pair in differing.values()), ZERO) for side in (0, 1))
        what = Text("own share of {schemes}", schemes=tuple(Text(SCHEMES[key]) for key in differing))
        cause = Text("the base, the city's rates, or first and last insured month: see the bill")
        self.found.append(Difference(self.one.person, self.one.name, what, theirs, ours, cause))
        self.moved -= theirs - ours
        return theirs - ours

    def _special(self) -> None:
        """Special additional deductions together, told by item where both sides know it."""
        theirs, ours = self.row.sum(*SPECIAL), self.one.fact("sum.tax.special")
        if theirs is None or theirs == ours:
            return
        items = tuple(
            Text("{what} {theirs} (ours {ours})", what=words[0], theirs=show(amount), ours=show(mine))
            for key, words in _WORDS.items()
            if (amount := self.row.amount(key)) is not None and amount != (mine := self.one.special(words))
        )
        cause = Text("the worker changed them in the app: import 专项附加扣除 again[[ ({items})]]", items=items or None)
        self.found.append(Difference(self.one.person, self.one.name, Text("special additional deductions so far"),
                                     theirs, ours, cause))  # fmt: skip
        self.moved -= theirs - ours

    def _rest(self) -> None:
        """Taxable income where what was told doesn't explain it; the tax where nothing else differs."""
        taxable, ours = self.row.amount("taxable"), _taxable(self.one)
        expected = max(ours + self.moved, ZERO)
        if taxable is not None and max(taxable, ZERO) != expected:
            cause = Text("other deductions, the personal pension or donations")
            self.found.append(Difference(self.one.person, self.one.name, Text("taxable income so far"), taxable,
                                         max(ours, ZERO), cause))  # fmt: skip
        theirs, due = self.row.record["due"], self.one.added("tax.withheld")
        if not self.found and max(theirs, ZERO) != due:
            cause = Text("the sums agree: the tax table, or relief, differs")
            what = Text("tax to be withheld")
            self.found.append(Difference(self.one.person, self.one.name, what, theirs, due, cause))


def _taxable(one: Taxed) -> Decimal:
    sums: Mapping[str, Decimal] = {key: one.fact(f"sum.tax.{key}")
                                   for key in ("income", "free", "basic", "insurance", "special", "other")}  # fmt: skip
    return sums["income"] * 2 - sum(sums.values(), ZERO)
