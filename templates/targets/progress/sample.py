"""What the answer of /target is tried with."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.rules.periods import month, quarter, year
from domain.targets.views import TargetState
from templates.samples import Sample
from templates.targets import samples as s

SAMPLES = {
    "happy": Sample(s.progress(), **s.READING),
    "empty": Sample(s.empty(), **s.READING),
    "longest": Sample(s.longest(), **s.READING),
    "hostile": Sample(s.hostile(), **s.READING),
    "behind": Sample(s.behind(may_share=True), **s.READING | {"today": date(2019, 10, 23)}),
    "on pace": Sample(s.progress(s.COMPANY, sold="530000", usual_share=Decimal("0.62")), **s.READING),
    "reached": Sample(s.progress(sold="712345.60", chance=1.0), **s.READING),
    "reached and over": Sample(s.progress(s.EAST, month(2019, 10), sold="712345.6", elapsed=20, over=True), **s.READING),
    "missed": Sample(s.progress(s.EAST, quarter(2019, 3), elapsed=20, over=True), **s.READING),
    "last day closed": Sample(s.progress(elapsed=20), **s.READING),
    "not started": Sample(s.progress(period=month(2019, 12), sold="0", elapsed=0, total=21, sold_to=None, closed_to=None, order_lines=0), **s.READING),
    "first morning": Sample(s.progress(sold="0", elapsed=0, order_lines=0, chance=0.55), **s.READING),
    "unknown chance": Sample(s.progress(chance=None, year_ago=None), **s.READING),
    "not split": Sample(s.progress(s.EAST, target=None, target_state=TargetState.NOT_SPLIT), **s.READING),
    "other currency": Sample(s.progress(target=None, target_state=TargetState.OTHER_CURRENCY, currency="USD"), **s.READING),
    "no price at all": Sample(s.progress(sold="0", unpriced_lines=214), **s.READING),
    "one line without a price": Sample(s.progress(unpriced_lines=1), **s.READING),
    "an earlier year": Sample(replace(s.progress(period=year(2018), elapsed=20, over=True), year_ago=None), **s.READING),
}
