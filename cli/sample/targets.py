"""Monthly targets of every person and region for last year and this, rounded as people round them."""

from dataclasses import dataclass
from datetime import date

from cli.sample.demand import target
from cli.sample.people import TERRITORIES, Person
from cli.sample.workdays import month_start, months, next_month


@dataclass(frozen=True, slots=True)
class Target:
    """What a person is to sell in a region in a month, in yuan; `person` empty: the region's rest."""

    month: date
    person: str
    region: str
    amount: int


def make_targets(people: list[Person], today: date) -> list[Target]:
    """From January of last year to December of this; from the month after one joined."""
    joined = {person.code: person.joined_on for person in people}
    found: list[Target] = []
    for month in months(date(today.year - 1, 1, 1), date(today.year, 12, 1)):
        for territory in TERRITORIES:
            if territory.person and month < next_month(month_start(joined[territory.person])):
                continue
            found.append(Target(month, territory.person, territory.region, target(territory, month)))
    return found
