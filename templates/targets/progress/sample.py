"""What the answer of /target is tried with."""

from datetime import date
from decimal import Decimal
from typing import Any

from domain.rules.periods import month, quarter, year
from domain.targets.views import TargetState
from templates.samples import Sample
from templates.targets import samples as s

_OCTOBER = month(2019, 10)
_COMING: dict[str, Any] = {"sold": "0", "elapsed": 0, "order_lines": 0}
_VIEWS = {
    "on pace": s.progress(s.COMPANY, sold="530000", usual_share=Decimal("0.62")),
    "reached": s.progress(sold="712345.60", chance=1.0),
    "reached and over": s.progress(s.EAST, _OCTOBER, sold="712345.6", elapsed=20, over=True),
    "missed": s.progress(s.EAST, quarter(2019, 3), elapsed=20, over=True),
    "last day closed": s.progress(elapsed=20),
    "not started": s.progress(period=month(2019, 12), sold_to=None, closed_to=None, total=21, **_COMING),
    "first morning": s.progress(**_COMING, chance=0.55),
    "unknown chance": s.progress(chance=None, year_ago=None),
    "not split": s.progress(s.EAST, target=None, target_state=TargetState.NOT_SPLIT),
    "other currency": s.progress(target=None, target_state=TargetState.OTHER_CURRENCY, currency="USD"),
    "no price at all": s.progress(sold="0", unpriced_lines=214),
    "one line without a price": s.progress(unpriced_lines=1),
    "an earlier year": s.progress(period=year(2018), elapsed=20, over=True, year_ago=None),
}

SAMPLES = {
    "happy": Sample(s.progress(), **s.READING),
    "empty": Sample(s.empty(), **s.READING),
    "longest": Sample(s.longest(), **s.READING),
    "hostile": Sample(s.hostile(), **s.READING),
    "behind": Sample(s.behind(may_share=True), **s.READING | {"today": date(2019, 10, 23)}),
} | {name: Sample(view, **s.READING) for name, view in _VIEWS.items()}
