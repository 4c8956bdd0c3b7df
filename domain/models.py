"""Every mapped class, imported in one place for migrations and tests."""

from domain.base import Base
from domain.computations.model import Computation
from domain.customers.model import Customer
from domain.delivery.model import (
    Gate,
    Heartbeat,
    HeldMessage,
    InboxRow,
    OutboxRow,
    PostedMessage,
    SlackChannel,
)
from domain.events.model import Event, EventHead
from domain.imports.model import ImportBatch
from domain.monitoring.model import TroubleRow
from domain.orders.model import OrderLine, SalesDaily, SalesScopeDaily
from domain.people.model import Department, Erasure, Person, PersonRegion, Preference, Region, RoleGrant
from domain.rules.model import CalendarDay, Setting, Slot
from domain.stock.model import (
    Part,
    PartCategory,
    PurchaseOrderLine,
    StockItem,
    Supplier,
    SupplierPart,
    Warehouse,
)
from domain.targets.model import TargetLine, TargetSet

metadata = Base.metadata

__all__ = [
    "Base",
    "CalendarDay",
    "Computation",
    "Customer",
    "Department",
    "Erasure",
    "Event",
    "EventHead",
    "Gate",
    "Heartbeat",
    "HeldMessage",
    "ImportBatch",
    "InboxRow",
    "OrderLine",
    "OutboxRow",
    "Part",
    "PartCategory",
    "Person",
    "PersonRegion",
    "PostedMessage",
    "Preference",
    "PurchaseOrderLine",
    "Region",
    "RoleGrant",
    "SalesDaily",
    "SalesScopeDaily",
    "Setting",
    "SlackChannel",
    "Slot",
    "StockItem",
    "Supplier",
    "SupplierPart",
    "TargetLine",
    "TargetSet",
    "TroubleRow",
    "Warehouse",
    "metadata",
]
