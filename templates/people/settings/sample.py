"""What the settings are tried with."""

from dataclasses import replace
from datetime import date, time

from domain.names import Locale
from domain.rules.quiet import Quiet
from templates.people.settings.layout import Settings
from templates.samples import Sample

_TODAY = date(2019, 11, 22)
_PAUSED = Settings(Locale.ZH_HANT, date(2019, 11, 25))
_OWN = Settings(
    Locale.ZH_HANS,
    None,
    time(9, 10),
    "America/Argentina/Buenos_Aires",
    Quiet(time(18), time(9)),
    slack_zone="Asia/Taipei",
)

SAMPLES = {
    "happy": Sample(Settings(Locale.EN, None), today=_TODAY),
    "empty": Sample(Settings(None, None), today=_TODAY),
    "longest": Sample(_OWN, today=_TODAY, tested=True),
    "hostile": Sample(Settings(None, date(2019, 1, 1)), today=_TODAY),  # nothing of it is written by users
    "saved": Sample(replace(_OWN, zone=None), function="build_saved", today=_TODAY),
    "saved as Slack": Sample(Settings(None, None), function="build_saved", today=_TODAY),
    "saved and paused": Sample(_PAUSED, function="build_saved", today=_TODAY),
}
