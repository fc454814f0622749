"""Pieces of costs that grow: a part without the dear ones finds what it would with them."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
import searching
from test_solve import needs, problem, soft

from cstools.roster import table as tables
from cstools.roster.pieces import Pieces
from cstools.roster.result import Status
from cstools.roster.rules.fair import Fair
from cstools.roster.solver import Stop, run_part


def test_a_part_finds_the_same_without_the_pieces_that_it_cannot_need(monkeypatch: pytest.MonkeyPatch) -> None:
    left_out = 0
    rng = Random(7)
    for days in (5, 9, 14):
        rules = (soft(Fair(of="shifts", shifts=(code,)), tier, tier) for tier, code in enumerate(("白", "晚"), 1))
        asked = problem(3, days, *rules)
        plan, ground = searching.planned(replace(asked, demands=(*needs(asked, "白", 1), *needs(asked, "晚", 1))))
        table = ground.table
        values = searching.some_roster(rng, table)
        assert values is not None
        aim = table.aim({tier: 100**tier for tier in plan.tiers})
        for _ in range(6):
            cells = np.array([[rng.random() < 0.2 for _ in range(days)] for _ in range(3)])
            free = ground.variables(cells)
            few = table.part(values, free, aim)
            with monkeypatch.context() as patch:
                patch.setattr(Pieces, "needless", lambda *words: np.zeros(len(words[2]), bool))
                all_of_them = table.part(values, free, aim)
            found = [run_part(part, values, searching.EFFORT, Stop()) for part in (few, all_of_them)]
            assert [one.status for one in found] == [Status.OPTIMAL] * 2
            assert found[0].cost == found[1].cost
            left_out += len(all_of_them.variables) - len(few.variables)
    assert left_out > 100


def test_as_many_pieces_are_left_as_a_row_can_lack(monkeypatch: pytest.MonkeyPatch) -> None:
    """One person of two, one day of five, where nobody works: a share that stands at none can be off by one."""
    monkeypatch.setattr(tables, "HUB", 1)
    plan, ground = searching.planned(problem(2, 5, soft(Fair(of="shifts", shifts=("白",)), 1)))
    table = ground.table
    nobody = table.low.copy()
    nobody[table.idle] = table.high[table.idle]
    day = np.zeros((2, 5), bool)
    day[0, 0] = True
    part = table.part(nobody, ground.variables(day), table.aim({1: 1}))
    before = table._pieces.before[part.variables]
    assert sorted(before[before >= 0].tolist()) == [0]
    assert (table._pieces.before >= 0).sum() > 10
    assert plan.tiers == [1]
