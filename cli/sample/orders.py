"""Two years of orders: every seller keeps roughly to the month's plan, customer by customer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cli.sample.baskets import Baskets, Item, Order
from cli.sample.customers import Customer
from cli.sample.demand import MonthPlan, month_plan
from cli.sample.dice import Dice
from cli.sample.parts import Part
from cli.sample.people import TERRITORIES, Person, Territory
from cli.sample.workdays import days, month_start, next_workday

_RETURNED = 14  # order lines that come back, per mille
_PROJECTS = 11
_FAR_PAST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One order line as it is written; money in fen, negative for what came back."""

    order_no: str
    line_no: int
    day: date
    customer: Customer
    part: Part
    quantity: int
    amount: int
    cost: int


@dataclass(frozen=True, slots=True)
class _Placed:
    day: date
    order: Order
    returned: bool = False


class _Seller:
    """One territory day by day.

    The next order is in mind before it is placed: it waits until the month's plan has room for half of
    it, so that sales follow the plan without bias and large orders are not crowded out by small ones.
    """

    def __init__(self, seed: int, place: int, baskets: Baskets, customers: list[Customer]) -> None:
        self.territory: Territory = TERRITORIES[place]
        self._dice = Dice(seed, f"orders/{place}")
        self._plan_dice = Dice(seed, f"plans/{place}")
        self._habit = 1000 + self._plan_dice.bell(70)
        self._baskets = baskets
        self._customers = customers
        self._due = [self._dice.below(self._gap(customer) * 2) for customer in customers]
        self._now = 0
        self._waiting: Order | None = None
        self._returns: dict[date, list[Order]] = {}

    @staticmethod
    def _gap(customer: Customer) -> int:
        """How long, in its own time, until the customer orders again: bigger orders, fewer of them."""
        return customer.size * sum(customer.lines) * 1000 // customer.share

    def _next_order(self, day: date) -> Order | None:
        """The order of whoever is due first among those who buy on that day."""
        buying = [
            (self._due[index], index)
            for index, customer in enumerate(self._customers)
            if customer.since <= day <= customer.until
        ]
        if not buying:
            return None
        due, index = min(buying)
        customer = self._customers[index]
        self._now = max(self._now, due)
        self._due[index] = self._now + self._gap(customer) * self._dice.between(700, 1300) // 1000
        return self._baskets.fill(self._dice, customer, day)

    def _keep_returns(self, day: date, order: Order) -> None:
        """Some of what was sold today will come back in the weeks after."""
        for item in order.items:
            if self._dice.chance(_RETURNED):
                back = max(item.quantity * self._dice.between(100, 1000) // 1000, 1)
                returned = Item(
                    item.part,
                    -back,
                    -(item.amount * back // item.quantity),
                    -(item.cost * back // item.quantity),
                )
                when = next_workday(day + timedelta(days=self._dice.between(4, 24)))
                self._returns.setdefault(when, []).append(Order(order.customer, (returned,)))

    def _sell(self, day: date, room: int, *, exact: bool) -> Iterator[Order]:
        """Orders of one day, while there is room (fen) in the plan.

        `exact`: orders too large for the room are passed over, so that the last days meet the plan.
        """
        for _ in range(40):
            kept = self._waiting
            if kept is not None and not kept.customer.since <= day <= kept.customer.until:
                kept = None
            order = kept or self._next_order(day)
            self._waiting = None
            if order is None or (exact and order.amount > room):
                continue
            if room < order.amount // 2:
                self._waiting = order
                return
            room -= order.amount
            self._keep_returns(day, order)
            yield order

    def run(self, first: date, today: date, since: date) -> Iterator[_Placed]:
        """Every order and return from the first day, or the one the seller joined, to the last."""
        plan: MonthPlan | None = None
        sold = 0
        for day in days(max(first, since), today):
            if plan is None or plan.first != month_start(day):
                month = month_start(day)
                plan = month_plan(self._plan_dice, self.territory, month, self._habit, since, today)
                sold = plan.until(day - timedelta(days=1)) if day.day > 1 else 0
            for order in self._returns.pop(day, []):
                sold += order.amount
                yield _Placed(day, order, returned=True)
            exact = (today - day).days < 2
            for order in self._sell(day, plan.until(day) - sold, exact=exact):
                sold += order.amount
                yield _Placed(day, order)


def _projects(
    seed: int,
    baskets: Baskets,
    customers: list[Customer],
    joined: dict[str, date],
    first: date,
    today: date,
) -> Iterator[_Placed]:
    """Big one-off orders, none in the last two months: they come on top of any plan."""
    dice = Dice(seed, "projects")
    able = [
        customer
        for customer in customers
        if customer.group not in ("Dealer", "Workshop") and customer.owner and customer.size > 1800
    ]
    span = (today - first).days - 75
    for _ in range(_PROJECTS):
        customer = dice.pick(able)
        day = next_workday(first + timedelta(days=dice.below(span)))
        if not max(customer.since, joined[customer.owner]) <= day <= customer.until:
            continue
        parts: dict[str, Item] = {}
        for _ in range(4):
            order = baskets.fill(dice, customer, day, times=dice.between(4, 8))
            for item in order.items if order else ():
                parts.setdefault(item.part.part_no, item)
        yield _Placed(day, Order(customer, tuple(parts.values())))


def _numbered(placed: list[_Placed]) -> Iterator[Line]:
    """Order numbers count up within a day: SO261023-001; RT for what came back."""
    counts: dict[str, int] = {}
    for one in placed:
        stem = f"{'RT' if one.returned else 'SO'}{one.day:%y%m%d}"
        counts[stem] = counts.get(stem, 0) + 1
        number = f"{stem}-{counts[stem]:03d}"
        for line_no, item in enumerate(one.order.items, start=1):
            yield Line(
                number, line_no, one.day, one.order.customer, item.part, item.quantity, item.amount, item.cost
            )


def make_orders(
    seed: int, parts: list[Part], customers: list[Customer], people: list[Person], today: date
) -> list[Line]:
    """Every order line of the two years up to and including `today`, by order number and line."""
    first = date(today.year - 2, today.month, today.day) + timedelta(days=1)
    baskets = Baskets(seed, parts, customers, today)
    joined = {person.code: person.joined_on for person in people}
    placed = list(_projects(seed, baskets, customers, joined, first, today))
    for place, territory in enumerate(TERRITORIES):
        own = [
            customer
            for customer in customers
            if (customer.owner, customer.region) == (territory.person, territory.region)
        ]
        seller = _Seller(seed, place, baskets, own)
        placed += seller.run(first, today, joined.get(territory.person, _FAR_PAST))
    placed.sort(key=lambda one: one.day)  # stable: within a day as the territories are listed
    return sorted(_numbered(placed), key=lambda line: (line.order_no, line.line_no))
