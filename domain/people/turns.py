"""One heavy thing at a time for each person."""

from sqlalchemy import text
from sqlalchemy.orm import Session

_TRY = text("SELECT pg_try_advisory_xact_lock(hashtextextended('heavy:' || :who, 0))")


def is_free(session: Session, pseudonym: str) -> bool:
    """Whether the person has nothing heavy under way; from now on until the transaction ends they have."""
    return bool(session.scalar(_TRY, {"who": pseudonym}))
