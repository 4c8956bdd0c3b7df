"""What was chosen in the settings modal."""

from bot import payloads
from bot.calls import Call
from domain.names import Locale, negotiate
from domain.people import operations
from domain.people.queries import slack_locale
from templates.actions import SETTINGS_DIGEST, SETTINGS_LANGUAGE, SETTINGS_SAVE, BadPayload, Until
from templates.people.settings.layout import KEEP


def save_choices(call: Call) -> Locale:
    """Apply the modal; the language to answer in: the chosen one, else as Slack is set."""
    chosen = payloads.view_state(call.body)
    language, digest = chosen.get(SETTINGS_LANGUAGE), chosen.get(SETTINGS_DIGEST, KEEP)
    if not isinstance(language or "", str) or digest not in (KEEP, *Until):
        raise BadPayload(SETTINGS_SAVE, "none of the options")
    locale = negotiate(language)
    operations.choose_locale(call.session, call.actor, locale, now=call.now, request_id=call.request_id)
    if digest != KEEP:
        until = operations.snooze_until(digest, today=call.today, calendar=call.company.calendar)
        operations.snooze(call.session, call.actor, until, now=call.now, request_id=call.request_id)
    return locale or slack_locale(call.session, call.actor) or call.company.locale
