"""From what was typed behind `/parts` to the route that answers it."""

import unicodedata

from bot.calls import Call
from bot.replies import Reply
from bot.routes import Kind, Route
from domain.people.lookup import nearest
from domain.people.rights import Right
from domain.refusals import UnknownVerb
from templates.commands import VERBS, verb_of

ROOT = "/parts"
ALIASES = {verb.alias: verb.name for verb in VERBS if verb.alias}
MY_DAY = "day"


def _unknown(call: Call) -> Reply:
    """Nobody's verb: the nearest one, and what can be asked."""
    word = call.text.split()[0]
    every = [spelling for verb in VERBS for spelling in (verb.name, *verb.synonyms)]
    close = nearest(word, every, most=1, at_least=0.6)
    raise UnknownVerb(word, verb_of(close[0]) or "" if close else "")


UNKNOWN = Route(Kind.COMMAND, "unknown", _unknown, Right.MEMBER)


def root_route(text: str, routes: tuple[Route, ...]) -> tuple[Route, str]:
    """The route for the text, and the text behind its verb."""
    by_verb = {route.id: route for route in routes if route.kind is Kind.COMMAND}
    words = unicodedata.normalize("NFKC", text).split(maxsplit=1)
    if not words:
        return by_verb[MY_DAY], ""
    verb = verb_of(words[0])
    if verb is None or verb not in by_verb:
        return UNKNOWN, text
    return by_verb[verb], words[1] if len(words) > 1 else ""
