"""The whole payload against Slack's rules, however it was built. Raises BlockLimit at the first breach."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from templates.blocks import limits
from templates.blocks.limits import Block, BlockLimit, within
from templates.blocks.message import Message, View

Surface = Literal["message", "modal", "home"]
_EVERYWHERE = {"actions", "context", "divider", "header", "image", "input", "section"}
ALLOWED: dict[Surface, frozenset[str]] = {
    "message": frozenset(
        _EVERYWHERE | {"container", "data_table", "data_visualization", "markdown", "table"}
    ),
    "modal": frozenset(_EVERYWHERE),
    "home": frozenset(_EVERYWHERE | {"data_table", "table"}),
}
_INPUTS = frozenset(
    (
        "plain_text_input",
        "number_input",
        "static_select",
        "external_select",
        "conversations_select",
        "datepicker",
        "timepicker",
        "checkboxes",
        "radio_buttons",
    )
)
_PRESSED = frozenset(_INPUTS - {"plain_text_input", "number_input"} | {"button", "overflow"})
_INSIDE = frozenset(ALLOWED["message"] - {"container", "data_table"})


def check_message(message: Message) -> None:
    """Everything Slack would refuse in a message, and what we do not send: no words for a screen reader."""
    within("message.text", len(message.text.strip()), limits.TOP_TEXT)
    check_blocks(message.blocks, "message")
    size = len(message.text) + sum(len(text) for text in _texts(message.blocks))
    within("message.characters", size, limits.MESSAGE_CHARACTERS)


def check_view(view: View) -> None:
    """Everything Slack would refuse in a modal or Home view."""
    kind = view.get("type")
    if kind not in ("modal", "home"):
        raise BlockLimit("view.type", kind, "modal, home")
    if kind == "modal":
        _check_modal(view)
    check_blocks(view.get("blocks", []), "modal" if kind == "modal" else "home")
    within("view", len(json.dumps(view, ensure_ascii=False).encode()), limits.VIEW_BYTES)


def check_blocks(blocks: Sequence[Block], surface: Surface) -> None:
    """Kinds allowed here, every text and list within its limit, ids unique, one table, one primary."""
    most = limits.MESSAGE_BLOCKS if surface == "message" else limits.VIEW_BLOCKS
    within(f"{surface}.blocks", len(blocks), most)
    for number, block in enumerate(blocks):
        _check_block(f"blocks[{number}]", block, ALLOWED[surface])
    kinds = [block["type"] for block in blocks]
    within("tables", sum(kind in ("table", "data_table") for kind in kinds), 1, least=0)
    within("charts", kinds.count("data_visualization"), limits.CHARTS, least=0)
    written = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    within("markdown", written, limits.MARKDOWN, least=0)
    _unique("block_id", [block["block_id"] for block in blocks if "block_id" in block])
    primary = [e for block in blocks for e in block.get("elements", ()) if e.get("style") == "primary"]
    within("primary buttons", len(primary), 1, least=0)


def _check_modal(view: View) -> None:
    for name in ("title", "submit", "close"):
        if name in view:
            _text(f"view.{name}", view[name], limits.TITLE, ("plain_text",))
        elif name == "title":
            raise BlockLimit("view.title", None, "required")
    within("view.callback_id", len(view.get("callback_id", "")), limits.ID)
    within("view.private_metadata", len(view.get("private_metadata", "")), limits.METADATA, least=0)
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        raise BlockLimit("view.submit", None, "required beside an input")


def _check_block(at: str, block: Block, allowed: frozenset[str]) -> None:
    kind = block.get("type")
    if kind not in allowed:
        raise BlockLimit(f"{at}.type", kind, sorted(allowed))
    if "block_id" in block:
        within(f"{at}.block_id", len(block["block_id"]), limits.ID)
    _CHECKS[kind](at, block)


def _section(at: str, block: Block) -> None:
    if "text" not in block and not block.get("fields"):
        raise BlockLimit(f"{at}.section", None, "text or fields")
    if "text" in block:
        _text(f"{at}.text", block["text"], limits.SECTION)
    within(f"{at}.fields", len(block.get("fields", ())), limits.FIELDS, least=0)
    for field in block.get("fields", ()):
        _text(f"{at}.field", field, limits.FIELD)
    if "accessory" in block:
        _element(f"{at}.accessory", block["accessory"], _PRESSED | {"image"})


def _header(at: str, block: Block) -> None:
    _text(f"{at}.text", block.get("text"), limits.HEADER, ("plain_text",))


def _context(at: str, block: Block) -> None:
    within(f"{at}.elements", len(block.get("elements", ())), limits.CONTEXT_ELEMENTS)
    for element in block["elements"]:
        _text(f"{at}.element", element, limits.SECTION)


def _actions(at: str, block: Block) -> None:
    within(f"{at}.elements", len(block.get("elements", ())), limits.ACTION_ELEMENTS)
    for element in block["elements"]:
        _element(at, element, _PRESSED)
    _unique(f"{at}.action_id", [element["action_id"] for element in block["elements"]])


def _input(at: str, block: Block) -> None:
    _text(f"{at}.label", block.get("label"), limits.LABEL, ("plain_text",))
    if "hint" in block:
        _text(f"{at}.hint", block["hint"], limits.LABEL, ("plain_text",))
    _element(f"{at}.element", block.get("element", {}), _INPUTS)


def _image(at: str, block: Block) -> None:
    within(f"{at}.alt_text", len(block.get("alt_text", "")), limits.ALT_TEXT)
    if "slack_file" not in block:
        within(f"{at}.image_url", len(block.get("image_url", "")), limits.URL)


def _markdown(at: str, block: Block) -> None:
    within(f"{at}.text", len(block.get("text", "")), limits.MARKDOWN)


def _container(at: str, block: Block) -> None:
    _text(f"{at}.title", block.get("title"), limits.CONTAINER_TITLE, ("plain_text",))
    within(f"{at}.child_blocks", len(block.get("child_blocks", ())), limits.CONTAINER_CHILDREN)
    for number, child in enumerate(block["child_blocks"]):
        _check_block(f"{at}.child_blocks[{number}]", child, _INSIDE)


def _table(at: str, block: Block) -> None:
    rows = block.get("rows", [])
    is_data = block["type"] == "data_table"
    within(f"{at}.rows", len(rows), limits.TABLE_ROWS + is_data, least=1 + is_data)
    if is_data:
        within(f"{at}.caption", len(block.get("caption", "")), limits.SECTION)
    size = 0
    for number, row in enumerate(rows):
        within(f"{at}.rows[{number}]", len(row), limits.TABLE_COLUMNS)
        if len(row) != len(rows[0]):
            raise BlockLimit(f"{at}.rows[{number}]", len(row), len(rows[0]))
        size += sum(_cell(f"{at}.rows[{number}]", cell) for cell in row)
    most = limits.DATA_TABLE_CHARACTERS if is_data else limits.TABLE_CHARACTERS
    within(f"{at}.characters", size, most)
    within(f"{at}.column_settings", len(block.get("column_settings", ())), len(rows[0]), least=0)


def _cell(at: str, cell: Block) -> int:
    if cell.get("type") not in ("raw_text", "raw_number"):
        raise BlockLimit(f"{at}.cell.type", cell.get("type"), "raw_text, raw_number")
    within(f"{at}.cell.text", len(cell.get("text", "").strip()), limits.TABLE_CHARACTERS)
    if cell["type"] == "raw_number":
        _number(f"{at}.cell.value", cell.get("value"))
    return len(cell["text"])


def _chart(at: str, block: Block) -> None:
    within(f"{at}.title", len(block.get("title", "")), limits.CHART_TITLE)
    drawn = block.get("chart", {})
    if drawn.get("type") not in ("line", "bar"):
        raise BlockLimit(f"{at}.chart.type", drawn.get("type"), "line, bar")
    axis = drawn.get("axis_config", {})
    categories = axis.get("categories", [])
    within(f"{at}.categories", len(categories), limits.CHART_POINTS)
    _unique(f"{at}.categories", categories)
    for name in ("x_label", "y_label"):
        within(f"{at}.{name}", len(axis.get(name, "")), limits.CHART_TITLE, least=0)
    within(f"{at}.series", len(drawn.get("series", ())), limits.CHART_SERIES)
    _unique(f"{at}.series.name", [series["name"] for series in drawn["series"]])
    for series in drawn["series"]:
        within(f"{at}.series.name", len(series["name"]), limits.CHART_LABEL)
        if [point["label"] for point in series["data"]] != categories:
            raise BlockLimit(f"{at}.series.data", series["name"], "a value per category")
        for point in series["data"]:
            within(f"{at}.label", len(point["label"]), limits.CHART_LABEL)
            _number(f"{at}.value", point["value"])


def _nothing(at: str, block: Block) -> None:
    """A divider has nothing to check."""


_CHECKS: dict[str, Callable[[str, Block], None]] = {
    "actions": _actions,
    "container": _container,
    "context": _context,
    "data_table": _table,
    "data_visualization": _chart,
    "divider": _nothing,
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "section": _section,
    "table": _table,
}


def _element(at: str, element: Block, allowed: frozenset[str]) -> None:
    kind = element.get("type")
    if kind not in allowed:
        raise BlockLimit(f"{at}.element.type", kind, sorted(allowed))
    if kind == "image":
        _image(at, element)
        return
    within(f"{at}.action_id", len(element.get("action_id", "")), limits.ID)
    within(f"{at}.value", len(element.get("value", "")), limits.VALUE, least=0)
    if kind == "button":
        _text(f"{at}.button.text", element.get("text"), limits.BUTTON, ("plain_text",))
        within(
            f"{at}.accessibility_label", len(element.get("accessibility_label", "")), limits.BUTTON, least=0
        )
    if "placeholder" in element:
        _text(f"{at}.placeholder", element["placeholder"], limits.PLACEHOLDER, ("plain_text",))
    if "options" in element:
        _options(at, element)


_MOST_OPTIONS = {
    "overflow": limits.OVERFLOW_OPTIONS,
    "checkboxes": limits.CHOICES,
    "radio_buttons": limits.CHOICES,
}


def _options(at: str, element: Block) -> None:
    options = element["options"]
    within(f"{at}.options", len(options), _MOST_OPTIONS.get(element["type"], limits.OPTIONS))
    for choice in options:
        _text(f"{at}.option", choice.get("text"), limits.OPTION)
        within(f"{at}.option.value", len(choice.get("value", "")), limits.OPTION_VALUE)
    _unique(f"{at}.option.value", [choice["value"] for choice in options])
    if "initial_option" in element and element["initial_option"] not in options:
        raise BlockLimit(f"{at}.initial_option", element["initial_option"], "one of the options")


def _text(at: str, value: Any, most: int, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> None:
    if not isinstance(value, dict) or value.get("type") not in kinds:
        raise BlockLimit(f"{at}.type", value, kinds)
    within(at, len(value.get("text", "").strip()), most)
    within(at, len(value["text"]), most)


def _number(at: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BlockLimit(at, value, "a number")


def _unique(at: str, values: Sequence[str]) -> None:
    if len(set(values)) != len(values):
        raise BlockLimit(at, list(values), "all different")


def _texts(value: Any) -> Iterator[str]:
    """Every text that people read, cells and labels included."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, str) and name in ("text", "alt_text", "title", "label", "caption", "name"):
                yield item
            else:
                yield from _texts(item)
