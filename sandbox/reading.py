"""Messages and views as plain words, the way a person reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import dates

from sandbox import mrkdwn as marks
from sandbox.model import Json, User
from sandbox.state import State

_LENGTHS: dict[str, Literal["long", "medium", "full"]] = {
    "date": "long",
    "date_short": "medium",
    "date_long": "full",
    "date_pretty": "long",
    "date_short_pretty": "medium",
    "date_long_pretty": "full",
}
_WITHOUT_YEAR = {"long": "MMMMd", "medium": "MMMd", "full": "MMMMEEEEd"}
_HALF_A_YEAR = 182 * 86_400


class Reader:
    """Someone who reads: knows names of people and channels and has a time zone."""

    def __init__(self, state: State, viewer: User | None = None) -> None:
        self.state = state
        self.zone = ZoneInfo(viewer.tz if viewer else "UTC")
        self.locale = (viewer.locale if viewer else "en-US").replace("-", "_")

    def user(self, user_id: str) -> str:
        """`@Full Name`; the id when unknown."""
        user = self.state.users.get(user_id)
        return f"@{user.real_name}" if user else f"@{user_id}"

    def channel(self, channel_id: str, label: str = "") -> str:
        """`#name`; the label or id when unknown."""
        channel = self.state.channels.get(channel_id)
        return f"#{channel.name if channel else label or channel_id}"

    def date(self, spec: str, fallback: str) -> str:
        """`unix^{date} at {time}` in the reader's time zone; the fallback when malformed."""
        stamp, _, rest = spec.partition("^")
        form = rest.split("^")[0]
        try:
            moment = datetime.fromtimestamp(int(stamp), self.zone)
        except (ValueError, OverflowError, OSError):
            return fallback
        shown = form.replace("{date_num}", moment.strftime("%Y-%m-%d")).replace(
            "{ago}", self._ago(int(stamp))
        )
        shown = shown.replace("{time}", dates.format_time(moment, "short", locale=self.locale))
        shown = shown.replace("{time_secs}", dates.format_time(moment, "medium", locale=self.locale))
        for token, length in _LENGTHS.items():
            if "{" + token + "}" in shown:
                shown = shown.replace("{" + token + "}", self._day(moment, length))
        return shown

    def _day(self, moment: datetime, length: Literal["long", "medium", "full"]) -> str:
        """The year is left out within six months of now, as Slack does."""
        if abs(moment.timestamp() - self.state.now()) < _HALF_A_YEAR:
            return str(dates.format_skeleton(_WITHOUT_YEAR[length], moment, locale=self.locale))
        return str(dates.format_date(moment, length, locale=self.locale))

    def _ago(self, stamp: int) -> str:
        seconds = self.state.now() - stamp
        unit, size = next(
            ((u, s) for u, s in (("day", 86400), ("hour", 3600)) if abs(seconds) >= s), ("minute", 60)
        )
        number = int(abs(seconds) // size)
        words = f"{number} {unit}{'' if number == 1 else 's'}"
        return f"in {words}" if seconds < 0 else f"{words} ago"

    def mrkdwn(self, text: str) -> str:
        """Without marks and entities."""
        return "".join(map(self._node, marks.parse(text)))

    def _node(self, node: marks.Node) -> str:
        inside = "".join(map(self._node, node.children))
        if node.kind == "user":
            return self.user(node.target)
        if node.kind == "channel":
            return self.channel(node.target, node.text)
        if node.kind == "broadcast":
            return f"@{node.text}"
        if node.kind == "date":
            return self.date(node.target, node.text)
        if node.kind == "newline":
            return "\n"
        if node.kind == "quote":
            return f"\n{inside}\n"
        return inside or node.text

    def text(self, value: Any) -> str:
        """A text object or a string."""
        if isinstance(value, str):
            return value
        if not isinstance(value, dict):
            return ""
        raw = str(value.get("text") or "")
        if value.get("type") == "mrkdwn":
            return self.mrkdwn(raw)
        return "".join(n.text for n in marks.plain(raw, emoji=value.get("emoji") is not False))

    def rich(self, value: Any) -> str:
        """A rich_text block, element or leaf."""
        if not isinstance(value, dict):
            return ""
        kind = value.get("type")
        leaves: dict[str, Callable[[], Any]] = {
            "user": lambda: self.user(value.get("user_id", "")),
            "channel": lambda: self.channel(value.get("channel_id", "")),
            "emoji": lambda: marks.EMOJI.get(value.get("name", ""), f":{value.get('name')}:"),
            "link": lambda: value.get("text") or value.get("url", ""),
            "broadcast": lambda: f"@{value.get('range')}",
            "date": lambda: self.date(
                f"{value.get('timestamp')}^{value.get('format')}", str(value.get("fallback"))
            ),
        }
        if kind in leaves:
            return str(leaves[kind]())
        if "elements" not in value:
            return str(value.get("text") or "")
        joint = "\n" if kind in ("rich_text", "rich_text_list") else ""
        mark = "• " if kind == "rich_text_list" else ""
        return joint.join(mark + self.rich(e) for e in value["elements"])

    def cell(self, cell: Json) -> str:
        """A table cell."""
        if cell.get("type") == "rich_text":
            return self.rich(cell)
        if cell.get("type") == "action_cell":
            return self.element(cell.get("element") or {})
        return str(cell.get("text") or "")

    def element(self, element: Json) -> str:
        """What an interactive element shows: its label, or what is chosen, or its placeholder."""
        kind = element.get("type")
        if kind == "image":
            return str(element.get("alt_text") or "")
        if kind in ("button", "workflow_button", "icon_button"):
            return f"[{self.text(element.get('text'))}]"
        if kind == "feedback_buttons":
            names = ("positive_button", "negative_button")
            return " ".join(f"[{self.text((element.get(n) or {}).get('text'))}]" for n in names)
        if kind in ("checkboxes", "radio_buttons"):
            return "\n".join(self.text(o.get("text")) for o in element.get("options") or [])
        if kind == "overflow":
            return "[⋯]"
        chosen = element.get("initial_option") or {}
        return self.text(chosen.get("text")) or self.text(element.get("placeholder"))

    def lines(self, blocks: list[Json]) -> Iterator[str]:
        """One string per thing read, in reading order."""
        for block in blocks:
            yield from (line for line in self._block(block) if line)

    def _block(self, block: Json) -> Iterator[str]:
        kind = block.get("type")
        for name in (
            "title",
            "subtitle",
            "text",
            "body",
            "subtext",
            "label",
            "hint",
            "caption",
            "description",
        ):
            if name in block and kind != "rich_text":
                raw = block[name]
                yield self.mrkdwn(raw) if kind == "markdown" and isinstance(raw, str) else self.text(raw)
        for field in block.get("fields") or []:
            yield self.text(field)
        if kind == "rich_text":
            yield self.rich(block)
        elif kind in ("context", "actions", "context_actions"):
            for element in block.get("elements") or []:
                yield (
                    self.text(element)
                    if "text" in element and element["type"] != "button"
                    else self.element(element)
                )
        elif kind in ("table", "data_table"):
            for row in block.get("rows") or []:
                yield " | ".join(self.cell(cell) for cell in row)
        elif kind == "data_visualization":
            yield from self._chart(block.get("chart") or {})
        elif kind == "image":
            yield str(block.get("alt_text") or "")
        for name in ("accessory", "element", "icon", "hero_image"):
            if isinstance(block.get(name), dict):
                yield self.element(block[name])
        yield from self._inner(block)

    def _inner(self, block: Json) -> Iterator[str]:
        if block.get("type") == "card":
            for element in block.get("actions") or []:
                yield self.element(element)
        if block.get("type") == "carousel":
            yield from self.lines(block.get("elements") or [])
        yield from self.lines(block.get("child_blocks") or [])
        for task in block.get("tasks") or []:
            yield f"{task.get('title')} ({task.get('status')})"
        for name in ("details", "output", "rich_text_title"):
            if isinstance(block.get(name), dict):
                yield self.rich(block[name])

    def _chart(self, chart: Json) -> Iterator[str]:
        for point in chart.get("segments") or []:
            yield f"{point.get('label')}: {point.get('value')}"
        axis = chart.get("axis_config") or {}
        yield " / ".join(str(axis[n]) for n in ("x_label", "y_label") if axis.get(n))
        for series in chart.get("series") or []:
            points = ", ".join(f"{p.get('label')} {p.get('value')}" for p in series.get("data") or [])
            yield f"{series.get('name')}: {points}"
