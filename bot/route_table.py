"""The routes and who may use them as a document: `python -m bot.route_table` writes docs/rights.md.

A test holds the file against this, so that a route whose right changes shows in a review.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from bot.app import all_routes
from bot.facts import FACTS
from bot.routes import Kind, Route
from domain.people.rights import RIGHTS, Right

FILE = "docs/rights.md"
HEAD = """# Who may do what

Written by `python -m bot.route_table`; do not edit. Whoever is not linked to a person of the company, has left, is
deactivated in Slack, a guest there or a member of another workspace may do nothing of this. A right is looked up
at every request, in the transaction of what it changes, and whose numbers may be read is decided there for every
answer, whichever way was asked: a person's by themselves, by the lead of all regions they sell in and by whoever
has `see_people`; a region's by its lead and by whoever has `see_regions`; the company's by `see_regions`.
"""


def rendered() -> str:
    """The document."""
    return "\n".join([HEAD, *_roles(), "", *_routes(), "", *_facts(), ""])


def _roles() -> Iterator[str]:
    rights = [right for right in Right if right not in (Right.MEMBER, Right.SEE_OWN)]
    yield "| Role, for the whole company | " + " | ".join(f"`{right}`" for right in rights) + " |"
    yield "|---" * (len(rights) + 1) + "|"
    for role, has in RIGHTS.items():
        yield f"| {role} | " + " | ".join("yes" if right in has else "" for right in rights) + " |"


def _routes() -> Iterator[str]:
    yield "| Kind | Route | Right | Changes something | Seen by |"
    yield "|---|---|---|---|---|"
    for route in sorted(all_routes(), key=lambda r: (list(Kind).index(r.kind), r.id)):
        seen_by = "a channel, and the person" if route.public else "the person"
        yield f"| {route.kind} | {_name(route)} | {route.needs} | {'yes' if route.changes else ''} | {seen_by} |"


def _name(route: Route) -> str:
    if route.kind is not Kind.COMMAND:
        return f"`{route.id}`"
    return f"`/parts {route.id}`" + (f", `{route.alias}`" if route.alias else "")


def _facts() -> Iterator[str]:
    yield "Events in which nobody acts and nobody is answered: " + ", ".join(f"`{f.id}`" for f in FACTS) + "."


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else FILE).write_text(rendered(), encoding="utf-8")
