"""What the list of messages is tried with."""

from dataclasses import replace
from datetime import date, time

from domain.names import Names
from domain.rules.hours import Hours
from domain.rules.quiet import NIGHT
from templates.people.deliveries.layout import Deliveries
from templates.people.pause.layout import Pause
from templates.samples import Sample
from templates.targets import samples as s

_TODAY = date(2019, 11, 22)
_HOURS = Hours(time(9), "Asia/Taipei")
_EAST = Names("East", "華東", "华东")
_FULL = Deliveries(_HOURS, s.AT, (("#east", _EAST, Hours(time(8, 30), "Asia/Taipei")),), NIGHT)
_NASTY, _LONG = Names(s.NASTY, s.NASTY, s.NASTY), Names(s.LONG, s.LONG, s.LONG)

SAMPLES = {
    "happy": Sample(_FULL, today=_TODAY, timezone="Asia/Taipei"),
    "empty": Sample(Deliveries(None, None, (), NIGHT), today=_TODAY),
    "longest": Sample(
        replace(
            _FULL,
            channels=(("#" + "x" * 79, _LONG, replace(_HOURS, days=(0, 1, 2))),) * 60,
            pause=Pause(date(2020, 1, 7)),
        ),
        today=_TODAY,
    ),
    "hostile": Sample(replace(_FULL, channels=((s.NASTY, _NASTY, _HOURS),)), today=_TODAY),
    "switched off": Sample(replace(_FULL, own=replace(_HOURS, enabled=False)), today=_TODAY),
    "not yet": Sample(replace(_FULL, sent_at=None, pause=Pause(date(2019, 11, 25))), today=_TODAY),
}
