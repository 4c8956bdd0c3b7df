"""What menus offer while somebody types."""

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from domain.people.lookup import fold
from domain.people.queries import KnownPerson
from templates.blocks import option
from templates.formats import NAME
from templates.people.zones import CITIES
from templates.text import shorten

MOST = 50
_NO_PLACES = ("Etc/", "SystemV/", "posix/", "right/", "US/")


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """The time zones of places, and UTC."""
    places = {name for name in available_timezones() if "/" in name and not name.startswith(_NO_PLACES)}
    return ("UTC", *sorted(places))


def zone_options(typed: str) -> list[dict[str, Any]]:
    """Zones whose name, or a city in it, is like what was typed."""
    wanted = fold(typed)
    cities = [zone for city, zone in CITIES.items() if wanted and wanted in fold(city)]
    found = [zone for zone in zones() if wanted in fold(zone)]
    found.sort(key=lambda zone: not fold(zone.rpartition("/")[2]).startswith(wanted))
    return [option(zone, zone) for zone in dict.fromkeys([*cities, *found][:MOST])]


def _texts(person: KnownPerson) -> list[str]:
    names = person.names.all()
    return [*names, *(f"{name} {person.code}" for name in names), person.code, person.email]


def person_options(typed: str, people: list[KnownPerson], name_of: Any) -> list[dict[str, Any]]:
    """People whose name, code or address is like what was typed; `name_of` gives the name to show."""
    wanted = fold(typed)
    found = [person for person in people if any(wanted in fold(text) for text in _texts(person))]
    return [
        option(shorten(f"{name_of(person.names)} ({person.code})", NAME), str(person.id))
        for person in found[:MOST]
    ]
