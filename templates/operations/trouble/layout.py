"""One message per trouble in the operations channel, edited to its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.monitoring.troubles import AFTERWARDS, Kind
from domain.names import Locale
from templates import text as texts
from templates.blocks import Message, context, header, message, section
from templates.formats import Reader
from templates.i18n import words
from templates.text import Mrkdwn, shorten

FOLDER = "operations/trouble"
VALUE = 80
MOST_LISTED = 6


@dataclass(frozen=True, slots=True)
class TroubleView:
    """A trouble as it stands. `ended` None: it goes on; `moved`: a newer message speaks of it."""

    kind: Kind
    subject: str
    began: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    ended: datetime | None = None
    times: int = 1
    moved: bool = False


def build(view: TroubleView, *, locale: Locale, today: date, timezone: str, channel: str) -> Message:
    """What it is, since when, what to do; once it is over, from when to when."""
    reader = Reader(locale, today, timezone=timezone)
    say = words(locale, FOLDER)
    given = facts(view, reader)
    title, what = getattr(say, f"{view.kind}_title")(given), getattr(say, f"{view.kind}_what")(given)
    why = context(say.why({"channel": shorten(channel, VALUE)}))
    if view.ended is not None:
        span = {"at": reader.moment(view.ended), "began": reader.moment(view.began)}
        end = say.over(span) if view.kind in AFTERWARDS else say.resolved(span)
        heading = title if view.kind in AFTERWARDS else say.resolved_title({"title": title})
        fix = getattr(say, f"{view.kind}_fix")(given) if view.kind in AFTERWARDS else None
        return message(
            reader.sentences(texts.plain(heading) + reader_stop(reader), end),
            header(heading),
            section(Mrkdwn("\n").join([reader.sentences(what, end), *([fix] if fix else [])])),
            why,
        )
    if view.moved:
        return message(say.moved({}), header(title), section(reader.sentences(what, say.moved({}))), why)
    fix = getattr(say, f"{view.kind}_fix")(given)
    since = reader.sentences(say.since({"at": reader.moment(view.began)}), _again(view, reader))
    return message(
        reader.sentences(what, since, fix),
        header(title),
        section(Mrkdwn("\n").join([reader.sentences(what, since), fix])),
        why,
    )


def reader_stop(reader: Reader) -> str:
    """The mark that ends a heading where a sentence follows it."""
    return "." if reader.english else "。"


def _again(view: TroubleView, reader: Reader) -> Mrkdwn | None:
    if view.times < 2:
        return None
    return words(reader.locale, FOLDER).again({"times": reader.number(view.times)})


def facts(view: TroubleView, reader: Reader) -> dict[str, str]:
    """The figures as they are read: instants end in `_at` and are ISO, lists hold reasons and counts."""
    given = {"subject": shorten(texts.clean(view.subject), VALUE), "note": reader.not_known}
    return given | {name: _read(name, value, reader) for name, value in view.facts.items() if value != ""}


def _read(name: str, value: Any, reader: Reader) -> str:
    if isinstance(value, int):
        return reader.number(value)
    if name.endswith("_at"):
        return reader.moment(datetime.fromisoformat(value))
    if isinstance(value, list | tuple):
        shown = [f"{shorten(texts.clean(str(what)), VALUE)} × {count}" for what, count in value[:MOST_LISTED]]
        return reader.listed([*shown, *["…"] * (len(value) > MOST_LISTED)])
    return shorten(texts.clean(str(value)), VALUE)
