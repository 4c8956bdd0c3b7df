"""Text on its way to Slack: what people typed is shown letter by letter, our own words may carry *bold*.

Slack knows no way to quote `*`, `_`, `~`, a backtick or `:smile:` in mrkdwn. So marks of user text travel as
stand-ins (private-use characters) until a block is built. Where one of them could format something
there, the text is sent as `plain_text` without our own bold: literal always, bold where it can be.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, SupportsIndex, overload

# What has no place in a line of text. Line breaks and tabs become spaces; everything else goes: controls,
# marks that turn the direction of the line (a name must not reorder the numbers beside it), halves of
# surrogate pairs (no encoder takes them), and our own stand-ins.
_SPACES = dict.fromkeys(map(ord, "\t\n\v\f\r\x85\u2028\u2029"), " ")
_GONE: dict[int, str | None] = dict.fromkeys(
    (
        *range(0x20),
        *range(0x7F, 0xA0),
        *(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
        *(0xFEFF, *range(0xFFF9, 0xFFFC)),
        *range(0xE000, 0xE010),
    )
)
_CLEAN = str.maketrans(_GONE | _SPACES)
_HALVES = re.compile("[\ud800-\udfff]")

_MARKS = "*_~`:"
_STAND_INS = "".join(chr(0xE000 + i) for i in range(len(_MARKS)))
_HIDE = str.maketrans(_MARKS, _STAND_INS)
_SHOW = str.maketrans(_STAND_INS, _MARKS)
_OURS = str.maketrans("", "", "*`")  # the only marks our own words use
_ANY = re.compile(f"[{_STAND_INS}]")
_STAR_LINE_WAVE, _TICK, _COLON = _STAND_INS[:3], _STAND_INS[3], _STAND_INS[4]
# A mark between two Latin letters or digits (BP_0012) formats nothing; anywhere else it might.
_RISKY = re.compile(
    rf"{_TICK}|(?<![A-Za-z0-9])[{_STAR_LINE_WAVE}]|[{_STAR_LINE_WAVE}](?![A-Za-z0-9])"
    rf"|{_COLON}[\w+'-]+[:{_COLON}]|:[\w+'-]+{_COLON}"
)
# A line that begins with ">" is a quotation, escaped or not.
_QUOTED = re.compile(r"(?m)^(?:&gt;|＞)")

_ESCAPE = re.compile(r"&(?:amp|lt|gt);")


def clean(text: str) -> str:
    """The text in one line, without characters that are no letters.

    >>> clean("Li\\u202e Hua\\nEast")
    'Li Hua East'
    """
    return _HALVES.sub("", text).translate(_CLEAN)


def escape(text: str) -> str:
    """What Slack asks for: exactly `&`, `<` and `>` replaced, after `clean`.

    >>> escape("<!channel> & 'Hua'")
    "&lt;!channel&gt; &amp; 'Hua'"
    """
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Mrkdwn(str):
    """Text that is safe to send: our words, with user text inside already escaped.

    `%` and `join` escape whatever is not Mrkdwn itself.
    """

    __slots__ = ()

    def __mod__(self, values: Any) -> "Mrkdwn":
        if isinstance(values, Mapping):
            values = {name: safe(value) for name, value in values.items()}
        elif isinstance(values, tuple):
            values = tuple(map(safe, values))
        else:
            values = safe(values)
        return Mrkdwn(str.__mod__(self, values))

    def __add__(self, other: str) -> "Mrkdwn":
        return Mrkdwn(str.__add__(self, safe(other)))

    def join(self, parts: Iterable[str]) -> "Mrkdwn":
        """Mrkdwn of all parts, the unsafe ones escaped."""
        return Mrkdwn(str.join(self, map(safe, parts)))

    def strip(self, chars: str | None = None, /) -> "Mrkdwn":
        """Without spaces around it."""
        return Mrkdwn(str.strip(self, chars))

    @overload
    def __getitem__(self, key: SupportsIndex) -> "Mrkdwn": ...
    @overload
    def __getitem__(self, key: slice) -> "Mrkdwn": ...
    def __getitem__(self, key: SupportsIndex | slice) -> "Mrkdwn":
        return Mrkdwn(str.__getitem__(self, key))


def safe(value: object) -> Mrkdwn:
    """The value as Mrkdwn: as it is, or as user text to be shown literally.

    Nothing (None) must not be printed as a word; a template that tries has forgotten a case.
    """
    if isinstance(value, Mrkdwn):
        return value
    if value is None:
        raise TypeError("None cannot be shown; say that it is not known")
    return Mrkdwn(escape(str(value)).translate(_HIDE))


def concat(parts: Iterable[str]) -> Mrkdwn:
    """What a Jinja macro returns: its pieces have been made safe one by one."""
    return Mrkdwn("".join(parts))


def settled(value: str) -> tuple[str, bool]:
    """The characters to send, and whether they may be sent as mrkdwn (else as plain_text).

    >>> settled(Mrkdwn("*%(name)s* sold 3") % {"name": "BP_0012"})
    ('*BP_0012* sold 3', True)
    >>> settled(Mrkdwn("*%(name)s* sold 3") % {"name": "*Hua*"})
    ('*Hua* sold 3', False)
    """
    text = safe(value)
    if _QUOTED.search(text) or (_ANY.search(text) and _RISKY.search(text)):
        return plain(text), False
    return str.translate(text, _SHOW), True


def plain(value: str) -> str:
    """The text for `plain_text`, headings and screen readers: escaped, without our bold.

    >>> plain(Mrkdwn("*%(name)s*: 3") % {"name": "A*"}), plain("a & b")
    ('A*: 3', 'a &amp; b')
    """
    return str.translate(str.translate(safe(value), _OURS), _SHOW)


def raw(value: str) -> str:
    """The text for a file or a terminal: nothing escaped, no marks of ours.

    >>> raw(Mrkdwn("*%(name)s* & so on") % {"name": "<b>"})
    '<b> & so on'
    """
    return plain(value).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut between graphemes and outside escapes, with "…" where it was cut.

    >>> shorten("abcdef", 4), shorten("ab&amp;cd", 6), shorten("ne\\u0301e", 3)
    ('abc…', 'ab…', 'n…')
    """
    if len(text) <= limit:
        return text
    end = limit - 1
    for found in _ESCAPE.finditer(text, max(0, end - 5), end + 5):
        if found.start() < end < found.end():
            end = found.start()
    while end > 0 and _joined(text, end):
        end -= 1
    return text[:end].rstrip() + "…"


def _joined(text: str, at: int) -> bool:
    """Whether the characters around a position belong to one grapheme."""
    before, after = text[at - 1], text[at]
    if after in "\u200d\ufe0e\ufe0f\u20e3" or before == "\u200d" or unicodedata.combining(after):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    if unicodedata.category(after) in ("Mn", "Mc", "Me"):
        return True
    if _flag(before) and _flag(after):
        run = at
        while run > 0 and _flag(text[run - 1]):
            run -= 1
        return (at - run) % 2 == 1
    return False


def _flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"
