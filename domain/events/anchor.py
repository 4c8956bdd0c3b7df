"""The end of history, kept beside it: rows cut off at the end leave the rest of the chain whole.

The anchor moves in the transaction of every row, and the database lets it move forward only. Whoever may
write to both tables and lift their triggers can still rewrite everything: against that, `partsplan audit
head` prints the end to be kept elsewhere, and `verify --head` holds the history against it.
"""

from typing import NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from domain.events.model import Event

GENESIS = "0" * 64
_MOVE = text("UPDATE event_head SET seq = :seq, hash = :hash WHERE id = 1")
_READ = text("SELECT seq, hash FROM event_head WHERE id = 1")


class End(NamedTuple):
    """The last row of history: its number and hash. Of an empty one: 0 and zeros."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


def move(session: Session, seq: int, hash_: str) -> None:
    """History ends with this row from now on."""
    session.execute(_MOVE, {"seq": seq, "hash": hash_})


def anchored(session: Session) -> End:
    """Where history ended when it was last written to."""
    row = session.execute(_READ).one_or_none()
    return End(row.seq, row.hash) if row is not None else End(-1, "")


def end(written: str) -> End:
    """An end as `str` wrote it. Raises ValueError for anything else."""
    seq, _, hash_ = written.strip().partition(":")
    if not seq.isdecimal() or len(hash_) != len(GENESIS) or set(hash_) - set("0123456789abcdef"):
        raise ValueError(written)
    return End(int(seq), hash_)


def still_there(session: Session, kept: End) -> bool:
    """Whether history holds the row that was once its end, unchanged as far as its hash says."""
    if kept == (0, GENESIS):
        return True
    return session.scalar(select(Event.hash).where(Event.seq == kept.seq)) == kept.hash
