"""The words of `synonyms.toml` and `words.toml`, folded and ready to look up."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_NOT_WORD = re.compile(r"[^\w]|_")
_CONTROL = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc\ufffe\uffff\ud800-\udfff]"
)
_SPACE = re.compile(r"\s+")
_DASHES = str.maketrans("‐‑‒–—―−﹘﹣－─━", "-" * 12)


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("gateways.spreadsheets").joinpath(name).read_text("utf-8"))


def synonyms() -> dict[str, Any]:
    """The parsed `synonyms.toml`."""
    return _data("synonyms.toml")


def words() -> dict[str, Any]:
    """The parsed `words.toml`."""
    return _data("words.toml")


@cache
def _simplified() -> dict[int, str]:
    pairs = synonyms()["fold"]
    return dict(zip(map(ord, pairs["traditional"]), pairs["simplified"], strict=True))


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """The text as it is compared: width, case, script, spaces and punctuation do not count.

    >>> fold("Part No. *"), fold("Part #"), fold("零件編號"), fold("ＳＫＵ")
    ('partno', 'partno', '零件编号', 'sku')
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("#", "no")
    plain = _NOT_WORD.sub("", plain.translate(_simplified()))
    return plain.replace("nono", "no") if plain.endswith("nono") else plain


def clean(text: str) -> str:
    """The text without control characters and bidirectional marks, white space made single and trimmed.

    >>> clean("  Brake\\u202e\\tpad\\x07 ")
    'Brake pad'
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACE.sub(" ", _CONTROL.sub("", unicodedata.normalize("NFC", text))).strip()


def plain(text: str) -> str:
    """`clean` text in compatibility form with every dash a hyphen: what codes and numbers are read from.

    >>> plain("００１２－Ａ"), plain("A–12")
    ('0012-A', 'A-12')
    """
    text = clean(text)
    return text if text.isascii() else clean(unicodedata.normalize("NFKC", text).translate(_DASHES))


@cache
def nulls() -> frozenset[str]:
    """Cells that say "nothing here", as `plain` and lower case."""
    return frozenset(plain(word).casefold() for word in words()["nulls"])


def folded(entries: list[str]) -> frozenset[str]:
    """Those words, folded; the empty one left out."""
    return frozenset(fold(entry) for entry in entries) - {""}


@cache
def month_words() -> dict[str, int]:
    """Folded name of a month to its number."""
    return {fold(name): int(number) for number, names in words()["months"].items() for name in names}


@cache
def choice_words(column: str) -> dict[str, str]:
    """Folded way of writing a choice of the column to the choice itself."""
    choices: dict[str, list[str]] = words()["choices"].get(column, {})
    return {fold(name): choice for choice, names in choices.items() for name in [choice, *names]}


def boolean(text: str) -> bool | None:
    """Yes or no in any of the three languages; None where it is neither.

    >>> boolean("是"), boolean("√"), boolean("N"), boolean("perhaps")
    (True, True, False, None)
    """
    key = plain(text).casefold()
    if key in map(str.casefold, words()["booleans"]["yes"]):
        return True
    return False if key in map(str.casefold, words()["booleans"]["no"]) else None
