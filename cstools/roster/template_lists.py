"""What a new desk’s drop-down lists offer: people as sheet 人员 will have them, other words as the sheets do."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from cstools.desk import Form
from cstools.language import translate
from cstools.roster.cells import REST
from cstools.roster.sheets.changes import CHANGES
from cstools.roster.sheets.meetings import EVERYBODY, MEETINGS
from cstools.roster.sheets.needs import CAMPAIGNS, NEEDS
from cstools.tables.columns import Column, Table
from cstools.tables.grid import letters
from cstools.team import PEOPLE, SHIFTS
from cstools.team.leave import ABSENCES

_SPARE: Final = 300  # rows of people for which the lists are ready
_DAYS: Final = ("每天", "工作日", "休息日", "周末", "节假日", "法定节假日", "周一-周五")


@dataclass(frozen=True)
class Lists:
    """Lists from the tables of a desk, by their form's key."""

    tables: Mapping[str, Table]

    def listed(self, form: Form, column: Column) -> Column:
        """The column with its list, if it has one; only numbers and names of people must be on it."""
        if column.choices:
            return replace(column, choices=tuple(map(translate, column.choices)))
        if form in (ABSENCES, CHANGES) and column.key in {"number", "name"}:
            return replace(column, choices=self._people(column.key))
        if form is CHANGES and column.key == "other":
            return replace(column, choices=self._people("number"))
        if words := self._by_sheet(form).get(column.key) or self._anywhere.get(column.key):
            return replace(column, choices=words, kind=replace(column.kind, many=True))
        return column

    def cells(self) -> tuple[str, ...]:
        """What a roster's cell may hold: the shifts, and the word for a day off."""
        return (*self._words(SHIFTS, "code"), translate(REST))

    def _by_sheet(self, form: Form) -> dict[str, str | tuple[str, ...]]:
        """Lists by column that only one sheet has."""
        groups = (*self._words(PEOPLE, "skills"), *self._words(PEOPLE, "group"))
        if form is MEETINGS:
            return {"people": (translate(EVERYBODY), *groups)}
        if form is NEEDS:
            return {"days": (*_DAYS, *self._words(CAMPAIGNS, "name"))}
        if form is SHIFTS:
            return {"kind": self._words(SHIFTS, "kind")}
        return {"people": self._people("number"), "mentor": self._people("number")}

    @cached_property
    def _anywhere(self) -> dict[str, tuple[str, ...]]:
        """Lists by column, the same in every sheet."""
        skills = self._words(PEOPLE, "skills")
        contracts, groups = self._words(PEOPLE, "contract"), self._words(PEOPLE, "group")
        return {
            "skill": skills, "skills": skills, "contract": contracts, "contracts": contracts, "group": groups,
            "groups": groups, "shifts": self._words(SHIFTS, "code"), "post": self._words(NEEDS, "post"),
        }  # fmt: skip

    def _words(self, form: Form, key: str) -> tuple[str, ...]:
        """The words in a sheet's column, each once, in order."""
        values = (record[key] for record in self.tables[form.label])
        words = (word for value in values for word in ([value] if isinstance(value, str) else value))
        return tuple(dict.fromkeys(word for word in words if word))

    def _people(self, key: str) -> str:
        """The cells of sheet 人员 that hold people's numbers or names, those still to be filled in too."""
        place = letters([column.key for column in PEOPLE.columns].index(key) + 1)
        return f"='{translate(PEOPLE.label)}'!${place}$2:${place}${_SPARE}"
