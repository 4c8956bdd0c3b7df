"""What the settings are tried with."""

from datetime import date

from domain.names import Locale
from templates.people.settings.layout import Settings
from templates.samples import Sample

_TODAY = date(2019, 11, 22)
_PAUSED = Settings(Locale.ZH_HANT, date(2019, 11, 25))

SAMPLES = {
    "happy": Sample(Settings(Locale.EN, None), today=_TODAY),
    "empty": Sample(Settings(None, None), today=_TODAY),
    "longest": Sample(_PAUSED, today=_TODAY),
    "hostile": Sample(Settings(None, date(2019, 1, 1)), today=_TODAY),  # nothing of it is written by users
    "saved": Sample(Settings(Locale.ZH_HANS, None), function="build_saved", today=_TODAY),
    "saved as Slack": Sample(Settings(None, None), function="build_saved", today=_TODAY),
    "saved and paused": Sample(_PAUSED, function="build_saved", today=_TODAY),
}
