"""The company's settings as a document that imports to exactly what is there."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.rules.model import CalendarDay, Setting
from gateways.feeds.settings_toml import written

_HEAD = """\
# Settings of the company, as `partsplan export` wrote them. `partsplan import settings.toml` brings them back.

"""
# In the order people read them; whatever else there is follows.
_ORDER = (
    "company", "channels", "channel_settings", "schedules", "quiet", "thresholds", "targets", "calendar",
)  # fmt: skip


def document_of(session: Session) -> dict[str, Any]:
    """Settings by section, and every day of the calendar."""
    found: dict[str, Any] = {}
    for key, value in session.execute(select(Setting.key, Setting.value).order_by(Setting.key)):
        _put(found, key.split(".", 2), value)
    days = session.scalars(select(CalendarDay).order_by(CalendarDay.day)).all()
    if days or "calendar" in found:
        calendar = found.setdefault("calendar", {})
        # The list is whole: nothing is added from a country's public holidays.
        calendar["complete"] = True
        for name, works in (("holidays", False), ("workdays", True)):
            listed = {row.day.isoformat(): row.label or "" for row in days if row.is_working is works}
            if listed:
                calendar[name] = listed
    return {name: found[name] for name in sorted(found, key=_rank)}


def _put(found: dict[str, Any], path: list[str], value: Any) -> None:
    *sections, last = path
    for name in sections:
        found = found.setdefault(name, {})
    if isinstance(value, Mapping) and isinstance(found.get(last), dict):
        found[last].update(value)
    else:
        found[last] = value


def _rank(name: str) -> tuple[int, str]:
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)


def settings_toml(session: Session) -> str:
    """The text of `settings.toml`."""
    return _HEAD + written(document_of(session))
