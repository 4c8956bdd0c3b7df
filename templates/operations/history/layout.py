"""The daily line about the history of changes: its length and last hash, which nobody can shorten later."""

from dataclasses import dataclass

from domain.names import Locale
from templates.blocks import Message, context, message, section
from templates.formats import in_order
from templates.i18n import words
from templates.text import Mrkdwn


@dataclass(frozen=True, slots=True)
class HistoryHead:
    """The end as `partsplan audit head` prints it, and which entries were touched."""

    head: str
    broken: tuple[int, ...] = ()


def build(view: HistoryHead, *, locale: Locale) -> Message:
    """One line; where something was touched, what to do as well."""
    say = words(locale, "operations/history")
    given = {"head": view.head}
    if not view.broken:
        said = say.verified(given)
        return message(said, section(said), context(say.keep({})))
    rows = Mrkdwn(", " if locale is Locale.EN else "、").join(map(str, view.broken[:20]))
    said = in_order(locale, say.broken({**given, "rows": rows}), say.what_to_do({}))
    return message(said, section(said))
