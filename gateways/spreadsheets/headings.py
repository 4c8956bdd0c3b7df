"""One header cell: what it says, the unit in it, and which canonical columns it can name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from domain.imports.tables import BY_NAME
from gateways.spreadsheets.numbers import unit_of
from gateways.spreadsheets.words import clean, fold, plain, synonyms, words

LIKENESS = 88
_HINT_LIKENESS = 55
_BRACKETS = re.compile(r"[(\[【{〔]([^()\[\]【】{}〔〕]*)[)\]】}〕]")
_UNIT_TAIL = re.compile(r"(?:[/:,;]|\bin\b)\s*([^/:,;]+)$", re.IGNORECASE)
_TITLE_UNIT = re.compile(r"^([^:]{1,10}):\s*(\S.{0,15})$")

STRONG, WEAK, LIKELY = 3, 2, 1  # how plainly a header names a column


@dataclass(frozen=True, slots=True)
class Heading:
    """A header cell; `keys` are its folded spellings, the fullest first."""

    text: str
    keys: tuple[str, ...]
    factor: Decimal = Decimal(1)
    currency: str = ""
    unit: bool = False


@lru_cache(maxsize=5_000)
def read_heading(text: str) -> Heading:
    """Take a header apart.

    >>> read_heading("金额(万元)").factor, read_heading("单价（元）").keys[-1], read_heading("Sum (k)").factor
    (Decimal('10000'), '单价', Decimal('1000'))
    """
    shown = clean(text)
    flat = plain(text)
    full = fold(flat)
    factor, currency, unit = Decimal(1), "", False
    bare = _BRACKETS.sub("", flat)
    for content in _BRACKETS.findall(flat):
        found = unit_of(content)
        if found:
            factor, currency, unit = factor * found[0], currency or found[1], True
    tail = _UNIT_TAIL.search(bare)
    found = unit_of(tail[1]) if tail else None
    if tail and found and not unit:
        factor, currency, unit = found[0], found[1], True
        bare = bare[: tail.start()]
    keys = dict.fromkeys(key for key in (full, fold(bare)) if key)
    return Heading(shown, tuple(keys), factor, currency, unit)


@cache
def _table_words(table: str) -> dict[str, dict[str, int]]:
    """Folded word to the columns it names and how plainly."""
    found: dict[str, dict[str, int]] = {}
    for column, entries in synonyms()["columns"][table].items():
        canonical = [column, column.replace("_", " ")]
        for entry in [*entries, *canonical]:
            plainness = WEAK if entry.startswith("~") else STRONG
            columns = found.setdefault(fold(entry), {})
            columns[column] = max(columns.get(column, 0), plainness)
    return found


@cache
def _latin_words(table: str) -> list[str]:
    # Hanzi words are too short for likeness: one other character is another thing.
    return [word for word in _table_words(table) if word.isascii() and len(word) >= 5]


@cache
def _foreign() -> frozenset[str]:
    return frozenset(fold(word) for word in synonyms()["not"]["words"])


@cache
def _all_words() -> frozenset[str]:
    return frozenset(word for table in BY_NAME for word in _table_words(table))


def known_headings(cell: str) -> bool:
    """Whether the cell is a word that some table has for a column."""
    return any(key in _all_words() for key in read_heading(cell[:80]).keys)


@lru_cache(maxsize=20_000)
def columns_named(table: str, text: str) -> tuple[tuple[str, int], ...]:
    """The columns of `table` that the header can name, each with how plainly (STRONG, WEAK, LIKELY).

    >>> columns_named("stock", "现存(件)"), columns_named("stock", "Warehose"), columns_named("stock", "税额")
    ((('on_hand', 2),), (('warehouse', 1),), ())
    """
    lookup = _table_words(table)
    keys = read_heading(text).keys
    for key in keys:
        if key in lookup:
            return tuple(lookup[key].items())
    if not keys or any(key in _foreign() for key in keys) or not keys[-1].isascii() or len(keys[-1]) < 5:
        return ()
    best = process.extractOne(keys[-1], _latin_words(table), scorer=fuzz.ratio, score_cutoff=LIKENESS)
    if best is None or _digits(best[0]) != _digits(keys[-1]):
        return ()
    return tuple((column, LIKELY) for column in lookup[best[0]])


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def nearest(table: str, column: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The header most like the missing column, where one comes near: a hint for the person."""
    wanted = [word for word, columns in _table_words(table).items() if column in columns]
    best = ("", 0.0)
    for text in texts:
        for key in read_heading(text).keys[-1:]:
            match = process.extractOne(key, wanted, scorer=fuzz.ratio, score_cutoff=_HINT_LIKENESS)
            if match and match[1] > best[1]:
                best = (text, match[1])
    return (best[0],) if best[0] else ()


def title_unit(text: str) -> tuple[Decimal, str] | None:
    """The unit that a line above the header gives for the money of the whole sheet.

    >>> title_unit("单位：万元"), title_unit("2026年销售目标")
    ((Decimal('10000'), ''), None)
    """
    flat = plain(text)
    for piece in [flat, *_BRACKETS.findall(flat)]:
        match = _TITLE_UNIT.match(piece.strip())
        if match and fold(match[1]) in map(fold, words()["rows"]["units_title"]):
            return unit_of(match[2])
    return None


def _tokens(text: str) -> tuple[str, ...]:
    """Latin words without their plural s, hanzi one by one; ResellerSales is two words."""
    flat = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain(text)).casefold()
    found = re.findall(r"[a-z]+|[\u4e00-\u9fff]", flat)
    return tuple(fold(t.removesuffix("s") if len(t) > 3 else t) for t in found)


@cache
def _table_words_tokens() -> list[tuple[tuple[str, ...], str]]:
    return [(_tokens(word), table) for table, entries in synonyms()["tables"].items() for word in entries]


def table_named(texts: Iterable[str]) -> str:
    """The table that a sheet's, a file's or a title's words name; "" where none does.

    The last name counts, as the head of a phrase: customer orders are orders, 供应商价格 are prices.

    >>> table_named(["供应商清单"]), table_named(["Warehouses 2026"]), table_named(["x", "ResellerSales"])
    ('suppliers', 'warehouses', 'orders')
    """
    for text in texts:
        tokens = _tokens(text[:100])
        best = (0, 0, "")
        for word, table in _table_words_tokens():
            for end in range(len(word), len(tokens) + 1):
                if tokens[end - len(word) : end] == word:
                    best = max(best, (end, len(word), table))
        if best[2]:
            return best[2]
    return ""
