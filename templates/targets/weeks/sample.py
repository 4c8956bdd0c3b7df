"""What the weeks are tried with."""

from datetime import date, timedelta
from decimal import Decimal

from domain.targets.views import Progress, Step, Weeks
from templates.samples import Sample
from templates.targets import samples as s


def _weeks(progress: Progress, *sold: str) -> Weeks:
    first, steps = progress.period.first, []
    for amount in sold:
        last = min(first + timedelta(days=6 - first.weekday()), progress.period.last)
        steps.append(Step(first, last, Decimal(amount)))
        first = last + timedelta(days=1)
    return Weeks(progress, tuple(steps))


SAMPLES = {
    "happy": Sample(_weeks(s.progress(), "40200", "160300.17", "210103", "158000"), **s.READING),
    "empty": Sample(
        Weeks(s.empty(sold_to=None, closed_to=None), ()), **s.READING | {"today": date(2019, 10, 30)}
    ),
    "longest": Sample(_weeks(s.longest(), *["1899335232.88"] * 52), **s.READING),
    "hostile": Sample(_weeks(s.hostile(), "568603.17"), **s.READING),
    "no target": Sample(_weeks(s.progress(s.EAST, target=None), "300000", "268603.17"), **s.READING),
}
