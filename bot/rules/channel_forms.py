"""Which channel is for what: the form read, checked, applied."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.calls import Call
from bot.replies import FieldErrors, OpenModal, Reply
from bot.rules import pages, spots
from bot.rules.forms import Form, moved
from domain.names import Locale
from domain.people.queries import KnownRegion
from domain.people.roles import readers_of
from domain.rules.changes import MovedOn, values_of
from domain.rules.company import CHANNEL_NAME, load_company
from domain.rules.views import Spot
from gateways.clock import real_now
from gateways.delivery.channels import remember
from templates import actions
from templates.actions import BadPayload, ChannelUse, Page
from templates.rules.channels import layout as channels
from templates.rules.parts import AS_COMPANY, saved

OUR_BOT = 1


def save_channel(call: Call) -> Reply:
    """A purpose or region goes to another channel, in another language, or to none."""
    form = Form(call, actions.CHANNEL_SAVE)
    asked = actions.CHANNEL_EDIT.decode(form.about)
    company = load_company(call.session)
    region = spots.region_of(call, asked)
    use = spots.use_of(company, asked, region)
    name = _name(form, use.channel)
    if not isinstance(name, str):
        return name
    language = _language(form)
    wanted: dict[Spot, Any] = {spots.channel_spot(company, asked, region): name or None}
    if name:
        wanted |= _about_channel(call, name, language)
        wanted |= _moved_hours(call, use.channel, name)
    try:
        changes = form.apply(wanted)
    except MovedOn as second:
        return OpenModal(pages.channel_form(call, asked, moved(second)))
    return _done(form, asked, replace(use, channel=name, language=language), region, changes)


def _done(
    form: Form, asked: ChannelUse, use: channels.Use, region: KnownRegion | None, changes: int
) -> Reply:
    call, audience = form.call, None
    del asked
    chosen = call.channels.get(form.text(actions.CHANNEL_CHOSEN))
    if chosen is not None:
        remember(call.session, {chosen.name: chosen.slack_id}, now=real_now())
        if region is not None:
            people = readers_of(call.session, region.id, today=call.today)
            if chosen.members - OUR_BOT > people:
                audience = channels.Audience(use, chosen.members, people)
    note = saved(changes, channels.set_note(use, audience))
    return OpenModal(pages.page(call, Page.CHANNELS, note))


def _name(form: Form, present: str) -> str | FieldErrors:
    """The channel by its name; a name that stands in the field unchanged gives way to what was chosen."""
    chosen, typed = form.text(actions.CHANNEL_CHOSEN), form.text(actions.CHANNEL_NAME)
    if typed and not typed.startswith("#"):
        typed = f"#{typed}"
    if typed and CHANNEL_NAME.fullmatch(typed) is None:
        return _wrong(form, actions.CHANNEL_NAME, "bad_name")
    if not chosen:
        return typed
    seen = form.call.channels.get(chosen)
    if seen is None:
        return _wrong(form, actions.CHANNEL_CHOSEN, "not_seen")
    if typed and typed not in (seen.name, present):
        return _wrong(form, actions.CHANNEL_NAME, "two_channels")
    return seen.name


def _wrong(form: Form, field: str, why: str) -> FieldErrors:
    made = form.error(field, channels.error_words(why, form.call.locale))
    assert isinstance(made, FieldErrors)
    return made


def _language(form: Form) -> Locale | None:
    found = form.text(actions.CHANNEL_LANGUAGE)
    if found == AS_COMPANY:
        return None
    try:
        return Locale(found)
    except ValueError as error:
        raise BadPayload(form.callback_id, actions.CHANNEL_LANGUAGE) from error


def _about_channel(call: Call, channel: str, language: Locale | None) -> Mapping[Spot, Any]:
    """The channel's own settings with the language in them."""
    spot = Spot(spots.CHANNEL_SETTINGS, channel)
    present = values_of(call.session, [spot])[spot] or {}
    kept = {name: value for name, value in present.items() if name != "locale"}
    return {spot: (kept | {"locale": language.value} if language else kept) or None}


def _moved_hours(call: Call, before: str, after: str) -> Mapping[Spot, Any]:
    """Hours of its own go with what the channel is for, unless the new channel has some."""
    if not before or before == after:
        return {}
    old, new = Spot(spots.OVERRIDES, before), Spot(spots.OVERRIDES, after)
    found = values_of(call.session, [old, new])
    return {new: found[old]} if found[old] and not found[new] else {}
