"""What the overview of the settings is tried with."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

from domain.names import Locale
from domain.rules.company import Thresholds
from domain.rules.hours import Hours
from domain.rules.quiet import NIGHT, Quiet
from domain.rules.views import LastResult, Outcome
from templates.rules.company.layout import Overview
from templates.samples import Sample
from templates.targets.samples import LONG, NASTY

DUE = datetime(2019, 11, 22, 8, 30, tzinfo=UTC)
EVERY_RESULT = (
    LastResult(Outcome.POSTED, DUE, posts=1), LastResult(Outcome.WAITING, DUE, posts=1),
    LastResult(Outcome.REFUSED, DUE, "is_archived"), LastResult(Outcome.REFUSED, DUE, "expired"),
    LastResult(Outcome.NOTHING, DUE), LastResult(Outcome.RUNNING, DUE), LastResult(Outcome.SKIPPED, DUE),
    LastResult(Outcome.FAILED, DUE), LastResult(Outcome.NEVER),
)  # fmt: skip
_HOURS = Hours(time(8, 30), "Asia/Taipei")
_FULL = Overview(
    purposes=3, regions=1, all_regions=2, hours=_HOURS, language=Locale.ZH_HANT, quiet=NIGHT, days_off=2,
    days_worked=1, thresholds=Thresholds(), people=40, admins=2,
    results=tuple(("#east", result) for result in EVERY_RESULT),
)  # fmt: skip
_NEW = replace(
    _FULL, purposes=0, regions=0, all_regions=0, hours=replace(_HOURS, enabled=False), language=Locale.EN,
    quiet=Quiet(time(0), time(0)), days_off=0, days_worked=0, people=1, admins=1, results=(),
)  # fmt: skip
_TODAY = date(2019, 11, 22)


def _results(channel: str, count: int) -> tuple[tuple[str, LastResult], ...]:
    return tuple((channel, EVERY_RESULT[2]) for _ in range(count))


SAMPLES = {
    "happy": Sample(_FULL, today=_TODAY, timezone="Asia/Taipei"),
    "empty": Sample(_NEW, today=_TODAY),
    "longest": Sample(
        replace(_FULL, hours=replace(_HOURS, days=(0, 1, 2, 3, 4, 5)), results=_results(LONG, 30),
                thresholds=Thresholds(Decimal("2.5"), Decimal(95), Decimal(85))),
        today=_TODAY,
    ),
    "hostile": Sample(replace(_FULL, results=_results(NASTY, 2)), today=_TODAY),
}  # fmt: skip
