"""Typed Block Kit builders that know Slack's limits, as plain dicts.

User text that is too long is shortened; anything else over a limit raises BlockLimit. `check_message` and
`check_view` verify a whole payload, whoever built it.
"""

from templates.blocks.charts import Series, chart
from templates.blocks.checks import check_blocks, check_message, check_view
from templates.blocks.elements import (
    button,
    checkboxes,
    conversations_select,
    datepicker,
    external_select,
    number_input,
    option,
    overflow,
    plain_text_input,
    radio_buttons,
    static_select,
    timepicker,
)
from templates.blocks.layout import (
    action_row,
    container,
    context,
    divider,
    header,
    image,
    input_block,
    markdown,
    section,
)
from templates.blocks.limits import Block, BlockLimit, Element
from templates.blocks.message import Message, View, home, message, modal, without_new_blocks
from templates.blocks.tables import Cell, data_table, number_cell, table, text_cell

__all__ = [
    "Block",
    "BlockLimit",
    "Cell",
    "Element",
    "Message",
    "Series",
    "View",
    "action_row",
    "button",
    "chart",
    "check_blocks",
    "check_message",
    "check_view",
    "checkboxes",
    "container",
    "context",
    "conversations_select",
    "data_table",
    "datepicker",
    "divider",
    "external_select",
    "header",
    "home",
    "image",
    "input_block",
    "markdown",
    "message",
    "modal",
    "number_cell",
    "number_input",
    "option",
    "overflow",
    "plain_text_input",
    "radio_buttons",
    "section",
    "static_select",
    "table",
    "text_cell",
    "timepicker",
    "without_new_blocks",
]
