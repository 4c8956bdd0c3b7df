"""The company's own settings, in the form `partsplan import settings.toml` reads."""

from collections.abc import Iterable
from datetime import date

from cli.sample.people import REGIONS
from cli.sample.workdays import HOLIDAYS, MADE_UP

NAME = "Hengtong Parts"
CURRENCY = "CNY"


def _dates(days: Iterable[date]) -> str:
    return "".join(f'    "{day.isoformat()}",\n' for day in sorted(days))


def settings_toml() -> str:
    """The text of `settings.toml`."""
    regions = "".join(f'"{code}" = "#{code.lower()}"\n' for code, _, _ in REGIONS)
    return f"""\
# Settings of the sample company.

[company]
name = "{NAME}"
currency = "{CURRENCY}"
timezone = "Asia/Shanghai"
locale = "en"
country = "CN"
fiscal_year_start = 1

[channels]
company = "#company"
sales = "#sales"
purchasing = "#purchasing"
warehouse = "#warehouse"
finance = "#finance"
management = "#management"
operations = "#partsplan-ops"

[channels.regions]
{regions}
[schedules.daily_progress]
at = "08:30"

[calendar]
# Days off, as the State Council announced them, and the weekend days worked in exchange.
holidays = [
{_dates(HOLIDAYS)}]
workdays = [
{_dates(MADE_UP)}]
"""
