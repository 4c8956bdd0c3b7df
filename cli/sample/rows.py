"""The company's records as rows of the canonical tables: text under column names, sorted by key."""

from collections.abc import Iterable, Iterator
from datetime import date

from cli.sample.customers import Customer
from cli.sample.orders import Line
from cli.sample.parts import Part
from cli.sample.people import REGIONS, Person
from cli.sample.purchasing import WAREHOUSES, Purchase, Stock
from cli.sample.settings import CURRENCY
from cli.sample.suppliers import Supplier, Terms
from cli.sample.targets import Target
from cli.sample.vocabulary import CATEGORIES, part_types
from cli.sample.words import Name

Row = dict[str, str]


def money(hundredths: int) -> str:
    """An amount with its two decimals.

    >>> money(-1205)
    '-12.05'
    """
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{rest:02d}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _names(name: Name) -> Row:
    return {"name": name.en, "name_zh_hant": name.hant, "name_zh_hans": name.hans}


def regions() -> Iterator[Row]:
    """The six sales regions."""
    for code, name, group in sorted(REGIONS):
        yield {"code": code, **_names(name), "region_group": group}


def people(staff: Iterable[Person]) -> Iterator[Row]:
    """Everybody who works here."""
    for person in staff:
        yield {
            "code": person.code,
            **_names(person.name),
            "email": person.email,
            "title": person.title,
            "department": person.department,
            "manager": person.manager,
            "roles": ";".join(person.roles),
            "regions": ";".join(person.regions),
            "locale": person.locale,
            "timezone": person.timezone,
            "joined_on": _day(person.joined_on),
        }


def customers(found: Iterable[Customer]) -> Iterator[Row]:
    """Everybody who buys here."""
    for customer in found:
        yield {
            "code": customer.code,
            **_names(customer.name),
            "region": customer.region,
            "customer_group": customer.group,
            "owner": customer.owner,
        }


def part_categories() -> Iterator[Row]:
    """Main categories, and under each its kinds of part."""
    main = [{"code": category.code, **_names(category.name)} for category in CATEGORIES]
    kinds = [{"code": kind.prefix, **_names(kind.name), "parent": kind.category} for kind in part_types()]
    yield from sorted(main + kinds, key=lambda row: row["code"])


def parts(found: Iterable[Part]) -> Iterator[Row]:
    """What is sold."""
    for part in sorted(found, key=lambda part: part.part_no):
        yield {
            "part_no": part.part_no,
            **_names(part.name),
            "category": part.type.prefix,
            "uom": part.type.uom,
            "standard_cost": money(part.cost),
            "list_price": money(part.price),
            "lifecycle": part.lifecycle,
        }


def suppliers(found: Iterable[Supplier]) -> Iterator[Row]:
    """Who delivers."""
    for supplier in found:
        yield {"code": supplier.code, **_names(supplier.name)}


def supplier_parts(found: Iterable[Terms]) -> Iterator[Row]:
    """Who delivers what on which terms."""
    for terms in sorted(found, key=lambda terms: (terms.supplier.code, terms.part.part_no)):
        yield {
            "supplier": terms.supplier.code,
            "part_no": terms.part.part_no,
            "price": money(terms.price),
            "currency": terms.supplier.currency,
            "moq": str(terms.moq),
            "pack_multiple": str(terms.pack),
            "quoted_lead_days": str(terms.lead),
        }


def warehouses() -> Iterator[Row]:
    """The two warehouses."""
    for code, name in sorted(WAREHOUSES):
        yield {"code": code, **_names(name)}


def stock(found: Iterable[Stock], today: date) -> Iterator[Row]:
    """What lies where."""
    for one in sorted(found, key=lambda one: (one.part.part_no, one.warehouse)):
        yield {
            "part_no": one.part.part_no,
            "warehouse": one.warehouse,
            "on_hand": str(one.on_hand),
            "reserved": str(one.reserved),
            "as_of": _day(today),
        }


def orders(lines: Iterable[Line]) -> Iterator[Row]:
    """What was sold, and what came back."""
    for line in lines:
        yield {
            "order_no": line.order_no,
            "line_no": str(line.line_no),
            "ordered_on": _day(line.day),
            "channel": line.customer.channel,
            "person": line.customer.owner,
            "region": line.customer.region,
            "customer": line.customer.code,
            "part_no": line.part.part_no,
            "quantity": str(line.quantity),
            "amount": money(line.amount),
            "cost": money(line.cost),
            "currency": CURRENCY,
        }


def purchase_orders(found: Iterable[Purchase]) -> Iterator[Row]:
    """What was bought; lines of one day, supplier and warehouse are one order."""
    lines: dict[tuple[date, str, str], int] = {}
    numbers: dict[date, int] = {}
    order_nos: dict[tuple[date, str, str], str] = {}
    for one in sorted(
        found,
        key=lambda one: (one.ordered_on, one.terms.supplier.code, one.warehouse, one.terms.part.part_no),
    ):
        order = (one.ordered_on, one.terms.supplier.code, one.warehouse)
        if order not in order_nos:
            numbers[one.ordered_on] = numbers.get(one.ordered_on, 0) + 1
            order_nos[order] = f"PO{one.ordered_on:%y%m%d}-{numbers[one.ordered_on]:02d}"
        lines[order] = lines.get(order, 0) + 1
        yield {
            "po_no": order_nos[order],
            "line_no": str(lines[order]),
            "supplier": one.terms.supplier.code,
            "part_no": one.terms.part.part_no,
            "warehouse": one.warehouse,
            "ordered_on": _day(one.ordered_on),
            "confirmed_on": _day(one.confirmed_on),
            "due_on": _day(one.due_on),
            "received_on": _day(one.received_on),
            "quantity": str(one.quantity),
            "received": str(one.received),
            "rejected": str(one.rejected),
            "unit_cost": money(one.terms.price),
            "currency": one.terms.supplier.currency,
        }


def targets(found: Iterable[Target]) -> Iterator[Row]:
    """What everybody is to sell."""
    for target in sorted(found, key=lambda target: (target.month, target.person, target.region)):
        yield {
            "month": _day(target.month),
            "person": target.person,
            "region": target.region,
            "amount": money(target.amount * 100),
            "currency": CURRENCY,
        }
