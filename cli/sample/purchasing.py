"""Two years of purchase orders and the stock they leave: each warehouse reviews its parts weekly.

The stock follows from the sales and the receipts, so that coverage, slow movers and parts about to run
out are there for a reason. Opening balances are the only thing assumed.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from cli.sample.dice import Dice
from cli.sample.orders import Line
from cli.sample.parts import HERO, Part
from cli.sample.suppliers import Terms
from cli.sample.words import Name
from cli.sample.workdays import days, next_workday

WAREHOUSES: tuple[tuple[str, Name], ...] = (
    ("KS", Name("Kunshan", "崑山倉", "昆山仓")),
    ("CD", Name("Chengdu", "成都倉", "成都仓")),
)
_SERVED_BY = {"Southwest": "CD", "Northwest": "CD"}
_FAR_SHELF = 30  # order lines in two years from which a part lies in Chengdu too
_SHORT_KINDS = ("OF", "AF")  # beside the hero, the fastest part of these kinds is running out
_RECENT = 91  # days
_NOTHING_ORDERED = 45  # days before today without an order for a part that is running out


@dataclass(frozen=True, slots=True)
class Purchase:
    """A purchase order line; `received_on` empty: still to come. Quantities in the part's unit."""

    terms: Terms
    warehouse: str
    ordered_on: date
    confirmed_on: date | None
    due_on: date
    received_on: date | None
    quantity: int
    received: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Stock:
    """What lies in a warehouse, and how much of it is promised."""

    part: Part
    warehouse: str
    on_hand: int
    reserved: int


@cache
def _review_days(first: date, today: date) -> tuple[date, ...]:
    """Tuesdays, or the next working day; once where a holiday makes two meet."""
    found = [next_workday(day) for day in days(first, today) if day.weekday() == 1]
    return tuple(sorted({day for day in found if day <= today}))


def _delay(dice: Dice, reliable: int) -> int:
    """Days after the promised one that a delivery comes: early, on the day, or late."""
    if dice.chance(reliable):
        return -dice.below(4)
    return dice.between(2, 9) + (dice.between(8, 40) if dice.chance(330) else 0)


def _order(dice: Dice, terms: Terms, warehouse: str, day: date, quantity: int, today: date) -> Purchase:
    """What becomes of an order: confirmed in days, received when it is, short or partly refused at times."""
    confirmed = next_workday(day + timedelta(days=dice.between(1, 4)))
    due = next_workday(day + timedelta(days=terms.lead))
    arrival = next_workday(due + timedelta(days=_delay(dice, terms.supplier.reliable)))
    arrival = max(arrival, day + timedelta(days=2))
    short, bad = dice.chance(60), dice.chance(35)
    share = dice.between(500, 900)
    received = max(quantity * share // 1000, 1) if short else quantity
    rejected = min(max(received * dice.between(20, 250) // 1000, 1), received) if bad else 0
    arrived = arrival <= today
    return Purchase(
        terms=terms,
        warehouse=warehouse,
        ordered_on=day,
        confirmed_on=confirmed if confirmed <= today else None,
        due_on=due,
        received_on=arrival if arrived else None,
        quantity=quantity,
        received=received if arrived else 0,
        rejected=rejected if arrived else 0,
    )


def _cover(busy_days: int) -> int:
    """Days of demand one order is for, by the days a year the part is asked for: rare ones seldom."""
    return next(cover for least, cover in ((90, 125), (30, 190), (6, 340), (0, 700)) if busy_days >= least)


@dataclass(slots=True)
class _Shelf:
    """One part in one warehouse, week by week."""

    dice: Dice
    part: Part
    warehouse: str
    terms: list[Terms]
    sold: dict[date, int]
    first: date
    today: date
    days: list[date] = field(init=False)
    totals: list[int] = field(init=False)
    on_hand: int = 0
    bought: list[Purchase] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.days = sorted(self.sold)
        self.totals = [0, *accumulate(self.sold[day] for day in self.days)]

    def _per_year(self) -> int:
        start = max(self.first, self.part.since)
        return sum(self.sold.values()) * 365 // max((self.today - start).days, 60)

    def _lots(self, per_year: int) -> tuple[int, int]:
        """Reorder point and order quantity, as a buyer would set them (with a hand that varies)."""
        lead = self.terms[0].lead
        hand = self.dice.between(750, 1350)
        safety = per_year * (lead + 30) * 450 // 365_000
        point = (per_year * (lead + 7) // 365 + safety) * hand // 1000
        return point, max(per_year * _cover(len(self.sold) // 2) // 365, 1)

    def run(self) -> None:
        """From the opening balance to today's stock."""
        per_year = self._per_year()
        point, lot = self._lots(per_year)
        self.on_hand = point + lot * self.dice.between(100, 1200) // 1000
        if not self.sold:  # nobody asks for it: bought once, in Kunshan
            self.on_hand = self.dice.between(0, 2 * self.part.quantity) if self.warehouse == "KS" else 0
        dead = self.part.lifecycle in ("superseded", "obsolete")
        previous = self.first
        for review in _review_days(self.first, self.today):
            self._move(previous, review)
            previous = review
            coming = sum(
                one.quantity for one in self.bought if one.received_on is None or one.received_on > review
            )
            wanted = per_year > 0 and self.part.since <= review <= self.part.until and not dead
            if wanted and self.on_hand + coming <= point:
                self._buy(review, lot)
        self._move(previous, self.today + timedelta(days=1))

    def _gone(self, day: date) -> int:
        """What was sold before the day."""
        return self.totals[bisect_left(self.days, day)]

    def _move(self, start: date, end: date) -> None:
        """Sales and receipts from `start` up to but not including `end`."""
        out = self._gone(end) - self._gone(start)
        came = sum(
            one.received - one.rejected
            for one in self.bought
            if one.received_on is not None and start <= one.received_on < end
        )
        self.on_hand = max(self.on_hand + came - out, 0)

    def _buy(self, day: date, lot: int) -> None:
        terms = self.terms[0] if self.dice.chance(850) else self.dice.pick(self.terms)
        packs = -(-max(lot, terms.moq) // terms.pack)
        self.bought.append(_order(self.dice, terms, self.warehouse, day, packs * terms.pack, self.today))


def _sold_by_shelf(lines: list[Line]) -> dict[tuple[str, str], dict[date, int]]:
    """What left each warehouse by day: Chengdu serves the west with what it keeps, Kunshan the rest."""
    western: dict[str, int] = {}
    for line in lines:
        if line.customer.region in _SERVED_BY:
            western[line.part.part_no] = western.get(line.part.part_no, 0) + 1
    found: dict[tuple[str, str], dict[date, int]] = {}
    for line in lines:
        kept = western.get(line.part.part_no, 0) >= _FAR_SHELF
        warehouse = _SERVED_BY.get(line.customer.region, "KS") if kept else "KS"
        shelf = found.setdefault((line.part.part_no, warehouse), {})
        shelf[line.day] = shelf.get(line.day, 0) + line.quantity
    return found


def _running_out(lines: list[Line], today: date) -> dict[str, dict[str, tuple[int, int]]]:
    """On hand and reserved, by warehouse, of three parts with a few days left, nothing to lend and
    nothing on order."""
    recent: dict[str, int] = {}
    for line in lines:
        if line.part.type.prefix in _SHORT_KINDS and (today - line.day).days < _RECENT:
            recent[line.part.part_no] = recent.get(line.part.part_no, 0) + line.quantity
    found = {HERO: {"KS": (22, 4), "CD": (6, 6)}}
    for prefix in _SHORT_KINDS:
        part_no = max(sorted(no for no in recent if no.startswith(prefix)), key=lambda no: recent[no])
        day = max(recent[part_no] // _RECENT, 1)
        found[part_no] = {"KS": (day * 2 + 3, day // 3), "CD": (day // 2, 0)}
    return found


def make_supply(
    seed: int, parts: list[Part], terms: list[Terms], lines: list[Line], today: date
) -> tuple[list[Purchase], list[Stock]]:
    """The purchase orders of the two years, and what is in stock today."""
    first = date(today.year - 2, today.month, today.day) + timedelta(days=1)
    sold = _sold_by_shelf(lines)
    short = _running_out(lines, today)
    quiet_since = today - timedelta(days=_NOTHING_ORDERED)
    offers: dict[str, list[Terms]] = {}
    for one in terms:
        offers.setdefault(one.part.part_no, []).append(one)
    dice = Dice(seed, "supply")
    purchases: list[Purchase] = []
    stock: list[Stock] = []
    for part in parts:
        for warehouse, _ in WAREHOUSES:
            history = sold.get((part.part_no, warehouse), {})
            shelf = _Shelf(dice, part, warehouse, offers[part.part_no], history, first, today)
            shelf.run()
            reserved = shelf.on_hand * dice.between(20, 250) // 1000 if dice.chance(220) else 0
            on_hand = shelf.on_hand
            if part.part_no in short:
                on_hand, reserved = short[part.part_no][warehouse]
                shelf.bought = [
                    one for one in shelf.bought if one.received_on and one.ordered_on <= quiet_since
                ]
            purchases += shelf.bought
            stock.append(Stock(part, warehouse, on_hand, reserved))
    return purchases, stock
