"""What was sold: order lines, and the two roll-ups that answer questions.

`order_line` is the record and is only ever read by imports and drill-downs. `sales_daily` is the roll-up
by every dimension; `sales_scope_daily` sums it per person, region, person in a region and company, so that
a question about any of them and any period reads one row a day. Both are kept up by the import that
changes the lines, in its own transaction.
"""

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, Numeric, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.base import Amount, Base


class OrderLine(Base):
    """One line of a customer's order. `amount` None: the price is not known.

    No foreign keys: every reference is judged before the rows are written, and a trigger per row and key
    would make the import of millions of lines several times slower.
    """

    __tablename__ = "order_line"
    __table_args__ = (Index("ix_order_line_ordered_on", "ordered_on", postgresql_using="brin"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity())  # in the order they came; not indexed
    # Compared byte by byte: the server's language would make building the key half as slow again, or worse.
    order_no: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    line_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ordered_on: Mapped[date]
    channel: Mapped[str]
    person_id: Mapped[int | None]
    region_id: Mapped[int]
    customer_id: Mapped[int | None]
    part_id: Mapped[int]
    quantity: Mapped[Amount]
    amount: Mapped[Amount | None]
    cost: Mapped[Amount | None]
    currency: Mapped[str]


class SalesDaily(Base):
    """Sales of a day by person, region, customer group, part category, channel and currency.

    With hundreds of people it has nearly as many rows as there are lines, so it has neither a key of its own
    nor a unique one: the import writes whole days, and their rows differ in their dimensions by construction.
    """

    __tablename__ = "sales_daily"
    __table_args__ = (Index("ix_sales_daily_sold_on", "sold_on"),)

    sold_on: Mapped[date]
    person_id: Mapped[int | None]
    region_id: Mapped[int]
    customer_group: Mapped[str | None]
    category_id: Mapped[int | None]
    channel: Mapped[str]
    currency: Mapped[str]
    amount: Mapped[Amount]  # of the lines whose price is known
    quantity: Mapped[Amount]
    cost: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    lines: Mapped[int]
    unpriced_lines: Mapped[int]

    __mapper_args__ = {  # noqa: RUF012 - SQLAlchemy reads it as a class attribute
        "primary_key": [
            "sold_on",
            "person_id",
            "region_id",
            "customer_group",
            "category_id",
            "channel",
            "currency",
        ]
    }


class SalesScopeDaily(Base):
    """Sales of a day for a scope. `person_id` 0: all people (also nobody); `region_id` 0: all regions.

    (0, 0) is the company, (p, 0) a person, (0, r) a region, (p, r) a person's sales in a region.
    """

    __tablename__ = "sales_scope_daily"
    __table_args__ = (CheckConstraint("lines >= unpriced_lines", name="unpriced"),)

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    region_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sold_on: Mapped[date] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[Amount]
    quantity: Mapped[Amount]
    lines: Mapped[int]
    unpriced_lines: Mapped[int]
