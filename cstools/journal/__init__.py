"""What must be remembered: append-only events and snapshots in one file, and the only room that speaks SQL.

An event is something that was said or decided: its kind, when it was (``at``), when it was written down, by whom, and
data as JSON. Events are numbered from 1 without gaps. A snapshot is a computed thing kept whole, so that it never has
to be computed again to be explained. Nothing of these is ever changed or deleted; each family owns its kinds of events.

A card is where something that many events speak of stands now (an item, a key, a day's duties): its family folds the
events into it, in the transaction that appends them, so that what is open is found among years of what is closed. Cards
hold nothing that the events don't; they are a finding aid and may be filed anew.

Every write is one transaction that holds the file from its first read to its commit (BEGIN IMMEDIATE), so what was
read is still true when it is written. The journal mode is DELETE, so that copying the folder copies everything.
"""

from cstools.journal.book import Book
from cstools.journal.file import Journal
from cstools.journal.pages import Card, Event, Pages, Snapshot
from cstools.journal.words import canonical, pack, unpack

__all__ = ["Book", "Card", "Event", "Journal", "Pages", "Snapshot", "canonical", "pack", "unpack"]
