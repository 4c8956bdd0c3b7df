"""What the explanation is tried with."""

from typing import Any

from domain.computations.views import Explanation
from templates.samples import Sample
from templates.targets import samples as s

_INPUTS: dict[str, Any] = {
    "scope_kind": "person", "scope_id": 7, "scope_name": "Li Hua", "period_first": "2019-11-01",
    "period_last": "2019-11-30", "sold_to": "2019-11-22", "closed_to": "2019-11-22", "currency": "CNY",
    "sold": "568603.17", "order_lines": 214, "unpriced_lines": 0, "target": "700000", "target_state": "set",
    "target_version": 3, "days_total": 20, "days_elapsed": 15, "year_ago": "578475.4", "previous": "540120",
    "chance_days": 250, "chance_mean": "27413.25", "chance_variance": "151321000.5",
    "chance_comparables": ["31200.4", None], "usual_share": "0.71", "channels": ["reseller", "dealer"],
    "imported_at": "2019-11-22T10:00:00+00:00",
}  # fmt: skip
_RESULT: dict[str, Any] = {
    "attainment": "0.81229", "time_progress": "0.75", "points_ahead": "6.229", "pace_index": "1.083054",
    "projection": "758137.56", "required_per_day": "26279.366", "gap": "131396.83", "yoy": "-0.017065",
    "mom": "0.052735", "chance": "0.881",
}  # fmt: skip


def _why(
    inputs: dict[str, Any] | None = None, result: dict[str, Any] | None = None, **more: Any
) -> Explanation:
    values: dict[str, Any] = {"formula": "targets.progress", "version": 1} | more
    return Explanation(
        4711, inputs=_INPUTS | (inputs or {}), result=_RESULT | (result or {}), at=s.AT, **values
    )


_NOTHING: dict[str, Any] = dict.fromkeys(
    ("target", "target_version", "year_ago", "previous", "sold_to", "closed_to", "chance_mean", "imported_at")
)
_NOTHING |= {"sold": "0", "order_lines": 0, "target_state": "none", "channels": [], "days_elapsed": 0}
_NOTHING["usual_share"] = None
_EARLY: dict[str, Any] = {"chance_variance": None, "chance_sd": "12301.25", "chance_comparables": []}
_BEHIND = {"attainment": "0.65", "points_ahead": "-10", "chance": None}
_LONG = {"scope_name": s.LONG, "order_lines": 9_876_543, "unpriced_lines": 27_659, "sold": "98765432109.99"}
_OVER = {"attainment": "1.017636", "gap": "-12345.6", "required_per_day": None, "points_ahead": "1.7636"}

SAMPLES = {
    "happy": Sample(_why(), **s.READING, names=s.ME.names),
    "empty": Sample(_why(_NOTHING, dict.fromkeys(_RESULT)), **s.READING),
    "longest": Sample(_why(_LONG), **s.READING),
    "hostile": Sample(_why({"scope_name": s.NASTY, "channels": [s.NASTY]}), **s.READING),
    "behind": Sample(_why({"target_version": None}, _BEHIND), **s.READING),
    "over the target": Sample(_why({"sold": "712345.6", "days_elapsed": 20}, _OVER), **s.READING),
    "by a later version": Sample(_why(version=7), **s.READING),
    "hostile formula": Sample(_why(formula=s.NASTY), **s.READING),
    "an early version": Sample(_why(_EARLY), **s.READING),
}
