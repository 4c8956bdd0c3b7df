"""Which settings a form is about, and what a region's channel is called there."""

from collections.abc import Mapping
from typing import Any

from bot.calls import Call
from domain.names import Names, negotiate
from domain.people.queries import KnownRegion, known_regions
from domain.rules.changes import values_of
from domain.rules.company import PURPOSES, Company
from domain.rules.views import Spot
from domain.targets.places import DAILY_PROGRESS
from templates.actions import CHANNEL_EDIT, BadPayload, ChannelUse
from templates.rules.channels.layout import Use

BASICS = [Spot("company.locale"), Spot("quiet.from"), Spot("quiet.to")]
THRESHOLDS = [
    Spot("thresholds.tolerance_points"),
    Spot("thresholds.behind_percent"),
    Spot("thresholds.far_behind_percent"),
]
OVERRIDES = f"schedules.{DAILY_PROGRESS}.channels"
CHANNEL_SETTINGS = "channel_settings"


def region_of(call: Call, asked: ChannelUse) -> KnownRegion | None:
    """The region a channel is for; None for a purpose. Raises BadPayload for neither."""
    if asked.purpose:
        if asked.purpose not in PURPOSES:
            raise BadPayload(CHANNEL_EDIT.id, "no such purpose")
        return None
    found = next((r for r in known_regions(call.session) if r.id == asked.region), None)
    if found is None:
        raise BadPayload(CHANNEL_EDIT.id, "no such region")
    return found


def channel_spot(company: Company, asked: ChannelUse, region: KnownRegion | None) -> Spot:
    """Where the channel stands. Regions go by their name, or by their code where settings do so."""
    if region is None:
        return Spot(f"channels.{asked.purpose}")
    by_code = company.channel_of_region(region.code) is not None
    return Spot("channels.regions", region.code if by_code else region.names.name)


def use_of(company: Company, asked: ChannelUse, region: KnownRegion | None) -> Use:
    """The channel as it is set now."""
    if region is None:
        channel, names = company.channels.get(asked.purpose, ""), Names(asked.purpose)
    else:
        channel = company.channel_of_region(region.code) or company.channel_of_region(region.names.name) or ""
        names = region.names
    own = negotiate(company.channel_settings.get(channel, {}).get("locale"))
    return Use(asked.purpose, region.id if region else 0, names, channel, own)


def uses(call: Call, company: Company) -> tuple[Use, ...]:
    """Everything that can have a channel: purposes, then regions."""
    found = [use_of(company, ChannelUse(purpose, 0), None) for purpose in PURPOSES]
    found += [use_of(company, ChannelUse("", region.id), region) for region in known_regions(call.session)]
    return tuple(found)


def schedule_spots(channel: str) -> list[Spot]:
    """The hours of a channel, or ("") of the company."""
    if channel:
        return [Spot(OVERRIDES, channel)]
    return [Spot(f"schedules.{DAILY_PROGRESS}.{name}") for name in ("at", "timezone", "days", "enabled")]


def shown(call: Call, spots: list[Spot]) -> Mapping[Spot, Any]:
    """The values as they stand, to be held against those at the submission."""
    return values_of(call.session, spots)
