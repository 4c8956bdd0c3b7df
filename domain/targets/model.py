"""Targets: a set is a version; its lines are the leaves, everything above is a sum."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.base import Amount, Base, Instant


class TargetSet(Base):
    """A version of the company's targets. At most one is active."""

    __tablename__ = "target_set"
    __table_args__ = (
        Index(
            "uq_target_set_active", text("(status)"), unique=True, postgresql_where=text("status = 'active'")
        ),
        CheckConstraint(
            "status IN ('draft', 'proposed', 'approved', 'active', 'superseded', 'closed')", name="status"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(unique=True)
    status: Mapped[str]
    source: Mapped[str | None]
    created_at: Mapped[Instant]


class TargetLine(Base):
    """A leaf: month x person x region x category. Person None: the region's remainder.

    Region None: nobody has split it by region. Value is money in `currency`.
    """

    __tablename__ = "target_line"
    __table_args__ = (
        UniqueConstraint(
            "set_id", "month", "person_id", "region_id", "category_id", postgresql_nulls_not_distinct=True
        ),
        CheckConstraint("extract(day from month) = 1", name="month"),
        Index("ix_target_line_person_id_month", "person_id", "month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("target_set.id", ondelete="CASCADE"))
    month: Mapped[date]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("part_category.id"))
    amount: Mapped[Amount]
    currency: Mapped[str]
