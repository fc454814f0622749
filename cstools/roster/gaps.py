"""What is missing while a first roster is made, and how scarce those are who could still fill it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from cstools.roster.arrays import Flags, Numbers
from cstools.roster.ground import Ground
from cstools.roster.part import Aim

LEAST: Final = 0.3  # of its price: what a gap is worth that everybody can fill
SCARCE: Final = 4.0  # times the mean scarcity: such a gap is worth its whole price


@dataclass(frozen=True)
class Gaps:
    """Rows that want people and pay for what is missing, and who could fill them.

    By row: ``variables`` are what is missing, ``wanted`` what it asks for. By term of these rows: the row's place, the
    column and the factor. ``openings`` are rows' places, and ``people``, beside them, those who could fill them.
    """

    variables: Numbers
    wanted: Numbers
    places: Numbers
    columns: Numbers
    factors: Numbers
    openings: Numbers
    people: Numbers

    @classmethod
    def of(cls, ground: Ground, prices: Numbers) -> "Gaps":
        """The rows in which one variable that is paid for makes up for what the cells lack."""
        table = ground.table
        rows = table.rows_of(np.flatnonzero(table.follows & (prices > 0)))
        rows = rows[table.least[rows] > 0]
        rows = rows[[row not in table.conditions for row in rows.tolist()]] if table.conditions else rows
        row, column, factor = table.terms(rows)
        cell = table.owner[column] >= 0
        once = np.bincount(column, minlength=len(table.low))[column] == 1
        makes_up = ~cell & once & (factor > 0) & (prices[column] > 0)
        alone = (np.bincount(row[~cell], minlength=len(rows)) == 1) & (
            np.bincount(row[makes_up], minlength=len(rows)) == 1
        )
        place = np.cumsum(alone) - 1
        mine = cell & alone[row]
        pairs = np.unique(place[row[mine]] * ground.people + table.owner[column[mine]] // ground.days)
        return cls(
            variables=column[makes_up & alone[row]],
            wanted=table.least[rows[alone]],
            places=place[row[mine]],
            columns=column[mine],
            factors=factor[mine],
            openings=pairs // ground.people,
            people=pairs % ground.people,
        )

    def sharpened(self, aim: Aim, left: Flags, values: Numbers) -> Aim:
        """The aim, with a gap the dearer the fewer are ``left`` (by person) for each one whom it lacks.

        Else all gaps are alike to those who come first, and those who come last find only such as they can't fill.
        """
        count = len(self.variables)
        lacks = self.wanted - np.bincount(self.places, self.factors * values[self.columns], count)
        open_ = lacks > 0
        if not open_.any():
            return aim
        scarcity = np.maximum(lacks, 0) / np.maximum(1, np.bincount(self.openings, left[self.people], count))
        worth = LEAST + (1 - LEAST) * np.minimum(1, scarcity / (SCARCE * scarcity[open_].mean()))
        prices = aim[0].copy()
        mine = self.variables[open_]
        prices[mine] = np.ceil(prices[mine] * worth[open_])
        return prices, aim[1]
