"""Who works here, where they sell and what they may do."""

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.base import Base, Instant, Json


class Department(Base):
    """A department of the company; codes are fixed, names are the company's."""

    __tablename__ = "department"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_zh_hant: Mapped[str | None]
    name_zh_hans: Mapped[str | None]


class Region(Base):
    """A sales region. `search` is its names folded for look-up."""

    __tablename__ = "region"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_zh_hant: Mapped[str | None]
    name_zh_hans: Mapped[str | None]
    region_group: Mapped[str | None]


class Person(Base):
    """Somebody of the company. `pseudonym` is how history knows them, so that they can be erased."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_zh_hant: Mapped[str | None]
    name_zh_hans: Mapped[str | None]
    email: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str | None]
    department: Mapped[str] = mapped_column(ForeignKey("department.code"))
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    pseudonym: Mapped[str] = mapped_column(unique=True, server_default=text("gen_random_uuid()::text"))
    locale: Mapped[str | None]  # the person's own choice in PartsPlan
    slack_locale: Mapped[str | None]
    timezone: Mapped[str | None]
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]
    slack_user_id: Mapped[str | None] = mapped_column(unique=True)
    slack_deactivated: Mapped[bool] = mapped_column(server_default=text("false"))
    slack_checked_at: Mapped[Instant | None]
    snoozed_until: Mapped[date | None]


class PersonRegion(Base):
    """A region a person sells in."""

    __tablename__ = "person_region"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True, index=True)


class RoleGrant(Base):
    """A role given to a person, for one region or the whole company, from and until a day (inclusive)."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "region_id", "valid_from", postgresql_nulls_not_distinct=True),
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", name="dates"),
        Index("ix_role_grant_role", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    role: Mapped[str]
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Erasure(Base):
    """Somebody who was erased: their employee code as a salted hash, so that no import brings them back.

    The row of the person stays without anything that names them: what they sold is kept by law.
    """

    __tablename__ = "erasure"

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    salt: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    at: Mapped[Instant]


class Preference(Base):
    """What a person has chosen about messages nobody asked for; what is null is as the company has it.

    With `Person.snoozed_until`, `away_from` is the first day of it (null: at once). `snoozed_kinds` holds the
    first day again of the kinds that are snoozed alone.
    """

    __tablename__ = "preference"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    digest_at: Mapped[time | None]
    timezone: Mapped[str | None]
    quiet_from: Mapped[time | None]
    quiet_to: Mapped[time | None]
    away_from: Mapped[date | None]
    snoozed_kinds: Mapped[Json] = mapped_column(server_default=text("'{}'"))
