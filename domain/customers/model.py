"""Who buys from us."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from domain.base import Base


class Customer(Base):
    """A customer; `customer_group` is the company's own segment name."""

    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_zh_hant: Mapped[str | None]
    name_zh_hans: Mapped[str | None]
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    customer_group: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
