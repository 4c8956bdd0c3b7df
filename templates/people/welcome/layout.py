"""The one message after installing, to whoever installed: what it does and how to begin."""

from dataclasses import dataclass

from domain.names import Locale
from templates.actions import SETUP_CHANNELS, SETUP_IMPORT, SETUP_INVITE, SETUP_SAMPLE, Nothing
from templates.blocks import Message, action_row, button, context, header, message, section
from templates.i18n import words
from templates.text import Mrkdwn


@dataclass(frozen=True, slots=True)
class Welcome:
    """What is there already: a step that is done needs no button to begin it."""

    has_channels: bool = False
    has_data: bool = False


def build(view: Welcome, *, locale: Locale) -> Message:
    """Two lines, three steps, and a text to copy."""
    say = words(locale, "people/welcome")
    steps = [
        (say.channels(), SETUP_CHANNELS, not view.has_channels),
        (say.data(), SETUP_IMPORT, True),
        (say.invite(), SETUP_INVITE, True),
        (say.sample(), SETUP_SAMPLE, not view.has_data),
    ]
    buttons = [button(label, action.use(Nothing())) for label, action, shown in steps if shown]
    if not view.has_channels:
        buttons[0]["style"] = "primary"
    return message(
        say.point(),
        header(say.title()),
        section(say.what()),
        section(say.steps()),
        section(Mrkdwn("%s\n```%s```") % (say.announce(), say.announcement())),
        action_row(*buttons),
        context(say.quiet()),
    )
