"""A solved or checked roster as a workbook: 排班, 按日, 统计, 检查, 说明."""

from cstools.roster.workbook.book import About, write_roster

__all__ = ["About", "write_roster"]
