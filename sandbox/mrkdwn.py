"""Slack's mrkdwn as a small tree, from which plain words and safe HTML are made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_CODE = re.compile(r"```(.*?)```|`([^`\n]+)`", re.DOTALL)
_ANGLE = re.compile(r"<([^<>\n]+)>")
_URL = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)\]}'\"，。；：！？）」』]")
_EMOJI = re.compile(r":([a-z0-9_+-]{1,40}):")
_MARKS = {"*": "bold", "_": "italic", "~": "strike"}

EMOJI = {
    "white_check_mark": "✅", "heavy_check_mark": "✔️", "x": "❌", "warning": "⚠️",
    "rotating_light": "🚨", "red_circle": "🔴", "large_green_circle": "🟢",
    "large_yellow_circle": "🟡", "large_orange_circle": "🟠",
    "large_blue_circle": "🔵", "white_circle": "⚪", "black_circle": "⚫",
    "bell": "🔔", "no_bell": "🔕", "tada": "🎉", "wave": "👋", "eyes": "👀",
    "thumbsup": "👍", "+1": "👍", "thumbsdown": "👎", "-1": "👎", "calendar": "📅",
    "date": "📅", "spiral_calendar_pad": "🗓️", "chart_with_upwards_trend": "📈",
    "chart_with_downwards_trend": "📉", "bar_chart": "📊", "package": "📦",
    "truck": "🚚", "wrench": "🔧", "gear": "⚙️", "memo": "📝", "pencil2": "✏️",
    "mag": "🔍", "hourglass_flowing_sand": "⏳", "hourglass": "⌛", "clock3": "🕒",
    "alarm_clock": "⏰", "stopwatch": "⏱️", "bulb": "💡", "fire": "🔥", "star": "⭐",
    "rocket": "🚀", "lock": "🔒", "key": "🔑", "link": "🔗", "paperclip": "📎",
    "pushpin": "📌", "house": "🏠", "question": "❓", "grey_question": "❔",
    "exclamation": "❗", "information_source": "ℹ️", "speech_balloon": "💬",
    "arrow_up": "⬆️", "arrow_down": "⬇️", "arrow_right": "➡️",
    "arrow_left": "⬅️", "small_red_triangle": "🔺",
    "small_red_triangle_down": "🔻", "moneybag": "💰", "dart": "🎯", "trophy": "🏆",
    "clipboard": "📋", "file_folder": "📁", "page_facing_up": "📄",
    "inbox_tray": "📥", "outbox_tray": "📤", "email": "📧", "phone": "☎️",
    "bust_in_silhouette": "👤", "busts_in_silhouette": "👥", "handshake": "🤝",
    "pray": "🙏", "zzz": "💤", "no_entry": "⛔", "no_entry_sign": "🚫",
    "recycle": "♻️", "heavy_plus_sign": "➕", "heavy_minus_sign": "➖",
    "sunny": "☀️", "partly_sunny": "⛅", "cloud": "☁️", "snowflake": "❄️",
    "smile": "😄", "slightly_smiling_face": "🙂", "disappointed": "😞",
    "heart": "❤️", "clap": "👏", "raised_hands": "🙌", "point_right": "👉",
    "point_up": "☝️", "ok_hand": "👌", "hand": "✋", "car": "🚗", "factory": "🏭",
    "office": "🏢", "shopping_trolley": "🛒", "label": "🏷️", "bookmark": "🔖",
    "receipt": "🧾", "bricks": "🧱", "nut_and_bolt": "🔩",
    "oncoming_automobile": "🚘", "scales": "⚖️", "repeat": "🔁",
}  # fmt: skip


@dataclass(frozen=True)
class Node:
    """A piece of text. `kind` says which: text, bold, italic, strike, code, pre, quote, link, user, channel,
    broadcast, group, date, emoji, newline."""

    kind: str
    text: str = ""
    target: str = ""
    children: tuple[Node, ...] = field(default=())


def unescape(text: str) -> str:
    """`&lt; &gt; &amp;` back to what they stand for; nothing else is an entity in Slack."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def parse(text: str) -> tuple[Node, ...]:
    """mrkdwn to nodes. Anything malformed stays as it was written."""
    nodes: list[Node] = []
    position = 0
    for found in _CODE.finditer(text):
        nodes += _lines(text[position : found.start()])
        if found[1] is not None:
            nodes.append(Node("pre", unescape(found[1].strip("\n"))))
        else:
            nodes.append(Node("code", unescape(found[2])))
        position = found.end()
    return tuple(nodes + _lines(text[position:]))


def plain(text: str, *, emoji: bool = True) -> tuple[Node, ...]:
    """A plain_text object: no marks, only entities and, unless it says otherwise, emoji."""
    return tuple(_emoji(unescape(text))) if emoji else (Node("text", unescape(text)),)


def _lines(text: str) -> list[Node]:
    nodes: list[Node] = []
    quoted: list[Node] = []
    for number, line in enumerate(text.split("\n")):
        is_quote = line.startswith(("&gt;", ">"))
        if is_quote:
            if quoted:
                quoted.append(Node("newline"))
            quoted += _inline(re.sub(r"^(&gt;|>)+ ?", "", line))
            continue
        if quoted:
            nodes.append(Node("quote", children=tuple(quoted)))
            quoted = []
        elif number:
            nodes.append(Node("newline"))
        nodes += _inline(line)
    if quoted:
        nodes.append(Node("quote", children=tuple(quoted)))
    return nodes


def _inline(text: str) -> list[Node]:
    """Marks, then things in angle brackets, then emoji and bare links."""
    start = _first_mark(text)
    if start is None:
        return _angles(text)
    begin, end = start
    inner = tuple(_inline(text[begin + 1 : end]))
    return [*_angles(text[:begin]), Node(_MARKS[text[begin]], children=inner), *_inline(text[end + 1 :])]


def _first_mark(text: str) -> tuple[int, int] | None:
    """The first well-formed pair of marks outside angle brackets."""
    hidden = [range(*m.span()) for m in _ANGLE.finditer(text)] + [
        range(*m.span()) for m in _EMOJI.finditer(text)
    ]
    for begin, mark in enumerate(text):
        if mark not in _MARKS or any(begin in span for span in hidden) or not _may_open(text, begin):
            continue
        end = text.find(mark, begin + 1)
        while end != -1:
            if not any(end in span for span in hidden) and _may_close(text, begin, end):
                return begin, end
            end = text.find(mark, end + 1)
    return None


def _may_open(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return not (before.isascii() and before.isalnum()) and not after.isspace() and after != text[at]


def _may_close(text: str, begin: int, end: int) -> bool:
    after = text[end + 1] if end + 1 < len(text) else " "
    return end > begin + 1 and not text[end - 1].isspace() and not (after.isascii() and after.isalnum())


def _angles(text: str) -> list[Node]:
    nodes: list[Node] = []
    position = 0
    for found in _ANGLE.finditer(text):
        nodes += _bare(text[position : found.start()])
        nodes.append(_special(found[1]))
        position = found.end()
    return nodes + _bare(text[position:])


def _special(inside: str) -> Node:
    target, _, label = inside.partition("|")
    label = unescape(label)
    if target.startswith("@"):
        return Node("user", label, target[1:])
    if target.startswith("#"):
        return Node("channel", label, target[1:])
    if target.startswith("!date^"):
        return Node("date", label, target.removeprefix("!date^"))
    if target.startswith("!subteam^"):
        return Node("group", label or "@group", target.removeprefix("!subteam^"))
    if target.startswith("!"):
        return Node("broadcast", label or target[1:], target[1:])
    return Node("link", label or unescape(target).removeprefix("mailto:"), unescape(target))


def _bare(text: str) -> list[Node]:
    nodes: list[Node] = []
    position = 0
    for found in _URL.finditer(text):
        nodes += _emoji(unescape(text[position : found.start()]))
        url = unescape(found[0])
        nodes.append(Node("link", url, url))
        position = found.end()
    return nodes + _emoji(unescape(text[position:]))


def _emoji(text: str) -> list[Node]:
    nodes: list[Node] = []
    position = 0
    for found in _EMOJI.finditer(text):
        if found[1] not in EMOJI:
            continue
        if text[position : found.start()]:
            nodes.append(Node("text", text[position : found.start()]))
        nodes.append(Node("emoji", EMOJI[found[1]], found[1]))
        position = found.end()
    if text[position:]:
        nodes.append(Node("text", text[position:]))
    return nodes
