"""Sheets 排班草稿 and 上期排班: grids of people and days, and which names all of a desk's sheets have."""

from typing import Final

from cstools.desk import Form
from cstools.language import mark
from cstools.roster.sheets.changes import CHANGES
from cstools.roster.sheets.meetings import MEETINGS
from cstools.roster.sheets.needs import CAMPAIGNS, NEEDS
from cstools.roster.sheets.rules import RULES
from cstools.team import HOLIDAYS, PEOPLE, SHIFTS
from cstools.team.leave import ABSENCES
from cstools.team.reading import NAME, NUMBER

DRAFT: Final = Form(mark("Roster draft"), (NUMBER, NAME), ("草稿",))
LAST: Final = Form(mark("Last roster"), (NUMBER, NAME), ("上期", "上周排班"))
# Every sheet of a desk's workbook, in the order of a new one.
FORMS: Final = (PEOPLE, SHIFTS, RULES, NEEDS, ABSENCES, DRAFT, LAST, CHANGES, CAMPAIGNS, MEETINGS, HOLIDAYS)
