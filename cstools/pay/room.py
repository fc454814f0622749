"""How much may still be taken from somebody's pay: down to the minimum wage, over the runs of one tax month.

最低工资规定 art. 12: overtime pay, shift and hardship allowances don't count; some cities compare before the worker's
own insurance and fund, some after.
"""

from dataclasses import dataclass
from decimal import Decimal

from cstools.language import Text
from cstools.money import show
from cstools.pay.case import Case
from cstools.pay.law import City
from cstools.pay.slip import NET, Group, Why

EARNED, COMPARABLE, OWN, TAKEN = "wage.earned", "wage.comparable", "wage.own", "wage.taken"  # facts, of each run


@dataclass(frozen=True, slots=True)
class Room:
    """Sums of a tax month so far, this run's included: pay earned, its comparable part, own share, what was taken.

    ``net`` is what this run alone would pay.
    """

    earned: Decimal
    comparable: Decimal
    own: Decimal
    taken: Decimal
    net: Decimal
    city: City | None

    @classmethod
    def of(cls, case: Case) -> "Room":
        """What a case holds so far."""
        month, past = case.run.tax_month, case.past
        comparable = sum(
            (line.amount for line in case.lines if line.group is Group.EARNED and line.comparable), Decimal(0)
        )
        return cls(
            past.in_tax_month(month, EARNED) + case.total(Group.EARNED),
            past.in_tax_month(month, COMPARABLE) + comparable,
            past.in_tax_month(month, OWN) - case.total(Group.INSURANCE),
            past.in_tax_month(month, TAKEN) - case.total(Group.TAKEN),
            case.total(*NET),
            case.inputs.law.city(case.terms.city, case.day),
        )  # fmt: skip

    @property
    def compared(self) -> Decimal:
        """What is compared with the minimum wage before anything is taken."""
        return self.comparable - (self.own if self.city and not self.city.includes_own else 0)

    @property
    def left(self) -> Decimal:
        """What may still be taken in this run; nothing where the city's minimum wage isn't known."""
        if self.city is None:
            return Decimal(0)
        return max(Decimal(0), min(self.compared - self.taken - self.city.minimum, self.net))

    def why(self) -> Why:
        """The comparison in words."""
        if self.city is None:
            return Why(Text("the minimum wage of this city is not known: nothing may be taken"))
        text = Text("pay of {compared} less {taken} taken, minimum wage {minimum}, net {net}: {left} may be taken",
                    compared=show(self.compared), taken=show(self.taken), minimum=show(self.city.minimum),
                    net=show(self.net), left=show(self.left))  # fmt: skip
        parts = [Why(Text("{comparable} of {earned} counts toward the minimum wage", comparable=show(self.comparable),
                          earned=show(self.earned)))]  # fmt: skip
        if not self.city.includes_own:
            parts.append(Why(Text("less own insurance and fund {own}", own=show(self.own))))
        return Why(text, source=self.city.source, parts=tuple(parts))
