"""Slack's figures (the stricter where sources differ) and the two kinds of text object."""

from typing import Any, Final

from templates import text as texts

Block = dict[str, Any]
Element = dict[str, Any]

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
MESSAGE_CHARACTERS: Final = 13_000  # all blocks of a message together
TOP_TEXT: Final = 4_000
VIEW_BYTES: Final = 250_000
TITLE: Final = 24
SECTION: Final = 3_000
FIELD: Final = 2_000
FIELDS: Final = 10
HEADER: Final = 150
CONTEXT_ELEMENTS: Final = 10
ACTION_ELEMENTS: Final = 25
BUTTON: Final = 75
VALUE: Final = 2_000
URL: Final = 3_000
OPTION: Final = 75
OPTION_VALUE: Final = 75
OPTIONS: Final = 100
OVERFLOW_OPTIONS: Final = 5
CHOICES: Final = 10
PLACEHOLDER: Final = 150
LABEL: Final = 2_000
ID: Final = 255
METADATA: Final = 3_000
ALT_TEXT: Final = 2_000
MARKDOWN: Final = 12_000
TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20
TABLE_CHARACTERS: Final = 10_000
DATA_TABLE_CHARACTERS: Final = 20_000
CELL: Final = 500  # ours: a longer cell is no cell
CHART_TITLE: Final = 50
CHART_LABEL: Final = 20
CHART_POINTS: Final = 20
CHART_SERIES: Final = 6
CHARTS: Final = 2
CONTAINER_TITLE: Final = 150
CONTAINER_CHILDREN: Final = 10
CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30


class BlockLimit(ValueError):
    """Slack would refuse this: `field` has `value` (a size or what stands there) where `limit` is allowed."""

    def __init__(self, field: str, value: object, limit: object) -> None:
        super().__init__(f"{field}: {value!r}, allowed: {limit}")
        self.field, self.value, self.limit = field, value, limit


def within(field: str, size: int, most: int, least: int = 1) -> None:
    """Raise BlockLimit unless `least` <= size <= `most`."""
    if not least <= size <= most:
        raise BlockLimit(field, size, f"{least}..{most}")


def plain(field: str, value: str, most: int) -> Element:
    """A plain_text object; too long is shortened."""
    written = texts.shorten(texts.plain(value), most)
    within(field, len(written), most)
    return {"type": "plain_text", "text": written, "emoji": False}


def mrkdwn(field: str, value: str, most: int) -> Element:
    """A mrkdwn object, or plain_text where user text could format something or had to be cut."""
    written, formats = texts.settled(value)
    if not formats or len(written) > most:
        return plain(field, value, most)
    within(field, len(written), most)
    return {"type": "mrkdwn", "text": written, "verbatim": True}


def raw(field: str, value: str, most: int) -> str:
    """Escaped text for a field that is a string: a cell, a chart's label."""
    written = texts.shorten(texts.plain(value), most)
    within(field, len(written), most)
    return written
