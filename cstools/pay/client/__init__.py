"""What the tax client (自然人电子税务局 扣缴端) exports, read in place: 税款计算, and special additional deductions."""
