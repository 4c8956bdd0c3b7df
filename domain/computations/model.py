"""Why a number is what it is: formula, version, inputs and result, kept as they were shown."""

from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import Mapped, mapped_column

from domain.base import Base, Instant, Json


class Computation(Base):
    """A computed answer. `key` is the hash of formula, version, subject and inputs: one row per content."""

    __tablename__ = "computation"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    formula: Mapped[str]
    formula_version: Mapped[int]
    inputs: Mapped[Json]
    result: Mapped[Json]
    at: Mapped[Instant]
