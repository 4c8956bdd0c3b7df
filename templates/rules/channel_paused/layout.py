"""To the administrators, once: a channel does not take our messages, why, and what to do."""

from dataclasses import dataclass
from typing import Any

from domain.names import Locale
from templates.blocks import Message, context, message, section
from templates.formats import NAME, in_order
from templates.i18n import words
from templates.text import Mrkdwn, shorten

# Slack's codes by what is to be done about them: names of macros.
_CAUSES = {
    "is_archived": "archived",
    "channel_not_found": "not_found",
    "not_in_channel": "not_a_member",
    "restricted_action": "restricted",
    "restricted_action_read_only_channel": "restricted",
    "restricted_action_thread_only_channel": "restricted",
    "token_revoked": "revoked",
    "token_expired": "revoked",
    "invalid_auth": "revoked",
    "account_inactive": "revoked",
    "user_disabled": "gone",
    "user_not_found": "gone",
    "messages_tab_disabled": "gone",
}


@dataclass(frozen=True, slots=True)
class Paused:
    """A channel and the code with which Slack refuses it."""

    channel: str
    code: str


def build(view: Paused, *, locale: Locale) -> Message:
    """For an administrator."""
    say = words(locale, "rules/channel_paused")
    name = _CAUSES.get(view.code, "other")
    code = say.code(shorten(view.code, NAME))
    head = say.paused(shorten(view.channel, NAME))
    return message(
        in_order(locale, head, cause(view.code, locale)),
        section(Mrkdwn("*%s* %s") % (head, cause(view.code, locale))),
        context(code if name == "gone" else Mrkdwn(" · ").join([say.waiting(), code])),
    )


def cause(code: str, locale: Locale) -> Mrkdwn:
    """What one of Slack's codes means, and what to do about it."""
    say = words(locale, "rules/channel_paused")
    said: Mrkdwn = getattr(say, _CAUSES.get(code, "other"))()
    return said


def notice(channel: str, code: str, locale: Locale) -> dict[str, Any]:
    """The same as a payload, in the form that delivery asks for."""
    made = build(Paused(channel, code), locale=locale)
    return {"text": made.text, "blocks": made.blocks}
