"""What came at a bad hour: as one message, or as a part of the morning's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.names import Locale
from domain.people.views import Kind
from templates.actions import DigestSource
from templates.blocks import Block, Message, header, message, section
from templates.i18n import words
from templates.rules.offers import manners
from templates.text import Mrkdwn, shorten

FOLDER = "people/held"
MOST, LINE = 10, 240


@dataclass(frozen=True, slots=True)
class Waited:
    """The points of the messages, as user text."""

    texts: tuple[str, ...]


def build(view: Waited, *, locale: Locale) -> Message:
    """Several messages as one."""
    say = words(locale, FOLDER)
    source = DigestSource(Kind.NEWS, "", "")
    lines = _lines(view.texts, locale)
    return message(
        Mrkdwn(" ").join([say.point(len(view.texts)), *lines]),
        header(say.title()),
        section(Mrkdwn("\n").join(lines)),
        manners(locale, source),
    )


def also(texts: Sequence[str], locale: Locale) -> Block | None:
    """The same as a part of another message; None where nothing waits."""
    if not texts:
        return None
    return section(Mrkdwn("\n").join([words(locale, FOLDER).also(), *_lines(texts, locale)]))


def readable(payload: Mapping[str, Any]) -> str:
    """The point of a message that is made already, unescaped: it will be escaped again."""
    text = str(payload.get("text", ""))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _lines(texts: Sequence[str], locale: Locale) -> list[Mrkdwn]:
    say = words(locale, FOLDER)
    lines = [say.line(shorten(text, LINE)) for text in texts[:MOST]]
    return [*lines, say.line(say.more(len(texts) - MOST))] if len(texts) > MOST else lines
