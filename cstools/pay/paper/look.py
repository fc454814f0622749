"""How the sheets of pay look."""

from typing import Final

from cstools.tables.style import Style

GOLD: Final = "FFF2CC"
HEAD: Final = Style(bold=True, fill="D9E2EC", border=True, align="center", wrap=True)
BAND: Final = Style(bold=True, fill="BFCFDF", border=True, align="center")
CELL: Final = Style(border=True)
CENTRED: Final = Style(border=True, align="center")
WRAPPED: Final = Style(border=True, wrap=True)
MONEY: Final = Style(border=True, align="right", format="#,##0.00")
SUM: Final = Style(border=True, align="right", format="#,##0.00", bold=True, fill="EEF3F8")
NET: Final = Style(border=True, align="right", format="#,##0.00", bold=True, fill=GOLD)
TOTAL: Final = Style(border=True, align="right", format="#,##0.00", bold=True, fill="F2F2F2", top=True)
TOTAL_WORD: Final = Style(border=True, bold=True, fill="F2F2F2", top=True, align="center")
REMARK: Final = Style(border=True, align="center", colour="C00000", shrink=True)
FAINT: Final = Style(colour="7F7F7F")
GOOD: Final = Style(bold=True, colour="2E7D32")
BAD: Final = Style(bold=True, colour="C00000")
GRAVE: Final = Style(border=True, wrap=True, colour="C00000", bold=True)
