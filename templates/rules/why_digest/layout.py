"""Why a digest came: the schedule and the channel, and who can change them."""

from domain.names import Locale
from domain.people.views import Kind
from templates.actions import SETTINGS_OPEN, DigestSource, Nothing
from templates.blocks import Message, action_row, button, message, section
from templates.formats import NAME, in_order
from templates.i18n import words
from templates.text import Mrkdwn, shorten


def build(view: DigestSource, *, locale: Locale) -> Message:
    """For whoever asked; the source is what the button carried."""
    say, shared = words(locale, "rules/why_digest"), words(locale, "rules")
    if view.schedule == Kind.NEWS:
        said = in_order(locale, say.news(), say.news_pause())
    else:
        said = in_order(locale, reason(view, locale), say.holidays(), say.who_changes())
    return message(said, section(said), action_row(button(shared.settings(), SETTINGS_OPEN.use(Nothing()))))


def reason(view: DigestSource, locale: Locale) -> Mrkdwn:
    """The sentence that names schedule and place."""
    say = words(locale, "rules/why_digest")
    if view.schedule != "daily_progress":
        return say.other(shorten(view.schedule, NAME), view.at)
    if view.channel:
        return say.to_channel(shorten(view.channel, NAME), view.at)
    return say.to_person(view.at)
