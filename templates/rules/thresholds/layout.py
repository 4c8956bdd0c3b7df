"""When a target counts as behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from domain.names import Locale
from domain.rules.company import Thresholds
from domain.rules.views import Spot
from templates.actions import THRESHOLDS_BEHIND, THRESHOLDS_FAR, THRESHOLDS_SAVE, THRESHOLDS_TOLERANCE
from templates.blocks import Block, View, input_block, number_input, section
from templates.formats import Reader
from templates.forms import mark, sealed
from templates.i18n import words
from templates.rules.parts import Note, page
from templates.text import Mrkdwn

FOLDER = "rules/thresholds"


@dataclass(frozen=True, slots=True)
class ThresholdForm:
    """The values as they stand."""

    thresholds: Thresholds
    shown: Mapping[Spot, Any]


def build(
    view: ThresholdForm, *, locale: Locale, today: date, timezone: str = "UTC", note: Note | None = None
) -> View:
    """The form."""
    say, reader, rev = words(locale, FOLDER), Reader(locale, today, timezone=timezone), mark(view.shown)
    now = view.thresholds

    def field(id_: str, label: Mrkdwn, hint: Mrkdwn, action: str, value: Decimal, most: str) -> Block:
        element = number_input(action, least="0", most=most, initial=format(value.normalize(), "f"))
        return input_block(f"{id_}.{rev}", label, element, hint=hint)

    blocks = [
        section(say.about()),
        field(
            "tolerance",
            say.tolerance(),
            say.tolerance_hint(),
            THRESHOLDS_TOLERANCE,
            now.tolerance_points,
            "20",
        ),
        field("behind", say.behind(), say.behind_hint(), THRESHOLDS_BEHIND, now.behind_percent, "100"),
        field("far", say.far_behind(), say.far_behind_hint(), THRESHOLDS_FAR, now.far_behind_percent, "100"),
    ]
    return page(
        say.title(), blocks, reader, callback_id=THRESHOLDS_SAVE, note=note, submit=say.save(),
        metadata=sealed("", view.shown),
    )  # fmt: skip


def set_note(found: Thresholds) -> Note:
    """What is so now."""

    def note(reader: Reader) -> Mrkdwn:
        marks = [
            f"{percent.normalize():f}{' %' if reader.english else '%'}"
            for percent in (found.behind_percent, found.far_behind_percent)
        ]
        return words(reader.locale, FOLDER).set_to(f"{found.tolerance_points.normalize():f}", *marks)

    return note


def not_less_error(locale: Locale) -> str:
    """Under the lowest."""
    return words(locale, FOLDER).not_less()
