"""A small company as an ERP would export it, and what the database then holds."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from domain.imports.report import ImportReport, TableReport
from gateways.feeds.importing import import_folder

Row = Mapping[str, object]
NOON = datetime(2026, 10, 23, 12, tzinfo=UTC)
COUNTED = (
    "region", "person", "person_region", "role_grant", "department", "customer", "part_category", "part", "supplier",
    "supplier_part", "warehouse", "stock_item", "order_line", "sales_daily", "sales_scope_daily", "purchase_order_line",
    "target_set", "target_line", "import_batch", "event", "setting", "work_calendar",
)  # fmt: skip


def line(order: str, number: int = 1, **changes: object) -> dict[str, object]:
    """An order line of Alice's: two brake pads in East."""
    usual = {
        "order_no": order, "line_no": number, "ordered_on": "2026-10-05", "channel": "reseller", "person": "alice",
        "region": "East", "customer": "ACE", "part_no": "BP-0012", "quantity": "2", "amount": "57.68",
        "cost": "63.45", "currency": "USD",
    }  # fmt: skip
    return usual | changes


def person(code: str, roles: str = "rep", regions: str = "East", **changes: object) -> dict[str, object]:
    """Somebody of the sales department."""
    usual = {
        "code": code, "name": code.capitalize(), "email": f"{code}@parts.example", "department": "sales",
        "manager": "", "roles": roles, "regions": regions, "locale": "", "timezone": "",
    }  # fmt: skip
    return usual | changes


def company() -> dict[str, list[Row]]:
    """The tables of a company that sells brake pads and filters in East and West."""
    return {
        "regions": [{"code": "East", "name": "East"}, {"code": "West", "name": "West"}],
        "people": [
            person("alice", manager="carol"),
            person("bob", regions="East;West", manager="carol"),
            person("carol", "rep;region_lead", "East;West"),
        ],
        "customers": [
            {"code": "ACE", "name": "Ace Garage", "region": "East", "customer_group": "Workshops", "owner": "alice"},
            {"code": "NEO", "name": "Neo Fleet", "region": "West", "customer_group": "Fleets", "owner": ""},
        ],
        "part_categories": [
            {"code": "brakes", "name": "Brakes", "parent": ""},
            {"code": "pads", "name": "Pads", "parent": "brakes"},
        ],
        "parts": [
            {"part_no": "BP-0012", "name": "Brake pad", "category": "pads", "standard_cost": "31.725"},
            {"part_no": "OF-0034", "name": 'Oil filter 2"', "category": "", "standard_cost": ""},
        ],
        "orders": [line("SO1"), line("SO1", 2, part_no="OF-0034", amount=""), line("SO2", person="bob", region="West")],
        "targets": [{"month": "2026-10-01", "person": "alice", "amount": "1000"}],
    }  # fmt: skip


@dataclass
class Feed:
    """A folder with one CSV a table and the mapping that reads it as it stands."""

    folder: Path
    tables: dict[str, list[Row]] = field(default_factory=company)
    settings: str = ""

    @property
    def source(self) -> Path:
        return self.folder / "export"

    @property
    def mapping(self) -> Path:
        return self.folder / "mapping"

    def write(self) -> None:
        """Write what the tables hold now."""
        for folder in (self.source, self.mapping):
            folder.mkdir(parents=True, exist_ok=True)
        for name, rows in self.tables.items():
            columns = list(dict.fromkeys(c for row in rows for c in row))
            with (self.source / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns)
                writer.writeheader()
                writer.writerows(rows)
            sql = f"SELECT * FROM read_csv('{name}.csv', header = true, all_varchar = true, delim = ',', quote = '\"')"
            if not (self.mapping / f"{name}.sql").exists():
                (self.mapping / f"{name}.sql").write_text(sql, encoding="utf-8")
        if self.settings:
            (self.mapping / "settings.toml").write_text(self.settings, encoding="utf-8")

    def load(self, engine: Engine, **options: Any) -> ImportReport:
        """Import what the tables hold now."""
        self.write()
        return import_folder(engine, self.source, self.mapping, clock=lambda: NOON, **options)


def table(report: ImportReport, name: str) -> TableReport:
    """What the report says of a table."""
    return next(t for t in report.tables if t.table == name)


def counts(engine: Engine) -> dict[str, int]:
    """Rows of every table an import could write to."""
    with engine.connect() as connection:
        return {t: connection.scalar(text(f"SELECT count(*) FROM {t}")) or 0 for t in COUNTED}


def rows(engine: Engine, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


ROLLUPS = {
    "sales_daily": "sold_on, person_id, region_id, customer_group, category_id, channel, currency, amount, quantity, "
    "cost, lines, unpriced_lines",
    "sales_scope_daily": "person_id, region_id, sold_on, channel, currency, amount, quantity, lines, unpriced_lines",
}


def rollups(engine: Engine) -> dict[str, list[str]]:
    """Both roll-ups as sorted text, to compare."""
    return {t: sorted(map(str, rows(engine, f"SELECT {columns} FROM {t}"))) for t, columns in ROLLUPS.items()}
