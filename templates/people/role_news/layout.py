"""To a person: somebody has given them a role, or ended one."""

from dataclasses import dataclass
from datetime import date

from domain.names import Locale, Names
from domain.people.views import HeldRole, Kind
from templates.actions import DigestSource
from templates.blocks import Message, message, section
from templates.formats import Reader
from templates.i18n import words
from templates.people.roles.layout import held_words, plain_words
from templates.rules.offers import manners


@dataclass(frozen=True, slots=True)
class RoleNews:
    """Who did it, which role, and whether it was ended."""

    who: Names
    role: HeldRole
    ended: bool = False


def build(view: RoleNews, *, locale: Locale, today: date) -> Message:
    """In the person's language."""
    say, reader = words(locale, "people/role_news"), Reader(locale, today)
    who = reader.name(view.who)
    if view.ended:
        said = say.ended(who, plain_words(view.role, reader))
    else:
        said = say.given(who, held_words(view.role, reader))
    whole = reader.sentences(said, say.what_now())
    return message(said, section(whole), manners(locale, DigestSource(Kind.NEWS, "", "")))
