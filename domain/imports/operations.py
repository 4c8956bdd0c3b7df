"""What an import leaves behind: its batch and its event."""

from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from domain.events.operations import append
from domain.imports.model import ImportBatch
from domain.imports.report import TableReport

# One import at a time: the second waits, and judges what the first has written.
_LOCK = text("SELECT pg_advisory_xact_lock(7046029256)")


def begin(session: Session) -> None:
    """Wait for the import that is running, if any, up to a quarter of an hour."""
    session.execute(text("SET LOCAL lock_timeout = '15min'"))
    session.execute(_LOCK)
    session.execute(text("SET LOCAL lock_timeout TO DEFAULT"))


def latest_checksum(session: Session, table: str) -> str | None:
    """The content last applied to a canonical table."""
    return session.scalar(
        select(ImportBatch.checksum)
        .where(ImportBatch.table_name == table)
        .order_by(ImportBatch.id.desc())
        .limit(1)
    )


def record(
    session: Session, report: TableReport, checksum: str, *, actor: str, surface: str, now: datetime
) -> None:
    """Remember an applied content. Call it last: appending to history makes every other change wait."""
    before = latest_checksum(session, report.table)
    batch = ImportBatch(
        table_name=report.table,
        source=report.source,
        checksum=checksum,
        counts=report.counts,
        imported_at=now,
    )
    session.add(batch)
    session.flush()
    append(
        session,
        at=now,
        actor=actor,
        surface=surface,
        subject_type="import",
        subject_id=report.table,
        verb="imported",
        before={"checksum": before} if before else None,
        after={"batch": batch.id, "source": report.source, "checksum": checksum, **report.counts},
    )
