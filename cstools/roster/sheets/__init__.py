"""The roster's sheets in a desk's workbook: a file each, with its columns and what its rows mean."""
