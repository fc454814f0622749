"""Files that other programs read: the bank's, the tax client's, DingTalk's, the books'."""
