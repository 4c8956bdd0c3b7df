"""What names a person, and where in the database it stands."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Column, ColumnElement, Text, cast, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import InstrumentedAttribute, Session

from domain.models import metadata
from domain.people.model import Person

# A long name may have been cut where it was shown.
LONGEST = 40
SHORTEST = 2
MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Rows of a column that still name the person."""

    table: str
    column: str
    rows: int


@dataclass(frozen=True)
class Identity:
    """The words by which somebody is recognised: names, address, employee code, Slack id."""

    words: frozenset[str]

    @classmethod
    def of(cls, person: Person) -> "Identity":
        """Everything that names the person, as it is and as it is written in messages."""
        plain = [
            person.name, person.name_zh_hant, person.name_zh_hans, person.email, person.slack_user_id,
            person.code if _is_distinct(person.code) else None,
        ]  # fmt: skip
        spelled = {form for word in plain if word for form in _forms(word)}
        return cls(frozenset(word for word in spelled if len(word) >= SHORTEST))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        written = [_bounded(word) for word in sorted(self.words, key=len, reverse=True)]
        return re.compile("|".join(written) or r"(?!)", re.IGNORECASE)

    def is_in(self, value: Any) -> bool:
        """Whether a text, or any text inside JSON, names the person."""
        if isinstance(value, str):
            return self._pattern.search(value) is not None
        if isinstance(value, dict):
            return any(self.is_in(inner) for pair in value.items() for inner in pair)
        return isinstance(value, list | tuple) and any(map(self.is_in, value))

    def without(self, value: Any, label: str) -> Any:
        """The same with `label` wherever the person is named."""
        if isinstance(value, str):
            return self._pattern.sub(lambda _: label, value)
        if isinstance(value, dict):
            return {self.without(k, label): self.without(v, label) for k, v in value.items()}
        return [self.without(inner, label) for inner in value] if isinstance(value, list) else value

    def like(self, column: "InstrumentedAttribute[Any] | Column[Any]") -> ColumnElement[bool]:
        """SQL: whether the column may name the person; JSON writes some characters in another way."""
        text = cast(column, Text)
        is_json = isinstance(column.type, JSONB)
        spelled = {_in_json(word) if is_json else word for word in self.words}
        return or_(*(text.icontains(word, autoescape=True) for word in sorted(spelled)))


def _is_distinct(code: str) -> bool:
    """A code that is a bare short number stands in a thousand other places."""
    return len(code) >= 4 or not code.isdigit()


def _forms(word: str) -> Iterator[str]:
    cleaned = "".join(c for c in word if unicodedata.category(c) not in ("Cc", "Cf"))
    for form in {word, cleaned}:
        shown = form[:LONGEST]
        yield shown
        yield shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _bounded(word: str) -> str:
    """Latin words are whole words; characters stand together without spaces."""
    before = "(?<![A-Za-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    cut = len(word) >= LONGEST
    after = "(?![A-Za-z0-9])" if word[-1].isascii() and word[-1].isalnum() and not cut else ""
    return f"{before}{re.escape(word)}{after}"


def _in_json(word: str) -> str:
    return word.replace("\\", "\\\\").replace('"', '\\"')


def occurrences(session: Session, identity: Identity) -> Iterator[Occurrence]:
    """Every text and JSON column of our tables that names the person, row by row where it might."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if not isinstance(column.type, Text | JSONB):
                continue
            rows = session.scalars(select(column).where(identity.like(column)).limit(MOST_ROWS))
            count = sum(identity.is_in(value) for value in rows)
            if count:
                yield Occurrence(table.name, column.name, count)
