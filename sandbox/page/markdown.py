"""The markdown block: a small, safe subset of Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from sandbox.page.rich import link, tag

_INLINE = re.compile(r"`([^`\n]+)`|\*\*(.+?)\*\*|~~(.+?)~~|\[([^\]\n]+)\]\(([^)\s]+)\)|[*_]([^*_\n]+)[*_]")
_ITEM = re.compile(r"^(\s*)([-*+]|\d+[.)])\s+(\[[ xX]\]\s+)?(.*)$")


def inline(text: str) -> Markup:
    """Bold, italic, strike, code and links within a line."""
    parts: list[Markup] = []
    position = 0
    for found in _INLINE.finditer(text):
        parts.append(escape(text[position : found.start()]))
        code, bold, strike, label, url, italic = found.groups()
        if code is not None:
            parts.append(tag("code", code))
        elif label is not None:
            parts.append(link(url, inline(label)))
        elif bold is not None:
            parts.append(tag("strong", inline(bold)))
        elif strike is not None:
            parts.append(tag("s", inline(strike)))
        else:
            parts.append(tag("em", inline(italic)))
        position = found.end()
    return Markup("").join([*parts, escape(text[position:])])


def render(text: str) -> Markup:
    """Headings, lists, quotes, code, rules, tables and paragraphs."""
    made: list[Markup] = []
    lines = text.split("\n")
    while lines:
        line = lines[0]
        if line.startswith("```"):
            made.append(_code(lines))
        elif heading := re.match(r"^(#{1,6})\s+(.*)$", line):
            lines.pop(0)
            made.append(tag(f"h{min(len(heading[1]) + 2, 6)}", inline(heading[2])))
        elif re.fullmatch(r"\s*([-*_])\s*(\1\s*){2,}", line):
            lines.pop(0)
            made.append(Markup("<hr>"))
        elif line.startswith(">"):
            quoted = _while(lines, lambda at: at.startswith(">"))
            made.append(tag("blockquote", render("\n".join(re.sub(r"^> ?", "", q) for q in quoted))))
        elif _ITEM.match(line):
            made.append(_list(lines))
        elif line.lstrip().startswith("|"):
            made.append(_table(_while(lines, lambda at: at.lstrip().startswith("|"))))
        elif not line.strip():
            lines.pop(0)
        else:
            words = _while(lines, _is_prose)
            made.append(tag("p", Markup("<br>").join(inline(w) for w in words)))
    return Markup("").join(made)


def _is_prose(line: str) -> bool:
    begins = line.lstrip().startswith((">", "#", "```", "|"))
    return bool(line.strip()) and not begins and not _ITEM.match(line)


def _while(lines: list[str], fits: Callable[[str], bool]) -> list[str]:
    taken = [lines.pop(0)]
    while lines and fits(lines[0]):
        taken.append(lines.pop(0))
    return taken


def _code(lines: list[str]) -> Markup:
    lines.pop(0)
    body: list[str] = []
    while lines and not lines[0].startswith("```"):
        body.append(lines.pop(0))
    if lines:
        lines.pop(0)
    return tag("pre", "\n".join(body))


def _list(lines: list[str]) -> Markup:
    taken = _while(lines, lambda at: bool(_ITEM.match(at)))
    items: list[Markup] = []
    ordered = False
    for line in taken:
        found = _ITEM.match(line)
        if found is None:
            continue
        ordered = found[2][0].isdigit()
        box = {"": "", "x": "☑ ", " ": "☐ "}[(found[3] or "")[1:2].lower()]
        depth = min(len(found[1]) // 2, 4)
        items.append(Markup('<li class="indent{}">{}{}</li>').format(depth, box, inline(found[4])))
    return tag("ol" if ordered else "ul", Markup("").join(items))


def _table(lines: list[str]) -> Markup:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    head = Markup("").join(tag("th", inline(cell)) for cell in rows[0]) if rows else Markup("")
    body = Markup("").join(tag("tr", Markup("").join(tag("td", inline(c)) for c in row)) for row in rows[1:])
    return tag("table", Markup("<thead><tr>{}</tr></thead><tbody>{}</tbody>").format(head, body), "grid")
