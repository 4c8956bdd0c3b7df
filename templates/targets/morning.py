"""The daily progress of a channel in the shape that suits its scope."""

from datetime import date

from domain.names import Locale
from domain.targets.views import Digest, ScopeKind
from templates.blocks import Message
from templates.targets.daily_progress_company import layout as company_layout
from templates.targets.daily_progress_region import layout as region_layout


def channel_message(
    view: Digest, *, locale: Locale, today: date, currency: str, timezone: str, channel: str
) -> Message:
    """As the channel reads it: the company's with regions, a region's with part categories."""
    is_company = view.progress.scope.kind is ScopeKind.COMPANY
    build = company_layout.build if is_company else region_layout.build
    return build(view, locale=locale, today=today, currency=currency, timezone=timezone, channel=channel)
