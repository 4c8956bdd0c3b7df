"""What the calendar is tried with."""

from datetime import date, timedelta

from domain.rules.views import Day
from templates.rules.calendar.layout import ComingDays, added_note, removed_note
from templates.samples import Sample
from templates.targets import samples as s

_TODAY, _LAST = date(2019, 11, 22), date(2020, 2, 20)
_DAY = date(2020, 1, 1)
_TWO = (
    Day(_DAY, False, "元旦"),
    Day(date(2020, 1, 19), True),
    Day(date(2020, 1, 24), False),
    Day(date(2020, 2, 1), True, "補班"),
)
_MANY = tuple(Day(_TODAY + timedelta(days=i), False, s.LONG) for i in range(90))

SAMPLES = {
    "happy": Sample(ComingDays(_TWO[:1], _LAST), today=_TODAY),
    "empty": Sample(ComingDays((), _LAST), today=_TODAY),
    "longest": Sample(ComingDays(_MANY, _LAST), today=_TODAY),
    "hostile": Sample(ComingDays((Day(_DAY, False, s.NASTY), *_TWO), _LAST), today=_TODAY),
    "added": Sample(ComingDays(_TWO[1:3], _LAST), today=_TODAY, note=added_note(_DAY)),
    "removed": Sample(ComingDays((), _LAST), today=_TODAY, note=removed_note(_DAY, was_there=True)),
    "gone": Sample(ComingDays((), _LAST), today=_TODAY, note=removed_note(_DAY, was_there=False)),
}
