"""Changes to what the company has set."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, extract, select
from sqlalchemy.orm import Session

from domain.events.operations import append
from domain.imports.report import Change
from domain.people.model import Person
from domain.rules.model import CalendarDay, Setting


def apply_settings(
    session: Session, values: Mapping[str, Any], *, actor: str, now: datetime, surface: str = "cli"
) -> list[Change]:
    """Set what differs; the changes made. Settings not named stay as they are.

    `values` are JSON values by dotted name, judged already; `actor` is a pseudonym, `system` or `cli`. Each
    change is an event of its own.
    """
    stored = {row.key: row for row in session.scalars(select(Setting).where(Setting.key.in_(values)))}
    by = session.scalar(select(Person.id).where(Person.pseudonym == actor))
    changes = []
    for key, value in sorted(values.items()):
        row = stored.get(key)
        if row is not None and row.value == value:
            continue
        changes.append(Change(key, row.value if row else None, value))
        if row is None:
            session.add(Setting(key=key, value=value, changed_by=by, changed_at=now))
        else:
            row.value, row.version = value, row.version + 1
            row.changed_by, row.changed_at = by, now
    session.flush()
    for change in changes:
        _record(session, change, actor, surface, now)
    return changes


def apply_calendar(
    session: Session,
    *,
    holidays: Mapping[date, str],
    workdays: Mapping[date, str],
    actor: str,
    now: datetime,
    surface: str = "cli",
) -> list[Change]:
    """Make these the days off and the days worked in exchange, in every year they name. Other years stay."""
    wanted = {day: (False, label or None) for day, label in holidays.items()}
    wanted |= {day: (True, label or None) for day, label in workdays.items()}
    years = sorted({day.year for day in wanted})
    of_years = extract("year", CalendarDay.day).in_(years)
    stored = {
        row.day: (row.is_working, row.label) for row in session.scalars(select(CalendarDay).where(of_years))
    }
    if not years or stored == wanted:
        return []
    session.execute(delete(CalendarDay).where(of_years))
    session.add_all(CalendarDay(day=d, is_working=works, label=label) for d, (works, label) in wanted.items())
    session.flush()
    changes = [
        Change(f"calendar.{year}", _of_year(stored, year), _of_year(wanted, year))
        for year in years
        if _of_year(stored, year) != _of_year(wanted, year)
    ]
    for change in changes:
        _record(session, change, actor, surface, now)
    return changes


def _of_year(days: Mapping[date, tuple[bool, str | None]], year: int) -> dict[str, list[str]] | None:
    """The days of a year as JSON; None where there are none."""
    mine = {day: works for day, (works, _) in days.items() if day.year == year}
    return {"holidays": _iso(mine, False), "workdays": _iso(mine, True)} if mine else None


def _iso(days: Mapping[date, bool], working: bool) -> list[str]:
    return _sorted(day.isoformat() for day, works in days.items() if works is working)


def _sorted(texts: Iterable[str]) -> list[str]:
    return sorted(texts)


def _record(session: Session, change: Change, actor: str, surface: str, now: datetime) -> None:
    append(
        session,
        at=now,
        actor=actor,
        surface=surface,
        subject_type="setting",
        subject_id=change.key,
        verb="set",
        before=None if change.before is None else {"value": change.before},
        after={"value": change.after},
    )
