"""Nine hundred parts: numbers one remembers, prices, and how often each is asked for."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cli.sample.dice import Dice
from cli.sample.specs import names
from cli.sample.vocabulary import CATEGORIES, PartType, part_types
from cli.sample.words import Name

# The part every text of ours speaks of; it is ordered often and about to run out.
HERO = "BP-0012"
TOP_SPEED = 20_000  # the hero's; no other part is asked for more often
_FAR_PAST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Part:
    """A part; money in fen. It is sold from `since` until `until`, as often as `speed` says."""

    part_no: str
    name: Name
    type: PartType
    price: int
    cost: int
    speed: int
    quantity: int
    lifecycle: str
    since: date
    until: date

    @property
    def main_category(self) -> str:
        """The code of the category above the part's own."""
        return self.type.category


def _price(fen: int) -> int:
    """A list price as price lists have them: finer steps for cheap parts."""
    for limit, step in ((1_000, 5), (5_000, 50), (50_000, 100), (300_000, 500)):
        if fen < limit:
            return max(fen // step, 1) * step
    return fen // 1_000 * 1_000


def _lifecycle(dice: Dice, part_no: str, today: date) -> tuple[str, date, date]:
    """Where a part stands in its life, and between which days it can be sold."""
    draw = dice.below(1000)
    days_ago = dice.between(40, 240)
    if part_no == HERO or draw >= 140:
        return "active", _FAR_PAST, date.max
    if draw < 40:
        return "new", today - timedelta(days=days_ago), date.max
    if draw < 90:
        return "phase_out", _FAR_PAST, date.max
    if draw < 120:
        return "superseded", _FAR_PAST, today - timedelta(days=days_ago + 60)
    return "obsolete", _FAR_PAST, today - timedelta(days=days_ago + 200)


def _part(dice: Dice, kind: PartType, number: int, name: Name, today: date) -> Part:
    part_no = f"{kind.prefix}-{number:04d}"
    hero = part_no == HERO
    share = next(category.cost_share for category in CATEGORIES if category.code == kind.category)
    price = 28_600 if hero else _price(int(dice.lognormal(Decimal(kind.price * 100), Decimal("0.40"))))
    lifecycle, since, until = _lifecycle(dice, part_no, today)
    speed = int(dice.lognormal(Decimal(kind.speed * 100), Decimal("1.25")))
    return Part(
        part_no=part_no,
        name=name,
        type=kind,
        price=price,
        cost=price * (share + dice.bell(60)) // 1000,
        speed=TOP_SPEED if hero else max(min(speed, TOP_SPEED), 1),
        quantity=3 if hero else max((kind.quantity * kind.price * 100 + price // 2) // price, 1),
        lifecycle=lifecycle,
        since=since,
        until=until,
    )


def make_parts(seed: int, today: date) -> list[Part]:
    """Every part, by category and number; the same names always, prices and speeds by the seed."""
    dice = Dice(seed, "parts")
    found: list[Part] = []
    for kind in part_types():
        possible = names(kind.name, kind.fits)
        chosen = sorted(dice.shuffled(range(len(possible)))[: kind.count])
        for number, index in enumerate(chosen, start=1):
            found.append(_part(dice, kind, number, possible[index], today))
    return found
