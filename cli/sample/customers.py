"""Four hundred customers: who they are, who looks after them, how they buy."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from cli.sample.company_names import TRADES, brands, cities
from cli.sample.dice import Dice, running
from cli.sample.people import TERRITORIES, Territory
from cli.sample.words import Name

COUNT = 400
_HOUSE = 8  # customers of a region that nobody looks after
_FAR_PAST = date(2000, 1, 1)
_GROUPS = ("Dealer", "Fleet", "Workshop", "Factory", "OEM service", "Rental")
_GROUP_SHARES = running((22, 24, 26, 14, 7, 7))
_DISCOUNTS = {  # per mille of the list price: from, to
    "Dealer": (110, 170),
    "Fleet": (50, 100),
    "Workshop": (30, 80),
    "Factory": (20, 80),
    "OEM service": (80, 120),
    "Rental": (40, 90),
}


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer and its habits. `size` scales its quantities, `share` its part of the territory
    (per mille, relative); it buys from `since` to `until`."""

    code: str
    name: Name
    region: str
    group: str
    owner: str
    discount: int
    size: int
    share: int
    lines: tuple[int, int]
    since: date
    until: date

    @property
    def channel(self) -> str:
        """Through whom it is sold: dealers resell, what nobody looks after is sold direct."""
        if not self.owner:
            return "direct"
        return "dealer" if self.group == "Dealer" else "reseller"


def _counts() -> list[int]:
    """How many customers each territory has: 400 in all, more where more is sold."""
    rest = COUNT - sum(_HOUSE for territory in TERRITORIES if not territory.person)
    cared = [territory for territory in TERRITORIES if territory.person]
    weights = [territory.target // 10_000 + 50 for territory in cared]
    whole = [rest * weight // sum(weights) for weight in weights]
    leftovers = sorted(range(len(cared)), key=lambda index: (-(rest * weights[index] % sum(weights)), index))
    for index in leftovers[: rest - sum(whole)]:
        whole[index] += 1
    given = iter(whole)
    return [next(given) if territory.person else _HOUSE for territory in TERRITORIES]


def _name(dice: Dice, brand: Name, group: str, region: str) -> Name:
    trade = dice.pick(TRADES[group])
    if dice.chance(450 if group == "Dealer" else 700):
        city = dice.pick(cities(region))
        return Name(
            f"{city.en} {brand.en} {trade.en}",
            city.hant + brand.hant + trade.hant,
            city.hans + brand.hans + trade.hans,
        )
    return Name(f"{brand.en} {trade.en}", brand.hant + trade.hant, brand.hans + trade.hans)


def _years(dice: Dice, today: date) -> tuple[date, date]:
    """When it bought: a few are lost, some are new, most were always there."""
    draw = dice.below(1000)
    if draw < 50:
        return _FAR_PAST, today - timedelta(days=dice.between(90, 420))
    if draw < 140:
        return today - timedelta(days=dice.between(60, 640)), date.max
    return _FAR_PAST, date.max


def _customer(dice: Dice, code: str, brand: Name, territory: Territory, today: date) -> Customer:
    group = _GROUPS[dice.weighted(_GROUP_SHARES)]
    low, high = _DISCOUNTS[group]
    since, until = _years(dice, today)
    big = group in ("Dealer", "Fleet")
    size = int(dice.lognormal(Decimal(2500 if big else 2000), Decimal("0.40")))
    return Customer(
        code=code,
        name=_name(dice, brand, group, territory.region),
        region=territory.region,
        group=group,
        owner=territory.person,
        discount=dice.between(low, high) // 5 * 5 if territory.person else 0,
        size=size if territory.person else 700,
        share=int(dice.lognormal(Decimal(1000), Decimal("0.70"))),
        lines=(1, 7 if group == "Dealer" else 5),
        since=since,
        until=until,
    )


def _key_accounts(today: date) -> dict[str, Customer]:
    """The two customers of the East whose reorder is overdue, by who looks after them."""
    parts = Name("Machinery Parts", "機械零配件", "机械配件")
    hengda = Name(f"Hengda {parts.en}", "恆達" + parts.hant, "恒达" + parts.hans)
    xinlong = Name(f"Xinlong {parts.en}", "鑫隆" + parts.hant, "鑫隆" + parts.hans)
    last = today - timedelta(days=25)
    return {
        "E025": Customer("", hengda, "East", "Dealer", "E025", 150, 4800, 6500, (9, 12), _FAR_PAST, last),
        "E026": Customer("", xinlong, "East", "Dealer", "E026", 120, 3000, 3600, (6, 8), _FAR_PAST, last),
    }


def make_customers(seed: int, today: date) -> list[Customer]:
    """Every customer, by code; no two share a name in any language."""
    dice = Dice(seed, "customers")
    free = [brand for brand in dice.shuffled(brands()) if brand.en not in ("Hengda", "Xinlong")]
    heroes = _key_accounts(today)
    found: list[Customer] = []
    for territory, count in zip(TERRITORIES, _counts(), strict=True):
        for number in range(count):
            code = f"C{len(found) + 1:04d}"
            made = _customer(dice, code, free[len(found)], territory, today)
            hero = heroes.get(territory.person) if number == 0 and territory.region == "East" else None
            found.append(replace(hero, code=code) if hero else made)
    return found
