"""The one door to a linear solver: shares of columns, a row for each person, rows between people."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from cstools.roster.arrays import Numbers
from cstools.roster.rows import OPEN


class Master:
    """Of each person's columns one, or shares of some, so that rows between people hold and the cost is least."""

    def __init__(self, least: Numbers, most: Numbers) -> None:
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        infinity = self._solver.infinity()
        self._rows = [
            self._solver.Constraint(low if low > -OPEN // 2 else -infinity, high if high < OPEN // 2 else infinity)
            for low, high in zip(least.tolist(), most.tolist(), strict=True)
        ]
        self._people: list[Any] = []
        self._columns: list[list[Any]] = []
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()

    def shared(self, low: float, high: float, price: int, rows: Numbers, factors: Numbers) -> Any:
        """A variable of the rows that is nobody's; ``factors`` are those in ``rows``."""
        variable = self._solver.NumVar(low, high, "")
        self._objective.SetCoefficient(variable, price)
        for row, factor in zip(rows.tolist(), factors.tolist(), strict=True):
            self._rows[row].SetCoefficient(variable, factor)
        return variable

    def person(self) -> None:
        """One more person."""
        self._people.append(self._solver.Constraint(1.0, 1.0))
        self._columns.append([])

    def column(self, person: int, price: int, rows: Numbers, factors: Numbers) -> None:
        """One more column of a person's."""
        column = self.shared(0.0, self._solver.infinity(), price, rows, factors)
        self._people[person].SetCoefficient(column, 1.0)
        self._columns[person].append(column)

    def solve(self) -> tuple[float, NDArray[np.float64]] | None:
        """The cost, and what each row is worth; None where the solver fails."""
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        return self._objective.Value(), np.array([row.dual_value() for row in self._rows])

    def shares(self, person: int) -> list[float]:
        """The share of each of a person's columns, as last solved."""
        return [column.solution_value() for column in self._columns[person]]
