"""交接日志.xlsx, the workbook that agents keep: its sheets, an empty one, and recording what it says."""

from cstools.handover.book_sheets.importing import WORKBOOK, Imported, Importer
from cstools.handover.book_sheets.template import empty_workbook

__all__ = ["WORKBOOK", "Imported", "Importer", "empty_workbook"]
