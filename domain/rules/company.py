"""What the company has set, read as one value."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.names import Locale, negotiate
from domain.rules.model import CalendarDay, Setting
from domain.rules.quiet import NIGHT, Quiet
from domain.rules.working_days import Calendar

# What channels can be for, and how Slack names one.
PURPOSES = ("company", "sales", "purchasing", "warehouse", "finance", "management", "operations")
CHANNEL_NAME = re.compile(r"#[^\s#@A-Z]{1,80}")
# A day's sales are complete, and its working day over, from this local time on.
CLOSING = time(18, 0)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a target counts as behind: percentage points from even pace, and the pace index in per cent."""

    tolerance_points: Decimal = Decimal(2)
    behind_percent: Decimal = Decimal(90)
    far_behind_percent: Decimal = Decimal(80)


@dataclass(frozen=True, slots=True)
class Company:
    """The company's settings, with the defaults of a company that has set nothing.

    `currency` is ISO 4217, `timezone` IANA, `fiscal_year_start` a month 1..12. `target_channels` are the sales
    channels that count towards targets; empty: all. `channels` maps a purpose (`company`, `sales`) to a Slack
    channel name, `region_channels` a region's name to one.
    """

    name: str = ""
    currency: str = "USD"
    timezone: str = "UTC"
    locale: Locale = Locale.EN
    fiscal_year_start: int = 1
    target_channels: tuple[str, ...] = ()
    channels: dict[str, str] = field(default_factory=dict)
    region_channels: dict[str, str] = field(default_factory=dict)
    channel_settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    schedules: dict[str, dict[str, Any]] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)
    quiet: Quiet = NIGHT
    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def zone(self) -> ZoneInfo:
        """The company's time zone."""
        return ZoneInfo(self.timezone)

    def today(self, now: datetime) -> date:
        """The company's calendar day at an instant."""
        return now.astimezone(self.zone).date()

    def day_is_over(self, now: datetime) -> bool:
        """Whether today's working day counts as elapsed."""
        return now.astimezone(self.zone).time() >= CLOSING

    def counts(self, channel: str) -> bool:
        """Whether sales of a channel count towards targets."""
        return not self.target_channels or channel in self.target_channels

    def channel_of_region(self, region_name: str) -> str | None:
        """The Slack channel of a region, None where it has none."""
        return self.region_channels.get(region_name)

    def language_of(self, channel: str) -> Locale:
        """The language of a channel, the company's where it has none of its own."""
        scheduled = self.schedules.get("daily_progress", {}).get("channels", {}).get(channel, {})
        own = self.channel_settings.get(channel, {}).get("locale") or scheduled.get("locale")
        return negotiate(own) or self.locale


def load_company(session: Session) -> Company:
    """The settings as they are now. Unknown keys are left to the features that know them."""
    values = {row.key: row.value for row in session.execute(select(Setting.key, Setting.value))}
    return company_from(values, load_calendar(session, values.get("calendar.weekend")))


def company_from(values: dict[str, Any], calendar: Calendar) -> Company:
    """A company from flattened settings (`company.name`, `channels.regions`, `schedules.daily_progress.at`)."""
    default = Company()

    def section(prefix: str) -> dict[str, Any]:
        return {k[len(prefix) :]: v for k, v in values.items() if k.startswith(prefix)}

    schedules: dict[str, dict[str, Any]] = {}
    for key, value in section("schedules.").items():
        name, _, option = key.partition(".")
        schedules.setdefault(name, {}).update({option: value} if option else dict(value))
    named = section("channels.")
    regions = dict(named.pop("regions", {}))
    regions |= {k.removeprefix("regions."): v for k, v in named.items() if k.startswith("regions.")}
    return Company(
        name=values.get("company.name", default.name),
        currency=values.get("company.currency", default.currency),
        timezone=values.get("company.timezone", default.timezone),
        locale=negotiate(values.get("company.locale")) or default.locale,
        fiscal_year_start=int(values.get("company.fiscal_year_start", default.fiscal_year_start)),
        target_channels=tuple(values.get("targets.channels", ())),
        channels={k: v for k, v in named.items() if not k.startswith("regions.")},
        region_channels=regions,
        channel_settings=dict(values.get("channel_settings", {})),
        schedules=schedules,
        calendar=calendar,
        quiet=Quiet(
            time.fromisoformat(values.get("quiet.from", f"{NIGHT.start:%H:%M}")),
            time.fromisoformat(values.get("quiet.to", f"{NIGHT.end:%H:%M}")),
        ),
        thresholds=_thresholds(section("thresholds.")),
    )


def _thresholds(values: dict[str, Any]) -> Thresholds:
    known = {name: Decimal(str(value)) for name, value in values.items() if name in Thresholds.__slots__}
    return Thresholds(**known)


def load_calendar(session: Session, weekend: list[int] | None = None) -> Calendar:
    """The company's working days; `weekend` are weekday numbers, Monday 0, Saturday and Sunday by default."""
    closed: set[date] = set()
    opened: set[date] = set()
    for row in session.execute(select(CalendarDay.day, CalendarDay.is_working)):
        (opened if row.is_working else closed).add(row.day)
    if weekend is None:
        return Calendar(closed=frozenset(closed), open=frozenset(opened))
    return Calendar(weekend=frozenset(weekend), closed=frozenset(closed), open=frozenset(opened))
