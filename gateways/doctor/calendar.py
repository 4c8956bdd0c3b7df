"""The company's calendar of the next ninety days against the public holidays of its country."""

from collections.abc import Iterator
from datetime import date, timedelta

import holidays
from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.monitoring.findings import Finding, fine, warning
from domain.rules.company import Company
from domain.rules.model import CalendarDay, Setting

AHEAD = timedelta(days=90)
KEYS = ("company.country", "calendar.country")
RECENT = 3  # years in which a country that makes up for holidays has done so


def calendar(session: Session, company: Company, *, today: date) -> list[Finding]:
    """Whether the holidays of the next ninety days are known, and days worked in exchange for them."""
    until = today + AHEAD
    own = set(session.scalars(select(CalendarDay.day).where(CalendarDay.day.between(today, until))))
    rows = session.execute(select(Setting.key, Setting.value).where(Setting.key.in_(KEYS)))
    named = {str(key): str(value) for key, value in rows}
    country = next((named[key] for key in KEYS if named.get(key)), "")
    if not country:
        if own:
            return [fine("calendar", "own", count=len(own), until=until)]
        return [warning("calendar", "nothing", until=until)]
    years = range(today.year, until.year + 1)
    try:
        public = holidays.country_holidays(country, years=years)
    except NotImplementedError:
        return [warning("calendar", "no_country", country=country)]
    found = [*_unpublished(public, country, years, own), *_worked_through(company, public, today, until)]
    return found or [fine("calendar", count=len(own), until=until, country=country)]


def _unpublished(
    public: holidays.HolidayBase, country: str, years: range, own: set[date]
) -> Iterator[Finding]:
    """Years whose exchanged days nobody has told the library yet, and the company's calendar neither."""
    if not makes_up(country, years[0]):
        return
    told: set[int] = set(getattr(public, "special_public_holidays", {}))
    for year in years:
        if year not in told and not any(day.year == year for day in own):
            yield warning("calendar", "unpublished", country=country, year=str(year))


def makes_up(country: str, year: int) -> bool:
    """Whether a country has lately worked on weekends in exchange for holidays."""
    before = holidays.country_holidays(country, years=range(year - RECENT, year + 1))
    return any(day.year >= year - RECENT for day in getattr(before, "weekend_workdays", ()))


def _worked_through(
    company: Company, public: holidays.HolidayBase, today: date, until: date
) -> Iterator[Finding]:
    """Public holidays on which the company's calendar would send digests."""
    days = sorted(day for day in public if today <= day <= until and company.calendar.is_working(day))
    if days:
        names = tuple(f"{day.isoformat()} {public[day]}" for day in days[:8])
        yield warning("calendar", "worked", count=len(days), days=names)
