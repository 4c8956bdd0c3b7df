"""The canonical tables: what a company can hand to PartsPlan, whatever system it comes from.

One `Table` per kind of record. A mapping's SQL file (`orders.sql`) or a person's spreadsheet yields
rows with these columns; the judge checks them against this description and nothing else, so that a
bulk feed and a spreadsheet are refused for the same reasons. `docs/feeds.md` is generated from here.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds. Text arrives trimmed; numbers without thousands marks; dates as ISO."""

    CODE = "code"
    TEXT = "text"
    EMAIL = "email"
    INTEGER = "integer"
    QUANTITY = "quantity"  # NUMERIC(18,4), unit of measure of the part
    MONEY = "money"  # NUMERIC(18,4), in the row's currency
    DATE = "date"
    MONTH = "month"  # a date that is the first day of its month
    CURRENCY = "currency"  # ISO 4217
    LOCALE = "locale"
    TIMEZONE = "timezone"  # IANA
    CHOICE = "choice"
    LIST = "list"  # codes separated by semicolons


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `references` names the canonical table whose key the value must be a row of."""

    name: str
    kind: Kind
    required: bool = False
    references: str | None = None
    choices: tuple[str, ...] = ()
    negative: bool = False  # may be below zero (returns)
    help: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A canonical table: `key` columns identify a row; a repeated key is refused."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


ROLES = (
    "rep",
    "region_lead",
    "sales_manager",
    "planner",
    "buyer",
    "storekeeper",
    "logistics",
    "finance",
    "market_analyst",
    "trainer",
    "hr",
    "executive",
    "admin",
)
DEPARTMENTS = (
    "sales",
    "market",
    "purchasing",
    "warehouse",
    "logistics",
    "finance",
    "technical",
    "hr",
    "management",
    "support",
)
CHANNELS = ("reseller", "direct", "dealer", "agent")

_NAMES = (
    Column("name", Kind.TEXT, required=True),
    Column("name_zh_hant", Kind.TEXT),
    Column("name_zh_hans", Kind.TEXT),
)

REGIONS = Table(
    "regions",
    ("code",),
    (
        Column("code", Kind.CODE, required=True),
        *_NAMES,
        Column("region_group", Kind.TEXT, help="the larger area it belongs to"),
    ),
)
PEOPLE = Table(
    "people",
    ("code",),
    (
        Column("code", Kind.CODE, required=True, help="employee number"),
        *_NAMES,
        Column("email", Kind.EMAIL, required=True, help="how a person is found in Slack"),
        Column("title", Kind.TEXT),
        Column("department", Kind.CHOICE, required=True, choices=DEPARTMENTS),
        Column("manager", Kind.CODE, references="people"),
        Column(
            "roles",
            Kind.LIST,
            required=True,
            choices=ROLES,
            help="a lead's role holds for each of the regions",
        ),
        Column("regions", Kind.LIST, references="regions", help="where the person sells; empty: everywhere"),
        Column("locale", Kind.LOCALE),
        Column("timezone", Kind.TIMEZONE),
        Column("joined_on", Kind.DATE),
        Column("left_on", Kind.DATE),
    ),
)
CUSTOMERS = Table(
    "customers",
    ("code",),
    (
        Column("code", Kind.CODE, required=True),
        *_NAMES,
        Column("region", Kind.CODE, references="regions"),
        Column("customer_group", Kind.TEXT),
        Column("owner", Kind.CODE, references="people"),
    ),
)
PART_CATEGORIES = Table(
    "part_categories",
    ("code",),
    (
        Column("code", Kind.CODE, required=True),
        *_NAMES,
        Column("parent", Kind.CODE, references="part_categories"),
    ),
)
PARTS = Table(
    "parts",
    ("part_no",),
    (
        Column("part_no", Kind.CODE, required=True),
        *_NAMES,
        Column("category", Kind.CODE, references="part_categories"),
        Column("uom", Kind.TEXT),
        Column("standard_cost", Kind.MONEY),
        Column("list_price", Kind.MONEY),
        Column("lifecycle", Kind.CHOICE, choices=("new", "active", "phase_out", "superseded", "obsolete")),
    ),
)
SUPPLIERS = Table("suppliers", ("code",), (Column("code", Kind.CODE, required=True), *_NAMES))
SUPPLIER_PARTS = Table(
    "supplier_parts",
    ("supplier", "part_no"),
    (
        Column("supplier", Kind.CODE, required=True, references="suppliers"),
        Column("part_no", Kind.CODE, required=True, references="parts"),
        Column("price", Kind.MONEY),
        Column("currency", Kind.CURRENCY),
        Column("moq", Kind.QUANTITY),
        Column("pack_multiple", Kind.QUANTITY),
        Column("quoted_lead_days", Kind.INTEGER),
    ),
)
WAREHOUSES = Table("warehouses", ("code",), (Column("code", Kind.CODE, required=True), *_NAMES))
STOCK = Table(
    "stock",
    ("part_no", "warehouse"),
    (
        Column("part_no", Kind.CODE, required=True, references="parts"),
        Column("warehouse", Kind.CODE, required=True, references="warehouses"),
        Column("on_hand", Kind.QUANTITY, required=True),
        Column("reserved", Kind.QUANTITY),
        Column("as_of", Kind.DATE),
    ),
)
ORDERS = Table(
    "orders",
    ("order_no", "line_no"),
    (
        Column("order_no", Kind.CODE, required=True),
        Column("line_no", Kind.INTEGER, required=True),
        Column("ordered_on", Kind.DATE, required=True),
        Column("channel", Kind.CHOICE, choices=CHANNELS, help="empty: reseller"),
        Column("person", Kind.CODE, references="people", help="who is credited; empty: nobody"),
        Column("region", Kind.CODE, required=True, references="regions"),
        Column("customer", Kind.CODE, references="customers"),
        Column("part_no", Kind.CODE, required=True, references="parts"),
        Column("quantity", Kind.QUANTITY, required=True, negative=True),
        Column("amount", Kind.MONEY, negative=True, help="line total without tax; empty: not known"),
        Column("cost", Kind.MONEY, negative=True),
        Column("currency", Kind.CURRENCY, help="empty: the company's"),
    ),
)
PURCHASE_ORDERS = Table(
    "purchase_orders",
    ("po_no", "line_no"),
    (
        Column("po_no", Kind.CODE, required=True),
        Column("line_no", Kind.INTEGER, required=True),
        Column("supplier", Kind.CODE, required=True, references="suppliers"),
        Column("part_no", Kind.CODE, required=True, references="parts"),
        Column("warehouse", Kind.CODE, references="warehouses"),
        Column("ordered_on", Kind.DATE, required=True),
        Column("confirmed_on", Kind.DATE),
        Column("due_on", Kind.DATE),
        Column("received_on", Kind.DATE),
        Column("quantity", Kind.QUANTITY, required=True),
        Column("received", Kind.QUANTITY),
        Column("rejected", Kind.QUANTITY),
        Column("unit_cost", Kind.MONEY),
        Column("currency", Kind.CURRENCY),
    ),
)
TARGETS = Table(
    "targets",
    ("month", "person", "region", "category"),
    (
        Column("month", Kind.MONTH, required=True),
        Column("person", Kind.CODE, references="people", help="empty: the region's remainder"),
        Column("region", Kind.CODE, references="regions", help="empty: not split by region"),
        Column("category", Kind.CODE, references="part_categories"),
        Column("amount", Kind.MONEY, required=True),
        Column("currency", Kind.CURRENCY, help="empty: the company's"),
    ),
)

# In the order they are applied: a table comes after the ones it refers to.
TABLES: tuple[Table, ...] = (
    REGIONS,
    PEOPLE,
    CUSTOMERS,
    PART_CATEGORIES,
    PARTS,
    SUPPLIERS,
    SUPPLIER_PARTS,
    WAREHOUSES,
    STOCK,
    ORDERS,
    PURCHASE_ORDERS,
    TARGETS,
)
BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
