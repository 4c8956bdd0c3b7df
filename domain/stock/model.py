"""Parts, who supplies them and what lies on the shelves."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.base import Amount, Base


class PartCategory(Base):
    """A category of parts, possibly below another."""

    __tablename__ = "part_category"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_zh_hant: Mapped[str | None]
    name_zh_hans: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("part_category.id"), index=True)


class Part(Base):
    """A part. Cost and price in the company's currency, None where not known."""

    __tablename__ = "part"

    id: Mapped[int] = mapped_column(primary_key=True)
    part_no: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_zh_hant: Mapped[str | None]
    name_zh_hans: Mapped[str | None]
    category_id: Mapped[int | None] = mapped_column(ForeignKey("part_category.id"), index=True)
    uom: Mapped[str | None]
    standard_cost: Mapped[Amount | None]
    list_price: Mapped[Amount | None]
    lifecycle: Mapped[str] = mapped_column(server_default="active")


class Supplier(Base):
    """Somebody we buy parts from."""

    __tablename__ = "supplier"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_zh_hant: Mapped[str | None]
    name_zh_hans: Mapped[str | None]


class SupplierPart(Base):
    """Terms under which a supplier sells a part; `quoted_lead_days` in calendar days."""

    __tablename__ = "supplier_part"

    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("part.id"), primary_key=True, index=True)
    price: Mapped[Amount | None]
    currency: Mapped[str | None]
    moq: Mapped[Amount | None]
    pack_multiple: Mapped[Amount | None]
    quoted_lead_days: Mapped[int | None]


class Warehouse(Base):
    """Where parts are kept."""

    __tablename__ = "warehouse"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_zh_hant: Mapped[str | None]
    name_zh_hans: Mapped[str | None]


class StockItem(Base):
    """What a warehouse holds of a part, as of a day."""

    __tablename__ = "stock_item"

    part_id: Mapped[int] = mapped_column(ForeignKey("part.id"), primary_key=True)
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"), primary_key=True, index=True)
    on_hand: Mapped[Amount]
    reserved: Mapped[Amount | None]
    as_of: Mapped[date | None]


class PurchaseOrderLine(Base):
    """A line bought from a supplier, from order to receipt."""

    __tablename__ = "purchase_order_line"
    __table_args__ = (UniqueConstraint("po_no", "line_no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    po_no: Mapped[str]
    line_no: Mapped[int]
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("part.id"), index=True)
    warehouse_id: Mapped[int | None] = mapped_column(ForeignKey("warehouse.id"))
    ordered_on: Mapped[date]
    confirmed_on: Mapped[date | None]
    due_on: Mapped[date | None]
    received_on: Mapped[date | None]
    quantity: Mapped[Amount]
    received: Mapped[Amount | None]
    rejected: Mapped[Amount | None]
    unit_cost: Mapped[Amount | None]
    currency: Mapped[str | None]
