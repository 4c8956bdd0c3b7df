"""Text to HTML. Everything people or apps wrote is escaped; links go to http, https and mailto only."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

from sandbox import mrkdwn
from sandbox.model import Json
from sandbox.reading import Reader

_TAGS = {"bold": "strong", "italic": "em", "strike": "s", "quote": "blockquote"}
_SAFE_LINK = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)


def tag(name: str, inside: Markup | str, css: str = "") -> Markup:
    """`<name class=css>inside</name>` with `inside` escaped unless it is Markup."""
    if css:
        return Markup('<{0} class="{1}">{2}</{0}>').format(Markup(name), css, inside)
    return Markup("<{0}>{1}</{0}>").format(Markup(name), inside)


def link(url: str, label: str | Markup) -> Markup:
    """A link that opens beside the page; anything but http(s) and mailto stays plain words."""
    if not _SAFE_LINK.match(url):
        return escape(label)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>').format(url, label)


class Html:
    """Renders for one reader."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def text(self, value: Any) -> Markup:
        """A text object, or a string as mrkdwn."""
        if isinstance(value, str):
            return self.nodes(mrkdwn.parse(value))
        if not isinstance(value, dict):
            return Markup("")
        raw = str(value.get("text") or "")
        if value.get("type") == "mrkdwn":
            return self.nodes(mrkdwn.parse(raw))
        return self.nodes(mrkdwn.plain(raw, emoji=value.get("emoji") is not False))

    def nodes(self, nodes: tuple[mrkdwn.Node, ...]) -> Markup:
        """A parsed text."""
        return Markup("").join(self._node(node) for node in nodes)

    def _node(self, node: mrkdwn.Node) -> Markup:
        kind = node.kind
        if kind in _TAGS:
            return tag(_TAGS[kind], self.nodes(node.children))
        if kind == "newline":
            return Markup("<br>")
        if kind == "code":
            return tag("code", node.text)
        if kind == "pre":
            return tag("pre", node.text)
        if kind == "link":
            return link(node.target, node.text)
        if kind == "user":
            return self.mention(node.target)
        if kind == "channel":
            return tag("span", self.reader.channel(node.target, node.text), "mention")
        if kind in ("broadcast", "group"):
            return tag("span", "@" + node.text.lstrip("@"), "mention loud")
        if kind == "date":
            return tag("time", self.reader.date(node.target, node.text))
        if kind == "emoji":
            return tag("span", node.text, "emoji")
        return Markup("<br>").join(escape(part) for part in node.text.split("\n"))

    def mention(self, user_id: str) -> Markup:
        """`@Name`, marked when it is the reader."""
        return tag("span", self.reader.user(user_id), "mention")

    def rich(self, value: Any) -> Markup:
        """A rich_text block or a part of one."""
        if not isinstance(value, dict):
            return Markup("")
        kind = str(value.get("type"))
        inside = Markup("").join(self.rich(e) for e in value.get("elements") or [])
        if kind == "rich_text_list":
            items = Markup("").join(tag("li", self.rich(e)) for e in value.get("elements") or [])
            indent = min(int(value.get("indent") or 0), 8)
            return tag("ol" if value.get("style") == "ordered" else "ul", items, f"indent{indent}")
        if kind == "rich_text_preformatted":
            return tag("pre", inside)
        if kind == "rich_text_quote":
            return tag("blockquote", inside)
        if kind in ("rich_text", "rich_text_section"):
            return tag("div", inside) if kind == "rich_text_section" else inside
        return self._leaf(kind, value)

    def _leaf(self, kind: str, value: Json) -> Markup:
        if kind == "user":
            return self.mention(str(value.get("user_id")))
        if kind == "link":
            shown = link(str(value.get("url")), str(value.get("text") or value.get("url")))
        elif kind in ("channel", "broadcast"):
            return tag("span", self.reader.rich(value), "mention")
        else:
            words = self.reader.rich(value)
            shown = Markup("<br>").join(escape(part) for part in words.split("\n"))
        style = value.get("style") or {}
        for name, element in (("code", "code"), ("bold", "strong"), ("italic", "em"), ("strike", "s")):
            if style.get(name):
                shown = tag(element, shown)
        return shown
