"""What the day and Home are tried with."""

from dataclasses import replace

from domain.targets.views import MyDay
from templates.samples import Sample
from templates.targets import samples as s

_FULL = MyDay(
    own=s.progress(),
    regions=(s.behind(), replace(s.progress(s.EAST), computation_id=2)),
    company=s.progress(s.COMPANY, sold="530000"),
    commands=("target", "settings", "help"),
)
_LONG = MyDay(s.longest(), tuple(s.longest() for _ in range(12)), s.longest(), ("target", "help"))
_HOSTILE = MyDay(replace(s.hostile(), scope=s.NASTY_SCOPE), (s.hostile(),), s.hostile(), ("help",))

SAMPLES = {
    "happy": Sample(_FULL, **s.READING),
    "empty": Sample(MyDay(None), **s.READING),
    "longest": Sample(_LONG, **s.READING),
    "hostile": Sample(_HOSTILE, **s.READING),
    "home": Sample(_FULL, function="build_home", **s.READING, now=s.AT),
    "home of an administrator": Sample(
        replace(_FULL, own=None, manages=True), function="build_home", **s.READING, now=s.AT
    ),
    "home empty": Sample(MyDay(None, commands=("help",)), function="build_home", **s.READING, now=s.AT),
    "home longest": Sample(_LONG, function="build_home", **s.READING, now=s.AT),
    "home hostile": Sample(_HOSTILE, function="build_home", **s.READING, now=s.AT),
}
