"""Finding every message, rendering it in every language, and writing it down as a person reads it."""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from domain.names import Locale
from templates.blocks import Message
from templates.i18n import ROOM
from templates.samples import Sample

GOLDENS = Path(__file__).parent / "goldens"
FEATURES = ("targets", "people", "rules", "imports", "operations")
ALONE = ("refusals",)
OBLIGATORY = ("happy", "empty", "longest", "hostile")


def folders() -> list[str]:
    """Every message folder: a package inside a feature, or one that stands alone."""
    found = [*ALONE]
    for feature in FEATURES:
        found += [path.parent.relative_to(ROOM).as_posix() for path in (ROOM / feature).glob("*/__init__.py")]
    return sorted(found)


def samples(folder: str) -> dict[str, Sample]:
    """The samples of a message."""
    module = importlib.import_module(f"templates.{folder.replace('/', '.')}.sample")
    found: dict[str, Sample] = module.SAMPLES
    return found


@dataclass(frozen=True)
class Rendered:
    """One sample of one message in one language; `text` is empty for a view."""

    folder: str
    name: str
    locale: Locale
    made: Any

    @property
    def is_view(self) -> bool:
        return not isinstance(self.made, Message)

    @property
    def blocks(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.made["blocks"] if self.is_view else self.made.blocks
        return found

    @property
    def payload(self) -> dict[str, Any]:
        return self.made if self.is_view else {"text": self.made.text, "blocks": self.made.blocks}

    @property
    def where(self) -> str:
        return f"{self.folder} [{self.name}] {self.locale.value}"


def render(folder: str, name: str, locale: Locale) -> Rendered:
    """Build a message from its sample."""
    layout = importlib.import_module(f"templates.{folder.replace('/', '.')}.layout")
    sample = samples(folder)[name]
    return Rendered(
        folder, name, locale, getattr(layout, sample.function)(sample.view, locale=locale, **sample.keywords)
    )


@cache
def everything() -> tuple[Rendered, ...]:
    """Every message x sample x language."""
    return tuple(
        render(folder, name, locale) for folder in folders() for name in samples(folder) for locale in Locale
    )


def text_objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every text object in blocks."""
    if isinstance(value, list):
        for item in value:
            yield from text_objects(item)
    elif isinstance(value, dict):
        if value.get("type") in ("plain_text", "mrkdwn"):
            yield value
        else:
            yield from text_objects(list(value.values()))


def strings(value: Any) -> Iterator[str]:
    """Every string in a payload but the values of actions, which nobody reads."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in ("value", "action_id", "type", "block_id", "callback_id"):
                yield from strings(item)


def plain_text(rendered: Rendered) -> str:
    """The message as a person reads it, block by block."""
    lines = [] if rendered.is_view else [f"({rendered.made.text})"]
    if rendered.is_view and "title" in rendered.made:
        view = rendered.made
        lines.append(" | ".join(view[name]["text"] for name in ("title", "submit", "close") if name in view))
    for block in rendered.blocks:
        lines += _lines(block)
    return "\n".join(lines).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _lines(block: dict[str, Any]) -> list[str]:
    kind = block["type"]
    if kind == "header":
        return [f"# {block['text']['text']}"]
    if kind == "table":
        return ["| " + " | ".join(cell["text"] for cell in row) + " |" for row in block["rows"]]
    if kind == "data_visualization":
        return _chart(block)
    if kind == "actions":
        return [" ".join(map(_element, block["elements"]))]
    if kind == "context":
        return ["~ " + " ~ ".join(element["text"] for element in block["elements"])]
    if kind == "input":
        hint = f" ({block['hint']['text']})" if "hint" in block else ""
        return [f"{block['label']['text']}{hint}: {_element(block['element'])}"]
    beside = f" {_element(block['accessory'])}" if "accessory" in block else ""
    return [block["text"]["text"] + beside]


def _chart(block: dict[str, Any]) -> list[str]:
    lines = [f"∿ {block['title']}"]
    for series in block["chart"]["series"]:
        shown = [f"{p['label']} {p['value']:,}" for p in (series["data"][0], series["data"][-1])]
        lines.append(f"  {series['name']}: {' … '.join(shown)} ({len(series['data'])})")
    return lines


def _element(element: dict[str, Any]) -> str:
    if element["type"] == "button":
        return f"[{element['text']['text']}]"
    name = element.get("placeholder", {}).get("text", "⋯")
    chosen = element.get("initial_option", {}).get("text", {}).get("text")
    if "options" not in element:
        first = next((element[key] for key in element if key.startswith("initial_")), "")
        return f"<{(first['text']['text'] if isinstance(first, dict) else first) or '…'}>"
    ticked = "/".join(option["text"]["text"] for option in element.get("initial_options", ()))
    options = "/".join(option["text"]["text"] for option in element["options"])
    return f"[{chosen or ticked or name}: {options}]"
