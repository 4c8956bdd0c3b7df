"""What a pause is tried with. Nothing of it is written by users."""

from datetime import date

from domain.people.views import Kind
from templates.people.pause.layout import Pause
from templates.samples import Sample

_TODAY, _LATER = date(2019, 11, 22), date(2019, 12, 24)
_ALL = Pause(_LATER, date(2019, 12, 2), {Kind.DAILY_PROGRESS: _LATER, Kind.NEWS: date(2020, 1, 7)})

SAMPLES = {
    "happy": Sample(Pause(), today=_TODAY),
    "empty": Sample(Pause(date(2019, 1, 1)), today=_TODAY),
    "longest": Sample(_ALL, today=_TODAY),
    "hostile": Sample(Pause(_LATER), today=_TODAY),
    "saved": Sample(Pause(_LATER), function="build_saved", today=_TODAY),
    "saved, all": Sample(_ALL, function="build_saved", today=_TODAY),
    "saved, none": Sample(Pause(), function="build_saved", today=_TODAY),
}
