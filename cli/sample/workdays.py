"""The working calendar of the PRC for 2024 to 2026, as the State Council announced it.

Kept as data: the `holidays` library differs by version and a sample must not.
"""

from datetime import date, timedelta

FIRST_YEAR = 2024
LAST_YEAR = 2026

# First and last day off, both included.
_OFF: tuple[tuple[str, str], ...] = (
    ("2024-01-01", "2024-01-01"),  # New Year
    ("2024-02-10", "2024-02-17"),  # Spring Festival
    ("2024-04-04", "2024-04-06"),  # Qingming
    ("2024-05-01", "2024-05-05"),  # Labour Day
    ("2024-06-08", "2024-06-10"),  # Dragon Boat
    ("2024-09-15", "2024-09-17"),  # Mid-Autumn
    ("2024-10-01", "2024-10-07"),  # National Day
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),  # with Mid-Autumn
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
)
# Weekend days worked in exchange (調休/调休).
_MADE_UP: tuple[str, ...] = (
    "2024-02-04",
    "2024-02-18",
    "2024-04-07",
    "2024-04-28",
    "2024-05-11",
    "2024-09-14",
    "2024-09-29",
    "2024-10-12",
    "2025-01-26",
    "2025-02-08",
    "2025-04-27",
    "2025-09-28",
    "2025-10-11",
    "2026-01-04",
    "2026-02-14",
    "2026-02-28",
    "2026-05-09",
    "2026-09-20",
    "2026-10-10",
)
LUNAR_NEW_YEARS: tuple[date, ...] = (date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17))


def days(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included."""
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


HOLIDAYS: frozenset[date] = frozenset(
    day for first, last in _OFF for day in days(date.fromisoformat(first), date.fromisoformat(last))
)
MADE_UP: frozenset[date] = frozenset(date.fromisoformat(day) for day in _MADE_UP)


def is_workday(day: date) -> bool:
    """True on the days the company works: no holiday, and no weekend unless it is made up."""
    return day in MADE_UP or (day.weekday() < 5 and day not in HOLIDAYS)


def next_workday(day: date) -> date:
    """The day itself where it is worked, otherwise the first one after it that is."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def month_start(day: date) -> date:
    """The first day of the day's month: how a month is named."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months(first: date, last: date) -> list[date]:
    """Every month from the first's to the last's, both included."""
    found = [month_start(first)]
    while found[-1] < month_start(last):
        found.append(next_month(found[-1]))
    return found


def month_days(month: date) -> list[date]:
    """The days of a month."""
    return days(month, next_month(month) - timedelta(days=1))


def workdays_gone(today: date) -> tuple[int, int]:
    """Working days of the month up to and including `today`, and of the whole month.

    >>> workdays_gone(date(2026, 10, 23))
    (13, 18)
    """
    worked = [day for day in month_days(month_start(today)) if is_workday(day)]
    return sum(day <= today for day in worked), len(worked)
