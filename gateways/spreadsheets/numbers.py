"""Numbers as people write them: grouping, currency marks, 万 and k, brackets for minus, percent."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache

from gateways.spreadsheets.words import fold, plain, words

_MAX_CHARACTERS = 60
_PLAIN = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e[+-]?\d{1,3}")
_COMMA_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_DOT_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_COMMA_DECIMAL = re.compile(r"\d+,\d{1,2}|0,\d+")
_SPACE_GROUPS = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?=\D|$)")
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from text; `currency` is ISO where a mark named one for certain."""

    value: Decimal
    currency: str = ""
    scaled: bool = False  # carried its own 万 or k: a header's unit does not apply again


def canonical(value: Decimal) -> str:
    """Plain decimal digits without exponent, trailing zeros or minus zero.

    >>> canonical(Decimal("1.2E+3")), canonical(Decimal("-0.00")), canonical(Decimal("0.50"))
    ('1200', '0', '0.5')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def multiply(value: Decimal, factor: Decimal) -> Decimal:
    """The exact product."""
    with localcontext(prec=200):
        return value * factor


def from_float(value: float) -> Decimal | None:
    """A cell's number with the 15 digits that Excel shows; None for NaN and infinity.

    >>> from_float(0.1 + 0.2), from_float(34.0), from_float(float("nan"))
    (Decimal('0.3'), Decimal('34'), None)
    """
    return Decimal(format(value, ".15g")) if math.isfinite(value) else None


@cache
def _scales() -> dict[str, Decimal]:
    return {fold(word): Decimal(factor) for word, factor in words()["scales"].items()}


@cache
def _suffix_scales() -> list[tuple[str, Decimal]]:
    # After a number only what cannot be a unit of time or a mere "000".
    scales = _scales().items()
    usable = [
        (word, factor) for word, factor in scales if not word.isdigit() and factor != 7 and word != "000s"
    ]
    return sorted(usable, key=lambda pair: -len(pair[0]))


@cache
def _marks() -> list[tuple[str, str]]:
    pairs = [(mark, code) for code, marks in words()["currencies"].items() for mark in marks]
    pairs += [(mark, "") for mark in words()["marks"]["unsure"]]
    folded = {(plain(mark).casefold(), code) for mark, code in pairs}
    return sorted(folded, key=lambda pair: -len(pair[0]))


@cache
def _count_words() -> list[str]:
    return sorted((plain(word).casefold() for word in words()["units"]["words"]), key=len, reverse=True)


def _take_mark(text: str) -> tuple[str, str | None]:
    for mark, code in _marks():
        if text.startswith(mark) and len(text) > len(mark):
            return text[len(mark) :].strip(), code
        if text.endswith(mark) and len(text) > len(mark):
            return text[: -len(mark)].strip(), code
    return text, None


def _take_sign(text: str) -> tuple[str, int]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), -1
    if text[:1] in ("-", "+", "△"):
        return text[1:].strip(), 1 if text[0] == "+" else -1
    if text.endswith("-"):
        return text[:-1].strip(), -1
    return text, 0


def _take_scale(text: str) -> tuple[str, Decimal | None]:
    if text.endswith("%"):
        return text[:-1].strip(), Decimal("0.01")
    for word, factor in _suffix_scales():
        if text.endswith(word) and text[: -len(word)].strip()[-1:].isdigit():
            return text[: -len(word)].strip(), factor
    return text, None


def _take_count(text: str) -> str:
    for word in _count_words():
        if text.endswith(word) and text[: -len(word)].strip()[-1:].isdigit():
            return text[: -len(word)].strip()
    return text


def _peel(text: str, units: bool) -> tuple[str, int, Decimal | None, str] | None:
    """Everything around the digits taken off, each kind at most once: digits, sign, factor, currency."""
    sign, factor, currency, marked = 0, None, "", False
    if units:
        text = _take_count(text)
    for _ in range(4):
        before = text
        text, found_sign = _take_sign(text)
        if found_sign and sign:
            return None  # -(5), --5
        sign = sign or found_sign
        if not marked:
            text, mark = _take_mark(text)
            marked, currency = mark is not None, mark or ""
        if factor is None:
            text, factor = _take_scale(text)
        if text == before:
            break
    return text, sign or 1, factor, currency


def _digits(text: str, comma_decimal: bool | None) -> str | None:
    """The digits with a decimal point; None where the text is no number or could be two."""
    spaced = _SPACE_GROUPS.match(text)
    if spaced:
        text = re.sub("[ '’]", "", spaced.group()) + text[spaced.end() :]
    if comma_decimal is not None and _EITHER.fullmatch(text):
        point, group = (",", ".") if comma_decimal else (".", ",")
        return text.replace(group, "").replace(point, ".")
    if _PLAIN.fullmatch(text) or _SCIENTIFIC.fullmatch(text):
        return text
    if _COMMA_GROUPS.fullmatch(text):
        return text.replace(",", "")
    if _DOT_GROUPS.fullmatch(text) and (text.count(".") > 1 or "," in text):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", ".") if _COMMA_DECIMAL.fullmatch(text) else None


def read_number(text: str, *, comma_decimal: bool | None = None, units: bool = False) -> Number | None:
    """The number a person meant; None where the text is none.

    `comma_decimal` says what the rest of the column shows for "1.234" and "1,234" (None: English habit);
    `units` takes off counting words such as pcs and 件.

    >>> [str(read_number(t).value) for t in ("１，２００", "(1,200)", "1.234,5", "12.5万", "5-", "3k", "9%")]
    ['1200', '-1200', '1234.5', '125000.0', '-5', '3000', '0.09']
    >>> read_number("US$ 1,200").currency, read_number("1,2,3"), read_number("NaN"), read_number("--5")
    ('USD', None, None, None)
    """
    text = plain(text).casefold()
    if not text or len(text) > _MAX_CHARACTERS:
        return None
    peeled = _peel(text, units)
    digits = _digits(peeled[0], comma_decimal) if peeled else None
    if peeled is None or digits is None:
        return None
    _, sign, factor, currency = peeled
    value = Decimal(digits).copy_sign(sign)
    scaled = factor is not None
    return Number(multiply(value, factor) if factor is not None else value, currency, scaled)


def decimal_habit(texts: list[str]) -> tuple[bool | None, bool]:
    """Whether a column writes its decimals with a comma, and whether that leaves cells in doubt.

    "1.234,50" proves the comma; a lone "12,5" may be a slip, so next to it "1,200" is read neither way.

    >>> decimal_habit(["1.234,50", "1.200"]), decimal_habit(["1,200"]), decimal_habit(["1.234,5", "1,234.5"])
    ((True, False), (None, False), (None, True))
    >>> decimal_habit(["12,5", "1,200"])
    (None, True)
    """
    proof = comma = point = False
    for text in texts:
        bare = re.sub(r"[^\d.,]", "", plain(text))
        if _DOT_GROUPS.fullmatch(bare) and (bare.count(".") > 1 or "," in bare):
            proof = comma = True
        elif _COMMA_DECIMAL.fullmatch(bare):
            comma = True
        elif (_COMMA_GROUPS.fullmatch(bare) or _PLAIN.fullmatch(bare)) and not _EITHER.fullmatch(bare):
            point = point or "." in bare or bare.count(",") > 1
    if proof and not point:
        return True, False
    return None, comma


def either_way(text: str) -> tuple[str, ...]:
    """Both readings of a number whose comma or point could group or divide; empty where it is plain."""
    peeled = _peel(plain(text).casefold(), units=False)
    if peeled is None or not _EITHER.fullmatch(peeled[0]):
        return ()
    readings = (read_number(text, comma_decimal=habit) for habit in (False, True))
    return tuple(canonical(reading.value) for reading in readings if reading is not None)


def unit_of(text: str) -> tuple[Decimal, str] | None:
    """The factor and currency that a header's unit stands for; None where the text is no unit.

    >>> unit_of("万元"), unit_of("k USD"), unit_of("件"), unit_of("excl. VAT")
    ((Decimal('10000'), ''), (Decimal('1000'), 'USD'), (Decimal('1'), ''), None)
    """
    rest = "".join(plain(text).casefold().split()).removeprefix("in").strip(",;:.")
    given, currency = bool(rest), ""
    for mark, code in _marks():
        if rest.startswith(mark) or rest.endswith(mark):
            rest, currency = (
                rest.removeprefix(mark) if rest.startswith(mark) else rest.removesuffix(mark),
                code,
            )
            break
    if fold(rest) not in _scales():
        rest = next((rest.removesuffix(word) for word in _count_words() if rest.endswith(word)), rest)
    if fold(rest) in _scales():
        return _scales()[fold(rest)], currency
    return (Decimal(1), currency) if given and not fold(rest) else None
