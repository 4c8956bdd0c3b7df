"""What the company has set: settings, its calendar, and the slots of its schedules."""

from datetime import date, time
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from domain.base import Base, Instant


class Setting(Base):
    """A setting by its dotted name, `company.timezone`; the value as TOML would read it."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    changed_at: Mapped[Instant]


class CalendarDay(Base):
    """A day that differs from the weekend rule: a holiday, or a weekend day that is worked."""

    __tablename__ = "work_calendar"

    day: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]
    label: Mapped[str | None]


class Slot(Base):
    """One due run of a schedule in a place. The unique key is what makes a run happen once."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("schedule", "local_date", "local_time", "zone"),
        Index("ix_slot_open", "due_at", postgresql_where=text("state IN ('due', 'running')")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule: Mapped[str]  # "daily_progress", or "daily_progress:<channel>" for a place of its own
    local_date: Mapped[date]
    local_time: Mapped[time]
    zone: Mapped[str]
    due_at: Mapped[Instant]
    state: Mapped[str] = mapped_column(server_default="due")  # due, running, done, skipped, failed
    started_at: Mapped[Instant | None]
    finished_at: Mapped[Instant | None]
    note: Mapped[str | None]
