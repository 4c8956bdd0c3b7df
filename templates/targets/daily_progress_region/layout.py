"""The morning's progress as a region's channel reads it."""

from datetime import date

from domain.names import Locale
from domain.targets.views import Digest
from templates.blocks import Message
from templates.formats import Reader
from templates.targets.digest import digest_message


def build(
    view: Digest, *, locale: Locale, today: date, currency: str, timezone: str = "UTC", channel: str = ""
) -> Message:
    """In the channel's language and the company's day, currency and time zone; `channel` is its name."""
    return digest_message(view, Reader(locale, today, currency, timezone), channel)
