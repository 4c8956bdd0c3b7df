"""What the channels are tried with."""

from dataclasses import replace
from datetime import date

from domain.names import Locale, Names
from domain.rules.views import Spot
from templates.formats import Reader
from templates.rules.channels import layout
from templates.rules.channels.layout import Audience, ChannelForm, Channels, Use
from templates.rules.parts import moved_on, saved
from templates.samples import Sample
from templates.targets.samples import AT, LONG, NASTY

_TODAY = date(2019, 11, 22)
_EAST = Use("", 2, Names("East", "華東", "华东"), "#east", Locale.ZH_HANT)
_PURPOSES = ("company", "sales", "purchasing", "warehouse", "finance", "management", "operations")
_ALL = (*(Use(name, 0, Names(name), "#sales" if name == "company" else "") for name in _PURPOSES), _EAST)
_NASTY = Use("", 3, Names(NASTY, NASTY, NASTY), NASTY[:80])
_LONG = Use("", 4, Names(LONG, LONG, LONG), "#" + "x" * 79)
_SHOWN = {Spot("channels.regions", "East"): "#east", Spot("channel_settings", "#east"): {"locale": "zh_Hant"}}
_FORM = ChannelForm(_EAST, _SHOWN, Locale.EN, "C0EAST")


def _saved(locale: Locale, use: Use) -> str:
    reader = Reader(locale, _TODAY)
    return saved(1, reader, layout.set_words(use, reader, Audience(use, 45, 4)))


def build_saved(view: Use, *, locale: Locale) -> object:
    """The list once something is saved, with the warning of a wide channel."""
    return layout.build(Channels((view,)), locale=locale, today=_TODAY, note=_saved(locale, view))


def build_moved(view: ChannelForm, *, locale: Locale) -> object:
    """The form for whoever came second."""
    note = moved_on(view.use.names, AT, Reader(locale, _TODAY, timezone="Asia/Taipei"))
    return layout.build_form(view, locale=locale, today=_TODAY, note=note)


layout.build_saved = build_saved  # type: ignore[attr-defined]
layout.build_moved = build_moved  # type: ignore[attr-defined]
SAMPLES = {
    "happy": Sample(Channels(_ALL), today=_TODAY),
    "empty": Sample(Channels(_ALL[:1]), today=_TODAY),
    "longest": Sample(Channels((*_ALL, *(_LONG for _ in range(60)))), today=_TODAY),
    "hostile": Sample(Channels((_NASTY,)), today=_TODAY),
    "form": Sample(_FORM, function="build_form", today=_TODAY),
    "form, hostile": Sample(ChannelForm(_NASTY, {}, Locale.ZH_HANS), function="build_form", today=_TODAY),
    "form, longest": Sample(ChannelForm(_LONG, {}, Locale.ZH_HANS), function="build_form", today=_TODAY),
    "form, none": Sample(
        ChannelForm(replace(_EAST, channel="", language=None), {}, Locale.EN), function="build_form", today=_TODAY
    ),
}
