"""Where canonical rows are kept: table and columns in the database, and what their references resolve to."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that holds a code in the feed and an id in the database."""

    column: str  # of the destination
    table: str  # it refers to


@dataclass(frozen=True, slots=True)
class Destination:
    """The database table of a canonical table.

    `later`: references to the table itself, resolved once all rows are there. `filled`: columns that people
    set themselves; a feed fills them where they are empty and leaves them otherwise. `grouping`: columns by
    which sales are rolled up. `lists`: columns kept in tables of their own.
    """

    table: str
    references: dict[str, Reference] = field(default_factory=dict)
    later: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    grouping: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    def column(self, canonical: str) -> str:
        """The database column of a canonical one."""
        reference = self.references.get(canonical)
        return reference.column if reference else canonical


# Canonical tables others refer to: database table and the column with the code.
CODES = {
    "regions": ("region", "code"),
    "people": ("person", "code"),
    "customers": ("customer", "code"),
    "part_categories": ("part_category", "code"),
    "parts": ("part", "part_no"),
    "suppliers": ("supplier", "code"),
    "warehouses": ("warehouse", "code"),
}
_REGION = Reference("region_id", "regions")
_PART = Reference("part_id", "parts")
_SUPPLIER = Reference("supplier_id", "suppliers")
_WAREHOUSE = Reference("warehouse_id", "warehouses")

DESTINATIONS: dict[str, Destination] = {
    "regions": Destination("region"),
    "people": Destination(
        "person",
        {"manager": Reference("manager_id", "people")},
        later=("manager",),
        filled=("locale", "timezone"),
        lists=("roles", "regions"),
    ),
    "customers": Destination(
        "customer",
        {"region": _REGION, "owner": Reference("owner_id", "people")},
        grouping=("customer_group",),
    ),
    "part_categories": Destination(
        "part_category", {"parent": Reference("parent_id", "part_categories")}, later=("parent",)
    ),
    "parts": Destination(
        "part", {"category": Reference("category_id", "part_categories")}, grouping=("category",)
    ),
    "suppliers": Destination("supplier"),
    "supplier_parts": Destination("supplier_part", {"supplier": _SUPPLIER, "part_no": _PART}),
    "warehouses": Destination("warehouse"),
    "stock": Destination("stock_item", {"part_no": _PART, "warehouse": _WAREHOUSE}),
    "purchase_orders": Destination(
        "purchase_order_line", {"supplier": _SUPPLIER, "part_no": _PART, "warehouse": _WAREHOUSE}
    ),
    "targets": Destination(
        "target_line",
        {
            "person": Reference("person_id", "people"),
            "region": _REGION,
            "category": Reference("category_id", "part_categories"),
        },
    ),
    "orders": Destination(
        "order_line",
        {
            "person": Reference("person_id", "people"),
            "region": _REGION,
            "customer": Reference("customer_id", "customers"),
            "part_no": _PART,
        },
    ),
}
