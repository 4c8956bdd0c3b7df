"""What a customer puts into an order: its own assortment, its own quantities, its own discount."""

from dataclasses import dataclass
from datetime import date

from cli.sample.customers import Customer
from cli.sample.dice import Dice, running
from cli.sample.parts import Part
from cli.sample.vocabulary import CATEGORIES

_SEASONS = {category.code: category.season for category in CATEGORIES}
_SEASON_TOP = 1350
# How much each group asks for, in the order of the categories: BRAKES FILTERS BEARINGS SEALS HYDRAULICS
# BELTS ENGINE ELECTRICAL DRIVETRAIN UNDERCARRIAGE SUSPENSION LUBRICANTS.
_TASTES: dict[str, tuple[int, ...]] = {
    "Dealer": (14, 14, 12, 10, 8, 10, 10, 10, 8, 8, 8, 8),
    "Fleet": (30, 24, 6, 4, 0, 8, 10, 12, 12, 0, 16, 18),
    "Workshop": (22, 22, 10, 10, 6, 10, 18, 14, 12, 3, 12, 12),
    "Factory": (0, 10, 40, 30, 14, 26, 0, 6, 0, 0, 0, 18),
    "OEM service": (2, 20, 8, 20, 26, 6, 16, 8, 4, 24, 0, 10),
    "Rental": (6, 20, 4, 10, 18, 5, 8, 8, 2, 20, 0, 14),
}
# Quantities against the usual one, per mille: most near it, a few far above (lumpy demand).
_SWINGS = (300, 400, 500, 600, 700, 800, 900, 1000, 1000, 1000, 1100, 1200, 1400, 1700, 2200, 3200)
_HAGGLED = (0, 0, 0, 0, 10, 20, 30)  # off the list price beyond the customer's discount, per mille
_LIST_PRICES = {0: 1000, 1: 980, 2: 960}  # per mille of this year's, by years ago
_COSTS = {0: 1000, 1: 972, 2: 950}


@dataclass(frozen=True, slots=True)
class Item:
    """One line: so many of a part, what is charged and what it cost, in fen."""

    part: Part
    quantity: int
    amount: int
    cost: int


@dataclass(frozen=True, slots=True)
class Order:
    """What a customer asks for at one time."""

    customer: Customer
    items: tuple[Item, ...]

    @property
    def amount(self) -> int:
        """What the whole order is worth, in fen."""
        return sum(item.amount for item in self.items)


class Baskets:
    """Fills orders. Keeps what each customer usually buys, so that reorders repeat parts."""

    def __init__(self, seed: int, parts: list[Part], customers: list[Customer], today: date) -> None:
        dice = Dice(seed, "assortments")
        self._parts = parts
        self._today = today
        index = {category.code: place for place, category in enumerate(CATEGORIES)}
        self._reach = {
            group: running([part.speed * taste[index[part.main_category]] for part in parts])
            for group, taste in _TASTES.items()
        }
        self._usual = {customer.code: self._assortment(dice, customer) for customer in customers}

    def _assortment(self, dice: Dice, customer: Customer) -> list[Part]:
        """Parts the customer buys again and again; one drawn twice is bought twice as often."""
        reach = self._reach[customer.group]
        return [self._parts[dice.weighted(reach)] for _ in range(110 if customer.group == "Dealer" else 42)]

    def _choose(self, dice: Dice, customer: Customer, day: date) -> Part | None:
        """A part the customer may want that day; None where luck brought none that is sold then."""
        for _ in range(5):
            usual = self._usual[customer.code]
            reach = self._reach[customer.group]
            part = self._parts[dice.weighted(reach)] if dice.chance(150) else dice.pick(usual)
            season = _SEASONS[part.main_category][day.month - 1]
            if part.since <= day <= part.until and dice.below(_SEASON_TOP) < season:
                return part
        return None

    def _item(self, dice: Dice, customer: Customer, part: Part, day: date, times: int) -> Item:
        quantity = part.quantity * customer.size * dice.pick(_SWINGS) * times // 1_000_000
        if quantity > 2 * part.type.pack:
            quantity = quantity // part.type.pack * part.type.pack
        quantity = max(quantity, 1)
        years = min(self._today.year - day.year, 2)
        off = min(customer.discount + dice.pick(_HAGGLED), 220)
        price = part.price * _LIST_PRICES[years] // 1000
        amount = (quantity * price * (1000 - off) + 500) // 1000
        return Item(part, quantity, amount, quantity * (part.cost * _COSTS[years] // 1000))

    def fill(self, dice: Dice, customer: Customer, day: date, times: int = 1) -> Order | None:
        """An order of that day; `times` the usual quantities for a project."""
        low, high = customer.lines
        wanted = dice.between(low, high)
        if low == 1:  # most small orders are very small
            wanted = min(wanted, dice.between(low, high))
        chosen: dict[str, Part] = {}
        for _ in range(wanted):
            part = self._choose(dice, customer, day)
            if part is not None:
                chosen.setdefault(part.part_no, part)
        items = tuple(self._item(dice, customer, part, day, times) for part in chosen.values())
        return Order(customer, items) if items else None
