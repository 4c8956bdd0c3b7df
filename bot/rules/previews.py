"""What a schedule would post now, for one person alone."""

from bot.calls import Call
from bot.rules.pages import by_channel
from domain.refusals import NotKnownAnymore
from domain.rules.company import load_company
from domain.rules.hours import hours_of
from domain.targets.digests import Edition, digest
from domain.targets.places import DAILY_PROGRESS
from templates.actions import PlaceRef
from templates.rules.preview.layout import Preview, made_up_digest
from templates.targets.morning import channel_message


def preview_of(call: Call, asked: PlaceRef) -> Preview:
    """The digest of a channel as of now; for the company's hours ("") that of the first channel there is.

    Whoever may not see the channel's numbers gets the message with made-up ones. Raises NotKnownAnymore.
    """
    company = load_company(call.session)
    found = by_channel(call, company)
    place = found.get(asked.channel) if asked.channel else next(iter(found.values()), None)
    if place is None:
        raise NotKnownAnymore
    hours = hours_of(company, DAILY_PROGRESS, place.channel)
    may_see = place.may_be_read_by(call.actor)
    if may_see:
        view = digest(call.session, place.scope, Edition.of(company, call.now, f"{hours.at:%H:%M}"))
    else:
        view = made_up_digest(place.scope, company.currency)
    if view is None:
        return Preview(place.channel, None)
    message = channel_message(
        view,
        locale=company.language_of(place.channel),
        today=company.today(call.now),
        currency=company.currency,
        timezone=hours.timezone,
        channel=place.channel,
    )
    return Preview(place.channel, message, made_up=not may_see)
