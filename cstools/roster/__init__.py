"""The weekly and monthly roster."""
