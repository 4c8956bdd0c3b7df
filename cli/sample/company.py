"""The sample company: Hengtong Parts, two years of its business up to a day of 2026."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from cli.sample import rows
from cli.sample.customers import make_customers
from cli.sample.orders import Line, make_orders
from cli.sample.parts import make_parts
from cli.sample.people import REGIONS, everybody
from cli.sample.purchasing import make_supply
from cli.sample.settings import settings_toml
from cli.sample.suppliers import everyone, make_terms
from cli.sample.targets import Target, make_targets
from cli.sample.workdays import LAST_YEAR, month_start, workdays_gone
from cli.sample.write import write_csv, write_mapping
from domain.imports.tables import TABLES


@dataclass(frozen=True, slots=True)
class Pace:
    """How the present month stands: target in yuan, sold up to today in fen; `region` empty: all."""

    region: str
    target: int
    sold: int

    @property
    def attained(self) -> Decimal:
        """Sold of target, in per cent to one decimal."""
        return (Decimal(self.sold) / self.target).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Sample:
    """What was written: rows by table, a SHA-256 over all files, and the story of the month."""

    folder: Path
    seed: int
    today: date
    rows: Mapping[str, int]
    digest: str
    company: Pace
    regions: tuple[Pace, ...]
    workdays_gone: int
    workdays: int


def _paces(lines: list[Line], goals: list[Target], today: date) -> tuple[Pace, ...]:
    """The present month by region, in the order the regions are listed."""
    month = month_start(today)
    sold = dict.fromkeys((code for code, _, _ in REGIONS), 0)
    target = dict(sold)
    for line in lines:
        if line.day >= month:
            sold[line.customer.region] += line.amount
    for goal in goals:
        if goal.month == month:
            target[goal.region] += goal.amount
    return tuple(Pace(code, target[code], sold[code]) for code, _, _ in REGIONS)


def _digest(folder: Path) -> str:
    """One hash over the name and content of every file written."""
    whole = hashlib.sha256()
    names = [f"{table.name}.{ending}" for table in TABLES for ending in ("csv", "sql")]
    for name in sorted([*names, "settings.toml"]):
        content = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        whole.update(f"{name} {content}\n".encode())
    return whole.hexdigest()


def make_sample(folder: Path, *, seed: int = 7, today: date = date(2026, 10, 23)) -> Sample:
    """Write the sample company into the folder, ready for `partsplan import FOLDER --mapping FOLDER`.

    The same seed and day give the same bytes on any machine. ValueError where `today` is not in 2026:
    the calendar of public holidays is known for that year and the two before it.
    """
    if today.year != LAST_YEAR:
        raise ValueError(f"the sample company lives in {LAST_YEAR}; it cannot be made for {today}")
    staff = everybody()
    parts = make_parts(seed, today)
    customers = make_customers(seed, today)
    terms = make_terms(seed, parts)
    lines = make_orders(seed, parts, customers, staff, today)
    purchases, stock = make_supply(seed, parts, terms, lines, today)
    goals = make_targets(staff, today)
    tables: dict[str, Iterable[rows.Row]] = {
        "regions": rows.regions(),
        "people": rows.people(staff),
        "customers": rows.customers(customers),
        "part_categories": rows.part_categories(),
        "parts": rows.parts(parts),
        "suppliers": rows.suppliers(everyone()),
        "supplier_parts": rows.supplier_parts(terms),
        "warehouses": rows.warehouses(),
        "stock": rows.stock(stock, today),
        "orders": rows.orders(lines),
        "purchase_orders": rows.purchase_orders(purchases),
        "targets": rows.targets(goals),
    }
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for table in TABLES:
        counts[table.name] = write_csv(folder, table, tables[table.name])
        write_mapping(folder, table)
    (folder / "settings.toml").write_text(settings_toml(), encoding="utf-8", newline="\n")
    paces = _paces(lines, goals, today)
    whole = Pace("", sum(pace.target for pace in paces), sum(pace.sold for pace in paces))
    gone, workdays = workdays_gone(today)
    return Sample(folder, seed, today, counts, _digest(folder), whole, paces, gone, workdays)
