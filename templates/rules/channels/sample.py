"""What the channels are tried with."""

from dataclasses import replace
from datetime import date

from domain.names import Locale, Names
from domain.rules.views import Spot
from templates.rules.channels import layout
from templates.rules.channels.layout import Audience, ChannelForm, Channels, Use
from templates.rules.parts import moved_on, saved
from templates.samples import Sample
from templates.targets import samples as s
from templates.targets.samples import LONG, NASTY

_TODAY = date(2019, 11, 22)
_EAST = Use("", 2, Names("East", "華東", "华东"), "#east", Locale.ZH_HANT)
_PURPOSES = ("company", "sales", "purchasing", "warehouse", "finance", "management", "operations")
_ALL = (*(Use(name, 0, Names(name), "#sales" if name == "company" else "") for name in _PURPOSES), _EAST)
_NASTY = Use("", 3, Names(NASTY, NASTY, NASTY), NASTY[:80])
_LONG = Use("", 4, Names(LONG, LONG, LONG), "#" + "x" * 79)
_SHOWN = {Spot("channels.regions", "East"): "#east", Spot("channel_settings", "#east"): {"locale": "zh_Hant"}}
_FORM = ChannelForm(_EAST, _SHOWN, Locale.EN, "C0EAST")


_WIDE = saved(1, layout.set_note(_EAST, Audience(_EAST, 45, 4)))
SAMPLES = {
    "happy": Sample(Channels(_ALL), today=_TODAY),
    "empty": Sample(Channels(_ALL[:1]), today=_TODAY),
    "longest": Sample(Channels((*_ALL, *(_LONG for _ in range(60)))), today=_TODAY),
    "hostile": Sample(Channels((_NASTY,)), today=_TODAY),
    "saved": Sample(Channels(_ALL), today=_TODAY, note=_WIDE),
    "saved, hostile": Sample(Channels((_NASTY,)), today=_TODAY, note=saved(1, layout.set_note(_NASTY))),
    "taken away": Sample(
        Channels(_ALL), today=_TODAY, note=saved(1, layout.set_note(replace(_EAST, channel="")))
    ),
    "form, moved on": Sample(
        _FORM, function="build_form", today=_TODAY, timezone="Asia/Taipei", note=moved_on(s.ME.names, s.AT)
    ),
    "form, moved on somehow": Sample(_FORM, function="build_form", today=_TODAY, note=moved_on(None, s.AT)),
    "form, moved on once": Sample(_FORM, function="build_form", today=_TODAY, note=moved_on(None, None)),
    "nothing different": Sample(Channels(_ALL), today=_TODAY, note=saved(0)),
    "form": Sample(_FORM, function="build_form", today=_TODAY),
    "form, hostile": Sample(ChannelForm(_NASTY, {}, Locale.ZH_HANS), function="build_form", today=_TODAY),
    "form, longest": Sample(ChannelForm(_LONG, {}, Locale.ZH_HANS), function="build_form", today=_TODAY),
    "form, none": Sample(
        ChannelForm(replace(_EAST, channel="", language=None), {}, Locale.EN),
        function="build_form",
        today=_TODAY,
    ),
}
