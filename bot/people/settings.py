"""A person's own settings: what the forms show, and what was chosen in them."""

from datetime import date, time
from typing import Any

from bot import payloads
from bot.calls import Call
from bot.menus import zones
from bot.replies import FieldErrors, Reply
from domain.names import Locale, negotiate
from domain.people import choices, operations
from domain.people.choices import Times
from domain.people.manners import manners_of
from domain.people.queries import preferences, slack_locale
from domain.people.views import Kind
from domain.rules.company import Company, load_company
from domain.rules.hours import hours_of
from domain.rules.quiet import Quiet
from domain.targets.places import DAILY_PROGRESS
from templates import actions
from templates.actions import BadPayload, Until
from templates.people.pause import layout as pause
from templates.people.settings import layout as settings
from templates.rules.parts import AS_COMPANY
from templates.rules.schedules.layout import zone_error


def shown(call: Call, times: Times | None = None) -> settings.Settings:
    """What the person has chosen; `times` instead of those that stand."""
    company = load_company(call.session)
    chosen = preferences(call.session, call.actor)
    found = times or choices.times_of(call.session, call.actor.person_id)
    return settings.Settings(
        language=chosen.locale,
        snoozed_until=chosen.snoozed_until,
        at=found.digest_at,
        zone=found.timezone,
        quiet=found.quiet,
        usual_at=hours_of(company, DAILY_PROGRESS).at,
        usual_quiet=company.quiet,
        slack_zone=choices.slack_zone(call.session, call.actor) or company.timezone,
        earliest=choices.EARLIEST,
        latest=choices.LATEST,
    )


def save_choices(call: Call) -> Locale | FieldErrors:
    """Apply the modal; the language to answer in: the chosen one, else as Slack is set."""
    chosen = payloads.view_state(call.body)
    language = _text(chosen, actions.SETTINGS_LANGUAGE)
    company = load_company(call.session)
    if actions.SETTINGS_AT in chosen:
        times = _times(chosen, company)
        if wrong := _trouble(call, times, company):
            return wrong
        choices.choose_times(call.session, call.actor, times, now=call.now, request_id=call.request_id)
    _digest_of_old(call, _text(chosen, actions.SETTINGS_DIGEST) or settings.KEEP)
    locale = negotiate(language)
    operations.choose_locale(call.session, call.actor, locale, now=call.now, request_id=call.request_id)
    return locale or slack_locale(call.session, call.actor) or call.company.locale


def _digest_of_old(call: Call, digest: str) -> None:
    """A form opened before this release could pause the daily progress."""
    if digest not in (settings.KEEP, *Until):
        raise BadPayload(actions.SETTINGS_SAVE, "none of the options")
    if digest != settings.KEEP:
        until = operations.snooze_until(digest, today=call.today, calendar=call.company.calendar)
        choices.pause(call.session, call.actor, None, until=until, now=call.now, request_id=call.request_id)


def _text(chosen: dict[str, Any], field: str) -> str:
    found = chosen.get(field) or ""
    if not isinstance(found, str):
        raise BadPayload(actions.SETTINGS_SAVE, field)
    return found


def _times(chosen: dict[str, Any], company: Company) -> Times:
    """Hour, zone and quiet hours; one end of the quiet hours alone goes with the company's other."""
    start, end = _time(chosen, actions.SETTINGS_QUIET_FROM), _time(chosen, actions.SETTINGS_QUIET_TO)
    quiet = None
    if start is not None or end is not None:
        usual = company.quiet
        quiet = Quiet(usual.start if start is None else start, usual.end if end is None else end)
    zone = _text(chosen, actions.SETTINGS_ZONE) or None
    return Times(_time(chosen, actions.SETTINGS_AT), zone, quiet)


def _time(chosen: dict[str, Any], field: str) -> time | None:
    written = _text(chosen, field)
    try:
        return None if written in ("", AS_COMPANY) else time.fromisoformat(written)
    except ValueError as error:
        raise BadPayload(actions.SETTINGS_SAVE, field) from error


def _trouble(call: Call, times: Times, company: Company) -> FieldErrors | None:
    blocks = payloads.block_ids(call.body)
    if times.timezone is not None and times.timezone not in zones():
        words = zone_error(times.timezone, call.locale)
        return FieldErrors({blocks.get(actions.SETTINGS_ZONE, "zone"): words})
    if why := times.trouble(company):
        words = settings.hour_error(why, shown(call, times), call.locale)
        return FieldErrors({blocks.get(actions.SETTINGS_AT, "at"): words})
    return None


def paused(call: Call) -> pause.Pause:
    """What the person has paused."""
    company = load_company(call.session)
    found = manners_of(call.session, company, call.actor.person_id, today=call.today)
    if found is None:
        return pause.Pause()
    return pause.Pause(found.snoozed_until, found.away_from, found.snoozed_kinds)


def save_pause(call: Call) -> Reply | None:
    """Apply the pause; what is wrong with it where something is."""
    chosen = payloads.view_state(call.body)
    written = _text(chosen, actions.PAUSE_KIND)
    if written != pause.ALL and written not in tuple(Kind):
        raise BadPayload(actions.PAUSE_SAVE, actions.PAUSE_KIND)
    kind = None if written == pause.ALL else Kind(written)
    until, first = _until(call, chosen), _day(chosen, actions.PAUSE_FIRST)
    if isinstance(until, FieldErrors):
        return until
    if first is not None and until is not None and (kind is not None or first >= until):
        return _pause_error(call, actions.PAUSE_FIRST, "all_only" if kind else "backwards")
    later = first if first is not None and first > call.today else None
    choices.pause(
        call.session, call.actor, kind, first=later, until=until, now=call.now, request_id=call.request_id
    )
    return None


def _until(call: Call, chosen: dict[str, Any]) -> date | FieldErrors | None:
    """The first day with messages again; None: nothing is paused."""
    until = _text(chosen, actions.PAUSE_UNTIL)
    if until != pause.A_DAY:
        if until not in tuple(Until):
            raise BadPayload(actions.PAUSE_SAVE, actions.PAUSE_UNTIL)
        return operations.snooze_until(until, today=call.today, calendar=call.company.calendar)
    day = _day(chosen, actions.PAUSE_DAY)
    if day is None or day <= call.today:
        return _pause_error(call, actions.PAUSE_DAY, "needs_day" if day is None else "past")
    return day


def _day(chosen: dict[str, Any], field: str) -> date | None:
    written = _text(chosen, field)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise BadPayload(actions.PAUSE_SAVE, field) from error


def _pause_error(call: Call, field: str, why: str) -> FieldErrors:
    block = payloads.block_ids(call.body).get(field, field)
    return FieldErrors({block: pause.error_words(why, call.locale)})
