"""What language and quiet hours are tried with. Nothing of it is written by users."""

from datetime import date, time

from domain.names import Locale
from domain.rules.quiet import NIGHT, Quiet
from domain.rules.views import Spot
from templates.rules.basics.layout import Basics, set_note
from templates.rules.parts import moved_on, saved
from templates.samples import Sample
from templates.targets import samples as s

_TODAY = date(2019, 11, 22)
_VIEW = Basics(Locale.ZH_HANT, NIGHT, {Spot("quiet.from"): "19:00", Spot("quiet.to"): "08:00"})
_NONE = Basics(Locale.EN, Quiet(time(0), time(0)), {})

SAMPLES = {
    "happy": Sample(_VIEW, today=_TODAY),
    "empty": Sample(_NONE, today=_TODAY),
    "longest": Sample(_VIEW, today=_TODAY, note=saved(2, set_note(_VIEW, time(9)))),
    "hostile": Sample(_VIEW, today=_TODAY, note=moved_on(s.NASTY_SCOPE.names, s.AT)),
    "saved": Sample(_NONE, today=_TODAY, note=saved(2, set_note(_NONE))),
    "moved on": Sample(_VIEW, today=_TODAY, note=moved_on(s.ME.names, s.AT)),
}
