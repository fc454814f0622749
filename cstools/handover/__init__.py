"""The handover: the book of what is open, the gates of a shift change, its signatures, and the content of its sheet."""
