"""What was chosen in the settings modal."""

from bot import payloads
from bot.calls import Call
from domain.names import Locale, negotiate
from domain.people import operations
from templates.actions import SETTINGS_DIGEST, SETTINGS_LANGUAGE


def save_choices(call: Call) -> Locale:
    """Apply the modal; the language to answer in."""
    chosen = payloads.view_state(call.body)
    locale = negotiate(chosen.get(SETTINGS_LANGUAGE))
    operations.choose_locale(call.session, call.actor, locale, now=call.now, request_id=call.request_id)
    if digest := chosen.get(SETTINGS_DIGEST):
        until = operations.snooze_until(digest, today=call.today, calendar=call.company.calendar)
        operations.snooze(call.session, call.actor, until, now=call.now, request_id=call.request_id)
    return locale or call.locale
