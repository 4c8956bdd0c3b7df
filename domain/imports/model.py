"""What was imported."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.base import Base, Instant, Json


class ImportBatch(Base):
    """One applied content of one canonical table. The same checksum again is a no-op."""

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_table_name", "table_name", text("id DESC")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    table_name: Mapped[str]
    source: Mapped[str]
    checksum: Mapped[str]
    counts: Mapped[Json]  # new, changed, unchanged
    imported_at: Mapped[Instant]
