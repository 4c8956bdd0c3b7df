"""What a person gets without asking: when, where and why, and what became of the last one."""

from dataclasses import dataclass, field
from datetime import date, datetime

from domain.names import Locale, Names
from domain.rules.hours import Hours
from domain.rules.quiet import Quiet
from templates.actions import DELIVERIES_OPEN
from templates.blocks import View, context, modal, section
from templates.formats import NAME, Reader
from templates.i18n import words
from templates.people.pause.layout import Pause, in_words
from templates.rules.parts import MOST_SHOWN, quiet_words, when
from templates.text import Mrkdwn, shorten

FOLDER = "people/deliveries"


@dataclass(frozen=True, slots=True)
class Deliveries:
    """`own` None: no numbers of their own; `channels`: those of the regions they sell in or lead."""

    own: Hours | None
    sent_at: datetime | None
    channels: tuple[tuple[str, Names, Hours], ...]
    quiet: Quiet
    pause: Pause = field(default_factory=Pause)


def build(view: Deliveries, *, locale: Locale, today: date, timezone: str = "UTC") -> View:
    """The modal."""
    say, reader = words(locale, FOLDER), Reader(locale, today, timezone=timezone)
    paused = in_words(view.pause, reader)
    blocks = [
        section(_own(view, reader)),
        section(say.news()),
        *(
            section(
                say.channel(shorten(channel, NAME), reader.name(names), when(hours, reader), hours.timezone)
            )
            for channel, names, hours in view.channels[:MOST_SHOWN]
        ),
        section(say.paused(paused)) if paused else None,
        context(say.quiet(quiet_words(view.quiet, reader))),
    ]
    kept = [block for block in blocks if block is not None]
    return modal(say.title(), kept, callback_id=DELIVERIES_OPEN.id, close=say.close())


def _own(view: Deliveries, reader: Reader) -> Mrkdwn:
    say = words(reader.locale, FOLDER)
    if view.own is None:
        return say.own_none()
    if not view.own.enabled:
        return say.own_off()
    sent = say.sent(reader.moment(view.sent_at)) if view.sent_at else say.not_sent()
    return Mrkdwn("\n").join([say.own(when(view.own, reader), view.own.timezone), sent])
