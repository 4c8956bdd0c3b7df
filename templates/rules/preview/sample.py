"""What previews are tried with."""

from domain.names import Locale
from templates.blocks import Message
from templates.rules.preview.layout import Preview, made_up_digest
from templates.samples import Sample
from templates.targets import digest_samples as d
from templates.targets import samples as s
from templates.targets.morning import channel_message

_READ = {name: d.MORNING[name] for name in ("today", "timezone")}


def _made(digest: object, channel: str = "#east") -> Message:
    """In the channel's own language, whatever the reader's."""
    return channel_message(digest, locale=Locale.EN, **(d.MORNING | {"channel": channel}))  # type: ignore[arg-type]


_HANT = channel_message(d.digest(s.behind()), locale=Locale.ZH_HANT, **d.MORNING)
SAMPLES = {
    "happy": Sample(Preview("#east", None), function="build_test", **_READ),
    "longest, made up": Sample(Preview("#east", _made(made_up_digest(s.EAST)), made_up=True), **_READ),
    "empty": Sample(Preview("#east", None), **_READ),
    "longest": Sample(Preview("#" + "x" * 79, _made(d.longest())), **_READ),
    "hostile": Sample(Preview(s.NASTY, _made(d.hostile(), s.NASTY)), **_READ),
    "test, longest": Sample(Preview("#" + "x" * 79, _made(d.longest())), function="build_test", **_READ),
    "test, hostile": Sample(Preview(s.NASTY, _made(d.hostile(), s.NASTY)), function="build_test", **_READ),
    "test, nothing": Sample(Preview("#east", None), function="build_test", **_READ),
    "own test, nothing": Sample(Preview("", None), function="build_test", **_READ),
    "own test, longest": Sample(Preview("", _HANT), function="build_test", **_READ),
}
