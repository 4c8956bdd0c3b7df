"""What the doctor's report is tried with: everything it can find, once."""

from datetime import UTC, date, datetime

from domain.monitoring.findings import Fact, Finding, Level
from templates.operations.doctor.layout import Doctor
from templates.samples import Sample
from templates.targets.samples import LONG, NASTY

_AT = datetime(2026, 11, 24, 2, 40, tzinfo=UTC)
_TODAY = date(2026, 11, 24)
FACTS: dict[str, Fact] = {
    "user": "PartsPlan", "team": "Hengtong Parts", "code": "invalid_auth", "url": "https://slack.com/api/",
    "error": "OperationalError", "names": ("daily_progress:#east", "match_people"), "seconds": 42, "count": 3,
    "channel": "#east", "setting": "channels.regions.East", "name": "progress", "path": "var", "free": 1500,
    "version": "0002", "newest": "0003", "zone": "Asia/Taipeh", "place": "company.timezone", "country": "CN",
    "runs": ("11-25 08:30 daily_progress:#east",), "until": date(2027, 2, 22), "year": "2027",
    "everybody": 40,
    "days": ("2027-01-01",), "at": _AT, "hours": 36, "since": _AT, "waiting": 0, "head": "3f9a0c11d2e4",
    "reasons": ("is_archived × 2", "gave_up × 1"), "rows": ("17", "18"),
}  # fmt: skip
OUTCOMES = {
    Level.OK: """
bot_token ok; app_token ok; signing_secret ok; slack ok; scopes ok; clock_skew ok; socket ok; channels ok
blocks ok; home ok; disk ok; font ok; database ok; zones ok; schedules ok; calendar ok own; people ok; data ok
clock ok; workers ok; runs ok; delivery ok; history ok; operations ok
""",
    Level.WARN: """
scopes unknown more; clock_skew unknown off; channels none not_listed not_joined; blocks not_asked
disk little; font missing; schedules none; calendar nothing no_country unpublished worked
people none unmatched; data none stale; clock never; runs failed given_up; delivery closed in_doubt dead
operations missing
""",
    Level.ERROR: """
bot_token missing swapped wrong; app_token swapped wrong; signing_secret missing swapped
slack refused unreachable; scopes missing; clock_skew refused; socket refused unreachable
channels not_found archived not_member; blocks refused; home not_writable; disk full
database away empty behind ahead; check unreadable; zones unknown; schedules broken; clock silent
workers none; runs late; delivery token late; history broken
""",
}


def every(level: Level, given: dict[str, Fact] | None = None) -> tuple[Finding, ...]:
    """Everything that can be found at a level, with all figures there are."""
    checks = [line.split() for line in OUTCOMES[level].replace(";", "\n").splitlines() if line.strip()]
    return tuple(
        Finding(check, outcome, level, given or FACTS) for check, *outcomes in checks for outcome in outcomes
    )


def _all(value: str) -> dict[str, Fact]:
    return {name: (value,) * 3 if isinstance(given, tuple) else value for name, given in FACTS.items()}


SAMPLES = {
    "happy": Sample(Doctor(every(Level.OK), whole=True), today=_TODAY, timezone="Asia/Taipei"),
    "empty": Sample(Doctor(()), today=_TODAY, timezone="Asia/Taipei"),
    "longest": Sample(
        Doctor((*every(Level.ERROR, _all(LONG)), *every(Level.OK, _all(LONG)))),
        today=_TODAY,
        timezone="Asia/Taipei",
    ),
    "hostile": Sample(
        Doctor((*every(Level.WARN, _all(NASTY)), *every(Level.OK, _all(NASTY)))),
        today=_TODAY,
        timezone="Asia/Taipei",
    ),
    "to look at": Sample(Doctor(every(Level.WARN)[:16]), today=_TODAY, timezone="Asia/Taipei"),
    "more to look at": Sample(Doctor(every(Level.WARN)[16:]), today=_TODAY, timezone="Asia/Taipei"),
    "broken": Sample(Doctor(every(Level.ERROR)[:16]), today=_TODAY, timezone="Asia/Taipei"),
    "more that is broken": Sample(Doctor(every(Level.ERROR)[16:]), today=_TODAY, timezone="Asia/Taipei"),
}
