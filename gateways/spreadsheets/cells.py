"""One cell to one canonical value: what its column says it should be, and what is wrong with it."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from domain.imports.problems import Reason
from domain.imports.tables import Column, Kind
from gateways.spreadsheets import dates
from gateways.spreadsheets.grid import Cell, as_text
from gateways.spreadsheets.limits import CELL_CHARACTERS, INTEGER_DIGITS
from gateways.spreadsheets.numbers import Number, canonical, either_way, from_float, multiply, read_number
from gateways.spreadsheets.sheet import NoteKind
from gateways.spreadsheets.words import choice_words, clean, fold, nulls, plain, words

NUMBERS = frozenset((Kind.INTEGER, Kind.QUANTITY, Kind.MONEY))
DAYS = frozenset((Kind.DATE, Kind.MONTH))
_CODES = frozenset((Kind.CODE, Kind.LIST, Kind.TEXT))
_LIMIT = Decimal(10) ** INTEGER_DIGITS
_EXACT_DIGITS = 15  # of a number in Excel
_ERROR = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2,3}")
_LIST_MARKS = re.compile(r"[;；,，、|\n]")
_ROC_MARK = re.compile(r"民國|民国")


class Reading(NamedTuple):
    """The canonical text, or the cell as written with a reason and hints."""

    text: str
    reason: Reason | None = None
    hints: tuple[str, ...] = ()
    currency: str = ""
    note: NoteKind | None = None


@dataclass(frozen=True, slots=True)
class Manner:
    """How a column is written, found from its header, the title and all its cells."""

    column: Column
    today: dt.date
    factor: Decimal = Decimal(1)
    currency: str = ""
    comma_decimal: bool | None = None
    contradictory: bool = False  # some decimals with a comma: 1,200 and 1.200 are then in doubt
    orders: frozenset[str] = frozenset()
    epoch_1904: bool = False


def is_null(text: str, kind: Kind) -> bool:
    """Whether the cell says "nothing here". NA may be a code (North America): only "N/A" is nothing there."""
    key = text.casefold()
    return not key or (key in nulls() and not (kind in _CODES and key.isalnum() and key.isascii()))


def read_cell(raw: Cell, manner: Manner) -> Reading:
    """The value of a cell in its column; never raises."""
    kind = manner.column.kind
    if isinstance(raw, str):
        raw = clean(raw)
        if is_null(plain(raw), kind):
            return Reading("")
        if _ERROR.fullmatch(raw):
            return Reading(raw, Reason.FORMULA_ERROR)
        if len(raw) > CELL_CHARACTERS:
            return Reading(raw[:CELL_CHARACTERS], Reason.TOO_LONG, (str(CELL_CHARACTERS), str(len(raw))))
    return _READERS[kind](raw, manner)


def _text(raw: Cell, _manner: Manner) -> Reading:
    return Reading(_number_text(raw) if isinstance(raw, int | float) else as_text(raw))


def _number_text(raw: int | float) -> str:
    value = None if isinstance(raw, bool) else from_float(raw)
    return as_text(raw) if value is None else canonical(value)


def _code(raw: Cell, _manner: Manner) -> Reading:
    if isinstance(raw, str):
        text = plain(raw)
        changed = _SCIENTIFIC.fullmatch(text)
        return Reading(text, Reason.CODE_CHANGED, ("digits",)) if changed else Reading(text)
    if isinstance(raw, bool):
        return Reading(as_text(raw))
    if isinstance(raw, int | float):
        text = _number_text(raw)
        if len(text.lstrip("-")) > _EXACT_DIGITS:
            return Reading(text, Reason.CODE_CHANGED, ("digits",))
        return Reading(text, note=NoteKind.NUMBER_CODES)
    return Reading(as_text(raw), Reason.CODE_CHANGED, ("date",))


def _number(raw: Cell, manner: Manner) -> Reading:
    number: Number | None = None
    if isinstance(raw, str):
        if manner.contradictory and (both := either_way(raw)):
            return Reading(raw, Reason.NOT_A_NUMBER, both)
        number = read_number(raw, comma_decimal=manner.comma_decimal, units=manner.column.kind != Kind.MONEY)
    elif isinstance(raw, int | float) and not isinstance(raw, bool):
        value = from_float(raw)
        number = Number(value) if value is not None else None
    if number is None:
        return Reading(as_text(raw), Reason.NOT_A_NUMBER)
    value = number.value if number.scaled else multiply(number.value, manner.factor)
    if abs(value) >= _LIMIT:
        return Reading(as_text(raw), Reason.TOO_BIG, (canonical(_LIMIT),))
    currency = (number.currency or manner.currency) if manner.column.kind == Kind.MONEY else ""
    return Reading(canonical(value), currency=currency)


def _serial(raw: float, manner: Manner) -> dates.Readings:
    """A number in a date column: a serial day, or digits such as 20261005, 202610 and 1151005."""
    day = dates.from_serial(raw, epoch_1904=manner.epoch_1904)
    month = manner.column.kind == Kind.MONTH
    if day is not None:
        return {dates.FIXED: day.replace(day=1) if month else day}
    text = _number_text(raw)
    if month and (match := re.fullmatch(r"((?:19|20)\d\d)\.(\d{1,2})", text)):
        # 2026.10 typed into Excel is 2026.1, and so is January.
        found = dates.read_month(f"{match[1]}-{match[2]}", manner.today)
        if match[2] == "1" and found:
            found = {"january": found[dates.FIXED], "october": found[dates.FIXED].replace(month=10)}
        return found
    reader = dates.read_month if month else dates.read_date
    return reader(text, manner.today) if text.isdigit() else {}


def day_readings(raw: Cell, manner: Manner) -> dates.Readings:
    """Every day (or month) that the cell can mean."""
    if isinstance(raw, dt.date):  # a datetime is one too
        day = raw.date() if isinstance(raw, dt.datetime) else raw
        known = 1950 <= day.year <= 2149
        return {dates.FIXED: day.replace(day=1) if manner.column.kind == Kind.MONTH else day} if known else {}
    if isinstance(raw, str):
        reader = dates.read_month if manner.column.kind == Kind.MONTH else dates.read_date
        return reader(raw, manner.today, epoch_1904=manner.epoch_1904)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _serial(raw, manner) if abs(raw) < 1e9 else {}
    return {}


def _day(raw: Cell, manner: Manner) -> Reading:
    found = dates.resolve(day_readings(raw, manner), manner.orders)
    text = as_text(raw)
    if len(found) == 1:
        note = NoteKind.ROC_YEAR if str(found[0].year) not in text and _is_roc(text) else None
        return Reading(found[0].isoformat(), note=note)
    if found:
        return Reading(text, Reason.AMBIGUOUS_DATE, tuple(day.isoformat() for day in found))
    reason = Reason.NOT_A_MONTH if manner.column.kind == Kind.MONTH else Reason.NOT_A_DATE
    guess = dates.without_year(text, manner.today)
    return Reading(text, reason, (guess.isoformat(),) if guess else ())


def _is_roc(text: str) -> bool:
    return bool(_ROC_MARK.search(text) or re.match(r"1\d{2}(?!\d)|1\d{6}$|1\d{4}$", plain(text)))


def _email(raw: Cell, _manner: Manner) -> Reading:
    text = plain(as_text(raw)).removeprefix("mailto:")
    wrapped = re.fullmatch(r".*<([^<>]+)>", text)
    return Reading((wrapped[1] if wrapped else text).replace(" ", "").casefold())


@cache
def _currency_words() -> dict[str, str]:
    listed: dict[str, list[str]] = words()["currencies"]
    return {plain(mark).casefold(): code for code, marks in listed.items() for mark in marks}


def _currency(raw: Cell, _manner: Manner) -> Reading:
    text = plain(as_text(raw))
    return Reading(_currency_words().get(text.casefold(), text.upper()))


def _choice(raw: Cell, manner: Manner) -> Reading:
    text = plain(as_text(raw))
    return Reading(choice_words(manner.column.name).get(fold(text)) or _exact(text, manner.column))


def _exact(text: str, column: Column) -> str:
    """The choice itself where only its case or its spaces differ; else the text as written."""
    return next((choice for choice in column.choices if fold(choice) == fold(text)), text)


def _list(raw: Cell, manner: Manner) -> Reading:
    if not isinstance(raw, str):
        return _code(raw, manner)
    items = (plain(item) for item in _LIST_MARKS.split(raw))
    known = choice_words(manner.column.name)
    named = (known.get(fold(item)) or _exact(item, manner.column) for item in items if item)
    return Reading(";".join(dict.fromkeys(named)))


_READERS: dict[Kind, Callable[[Cell, Manner], Reading]] = {
    Kind.CODE: _code,
    Kind.TEXT: _text,
    Kind.EMAIL: _email,
    Kind.INTEGER: _number,
    Kind.QUANTITY: _number,
    Kind.MONEY: _number,
    Kind.DATE: _day,
    Kind.MONTH: _day,
    Kind.CURRENCY: _currency,
    Kind.LOCALE: _choice,
    Kind.TIMEZONE: _choice,
    Kind.CHOICE: _choice,
    Kind.LIST: _list,
}
