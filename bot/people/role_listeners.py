"""People and their roles, for administrators."""

from bot.calls import Call
from bot.menus import person_options
from bot.people import roles
from bot.replies import Options, Reply
from domain.people.queries import known_people


def offer_people(call: Call) -> Reply:
    """People like what was typed."""

    return Options(
        person_options(call.text, known_people(call.session), lambda names: names.in_locale(call.locale))
    )


def find(call: Call) -> Reply:
    """A person was chosen."""
    return roles.find_person(call)


def give(call: Call) -> Reply:
    """A role is to be given."""
    return roles.give_role(call)


def end(call: Call) -> Reply:
    """End, beside a role."""
    return roles.end_role(call)
