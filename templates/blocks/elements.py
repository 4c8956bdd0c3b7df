"""Interactive elements."""

from collections.abc import Sequence
from typing import Literal

from templates.actions import Use
from templates.blocks import limits
from templates.blocks.limits import BlockLimit, Element, plain, within

Style = Literal["primary", "danger"]


def button(text: str, use: Use, *, style: Style | None = None, label: str = "", url: str = "") -> Element:
    """A button that does `use`; `label` is read aloud instead of a text that says little alone."""
    within("button.action_id", len(use.action_id), limits.ID)
    within("button.value", len(use.value), limits.VALUE, least=0)
    made: Element = {
        "type": "button",
        "text": plain("button.text", text, limits.BUTTON),
        "action_id": use.action_id,
    }
    if use.value:
        made["value"] = use.value
    if style:
        made["style"] = style
    if label:
        made["accessibility_label"] = limits.raw("button.accessibility_label", label, limits.BUTTON)
    if url:
        within("button.url", len(url), limits.URL)
        made["url"] = url
    return made


def option(text: str, value: str, description: str = "") -> Element:
    """A choice of a select, overflow, checkbox or radio group."""
    within("option.value", len(value), limits.OPTION_VALUE)
    made: Element = {"text": plain("option.text", text, limits.OPTION), "value": value}
    if description:
        made["description"] = plain("option.description", description, limits.OPTION)
    return made


def overflow(action_id: str, options: Sequence[Element]) -> Element:
    """The menu behind the three dots."""
    within("overflow.options", len(options), limits.OVERFLOW_OPTIONS)
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def static_select(
    action_id: str, options: Sequence[Element], *, placeholder: str = "", initial: str | None = None
) -> Element:
    """A drop-down list; `initial` is the value of the option chosen at first."""
    within("static_select.options", len(options), limits.OPTIONS)
    made: Element = {"type": "static_select", "action_id": action_id, "options": list(options)}
    return _with_initial(_with_placeholder(made, placeholder), options, initial)


def conversations_select(action_id: str, *, placeholder: str = "", initial: str = "") -> Element:
    """A list of public and private channels."""
    made: Element = {
        "type": "conversations_select",
        "action_id": action_id,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if initial:
        made["initial_conversation"] = initial
    return _with_placeholder(made, placeholder)


def external_select(
    action_id: str, *, placeholder: str = "", min_query_length: int = 1, initial: Element | None = None
) -> Element:
    """A list that asks us for its options while the person types; `initial` is an `option`."""
    made: Element = {
        "type": "external_select",
        "action_id": action_id,
        "min_query_length": min_query_length,
    }
    if initial is not None:
        made["initial_option"] = initial
    return _with_placeholder(made, placeholder)


def datepicker(action_id: str, *, placeholder: str = "", initial: str = "") -> Element:
    """A day; `initial` as YYYY-MM-DD."""
    made: Element = {"type": "datepicker", "action_id": action_id}
    if initial:
        made["initial_date"] = initial
    return _with_placeholder(made, placeholder)


def timepicker(action_id: str, *, initial: str = "") -> Element:
    """A time of the day; `initial` as HH:MM."""
    made: Element = {"type": "timepicker", "action_id": action_id}
    if initial:
        made["initial_time"] = initial
    return made


def plain_text_input(
    action_id: str, *, placeholder: str = "", initial: str = "", multiline: bool = False, most: int = 3000
) -> Element:
    """A field to write in."""
    within("plain_text_input.max_length", most, 3000)
    made: Element = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": multiline,
        "max_length": most,
    }
    if initial:
        # What the person edits is their own text: neither escaped nor marked.
        made["initial_value"] = initial[:most]
    return _with_placeholder(made, placeholder)


def number_input(
    action_id: str, *, decimals: bool = True, least: str = "", most: str = "", initial: str = ""
) -> Element:
    """A field for a number; the bounds are numbers written out."""
    made: Element = {"type": "number_input", "action_id": action_id, "is_decimal_allowed": decimals}
    for name, value in (("min_value", least), ("max_value", most), ("initial_value", initial)):
        if value:
            made[name] = value
    return made


def checkboxes(action_id: str, options: Sequence[Element], *, initial: Sequence[str] = ()) -> Element:
    """Any number of choices."""
    within("checkboxes.options", len(options), limits.CHOICES)
    made: Element = {"type": "checkboxes", "action_id": action_id, "options": list(options)}
    chosen = [choice for choice in options if choice["value"] in initial]
    if chosen:
        made["initial_options"] = chosen
    return made


def radio_buttons(action_id: str, options: Sequence[Element], *, initial: str | None = None) -> Element:
    """One of a few choices, all visible."""
    within("radio_buttons.options", len(options), limits.CHOICES)
    made: Element = {"type": "radio_buttons", "action_id": action_id, "options": list(options)}
    return _with_initial(made, options, initial)


def _with_placeholder(made: Element, placeholder: str) -> Element:
    if placeholder:
        made["placeholder"] = plain(f"{made['type']}.placeholder", placeholder, limits.PLACEHOLDER)
    return made


def _with_initial(made: Element, options: Sequence[Element], initial: str | None) -> Element:
    if initial is None:
        return made
    found = next((choice for choice in options if choice["value"] == initial), None)
    if found is None:
        raise BlockLimit(f"{made['type']}.initial_option", initial, [o["value"] for o in options])
    made["initial_option"] = found
    return made
