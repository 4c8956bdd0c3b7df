"""Troubles of the installation, as the operations channel was told of them."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.base import Base, Instant, Json


class TroubleRow(Base):
    """One trouble from its first sign to its end; instants are real ones.

    `state` is suspected (seen, not told yet), open, closed. `streak` counts the looks in a row that say
    otherwise. `edition` changes with every message posted anew, `revision` with every message and edit.
    """

    __tablename__ = "trouble"
    __table_args__ = (
        Index(
            "uq_trouble_current", "kind", "subject", unique=True, postgresql_where=text("state <> 'closed'")
        ),
        Index("ix_trouble_kind_subject", "kind", "subject", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="suspected")
    facts: Mapped[Json]
    streak: Mapped[int] = mapped_column(server_default=text("0"))
    times: Mapped[int] = mapped_column(server_default=text("1"))
    edition: Mapped[int] = mapped_column(server_default=text("0"))
    revision: Mapped[int] = mapped_column(server_default=text("0"))
    began_at: Mapped[Instant]
    told_at: Mapped[Instant | None]
    posted_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
