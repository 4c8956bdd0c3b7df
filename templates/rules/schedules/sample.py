"""What the schedules are tried with."""

from dataclasses import replace
from datetime import date, time

from domain.names import Names
from domain.rules.hours import Hours
from domain.rules.quiet import NIGHT, Quiet
from domain.rules.views import Spot
from templates.rules.company.sample import EVERY_RESULT
from templates.rules.parts import moved_on, saved
from templates.rules.schedules.layout import At, ScheduleForm, Schedules, set_note, test_note
from templates.samples import Sample
from templates.targets import samples as s

_HOURS = Hours(time(8, 30), "Asia/Taipei")
_MONDAYS = replace(_HOURS, days=(0, 3))
_EAST = Names("East", "華東", "华东")
_NASTY, _LONG = Names(s.NASTY, s.NASTY, s.NASTY), Names(s.LONG, s.LONG, s.LONG)
_OFF = At("#east", _EAST, replace(_HOURS, enabled=False), EVERY_RESULT[-1])
_PLACES = (
    *(At("#east", _EAST, _HOURS, result) for result in EVERY_RESULT),
    At("#west", _EAST, _MONDAYS, EVERY_RESULT[0]),
)
_FORM = ScheduleForm(
    "#east", _EAST, _MONDAYS, NIGHT, {Spot("schedules.daily_progress.at"): "08:30"}, EVERY_RESULT[0]
)
_TODAY = date(2019, 11, 22)

SAMPLES = {
    "happy": Sample(Schedules(_HOURS, (*_PLACES, _OFF)), today=_TODAY, timezone="Asia/Taipei"),
    "empty": Sample(Schedules(_HOURS, ()), today=_TODAY),
    "longest": Sample(
        Schedules(_MONDAYS, (At("#" + "x" * 79, _LONG, _MONDAYS, EVERY_RESULT[2]),) * 60), today=_TODAY
    ),
    "hostile": Sample(Schedules(_HOURS, (At(s.NASTY, _NASTY, _HOURS, EVERY_RESULT[0]),)), today=_TODAY),
    "saved": Sample(Schedules(_HOURS, _PLACES[:1]), today=_TODAY, note=saved(1, set_note("#east", _MONDAYS))),
    "saved for all": Sample(
        Schedules(_HOURS, _PLACES[:1]), today=_TODAY, note=saved(3, set_note("", _HOURS))
    ),
    "form": Sample(_FORM, function="build_form", today=_TODAY),
    "form for all": Sample(
        ScheduleForm("", _EAST, _HOURS, Quiet(time(0), time(0)), {}), function="build_form", today=_TODAY
    ),
    "form, hostile": Sample(
        replace(_FORM, channel=s.NASTY, names=_NASTY), function="build_form", today=_TODAY
    ),
    "form, longest": Sample(
        replace(_FORM, channel="#" + "x" * 79, names=_LONG), function="build_form", today=_TODAY
    ),
    "form, moved on": Sample(_FORM, function="build_form", today=_TODAY, note=moved_on(s.ME.names, s.AT)),
    "test sent": Sample(_FORM, function="build_form", today=_TODAY, note=test_note("#east", sent=True)),
    "nothing to test": Sample(
        _FORM, function="build_form", today=_TODAY, note=test_note("#east", sent=False)
    ),
}
