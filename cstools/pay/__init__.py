"""Pay: from a month's facts to slips, every yuan explained."""
