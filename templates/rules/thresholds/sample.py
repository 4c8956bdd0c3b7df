"""What the thresholds are tried with. Nothing of it is written by users."""

from datetime import date
from decimal import Decimal

from domain.rules.company import Thresholds
from domain.rules.views import Spot
from templates.rules.parts import moved_on, saved
from templates.rules.thresholds.layout import ThresholdForm, set_note
from templates.samples import Sample
from templates.targets import samples as s

_TODAY = date(2019, 11, 22)
_VIEW = ThresholdForm(Thresholds(), {Spot("thresholds.behind_percent"): None})
_ODD = Thresholds(Decimal("2.5"), Decimal("95.5"), Decimal("85"))

SAMPLES = {
    "happy": Sample(_VIEW, today=_TODAY),
    "empty": Sample(ThresholdForm(Thresholds(), {}), today=_TODAY),
    "longest": Sample(ThresholdForm(_ODD, {}), today=_TODAY),
    "hostile": Sample(_VIEW, today=_TODAY, note=moved_on(s.NASTY_SCOPE.names, s.AT)),
    "saved": Sample(ThresholdForm(_ODD, {}), today=_TODAY, note=saved(1, set_note(_ODD))),
}
