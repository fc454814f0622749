"""The sheets of a pay desk's workbook, pay.xlsx: their columns, and what is read out of them."""
