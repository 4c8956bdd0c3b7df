"""Collecting what is wrong with blocks or a view, in Slack's words and with JSON pointers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sandbox.model import Json

SCHEMAS = "failed to match all allowed schemas"


@dataclass(frozen=True)
class Problem:
    """`pointer` is relative to the array or view checked; `code` as `blocks.validate` names it."""

    pointer: str
    message: str
    code: str = "failed_constraint"
    field: str = ""
    constraint: Json | None = None

    def to_json(self) -> Json:
        """As in the `errors` of `blocks.validate`."""
        shown: Json = {"code": self.code, "message": self.message, "pointer": self.pointer or "/"}
        if self.field:
            shown["field"] = self.field
        if self.constraint:
            shown["constraint"] = self.constraint
        return shown


@dataclass
class Report:
    """What was found so far, and counters over all blocks checked together."""

    problems: list[Problem] = field(default_factory=list)
    table_blocks: int = 0
    charts: int = 0
    markdown_characters: int = 0
    data_table_characters: int = 0
    focus_asked: int = 0
    slack_files: list[tuple[str, Any]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.problems)

    def add(self, at: str, message: str, **more: Any) -> None:
        """Note a problem at a pointer."""
        self.problems.append(Problem(at, message, **more))

    def mismatch(self, at: str, since: int) -> None:
        """Before the problems found after position `since`, say that the object at `at` fits no schema."""
        if len(self.problems) > since:
            self.problems.insert(since, Problem(at, SCHEMAS, code="schema"))

    def lines(self, prefix: str) -> list[str]:
        """`message [json-pointer:...]` lines, each once."""
        return list(dict.fromkeys(f"{p.message} [json-pointer:{prefix}{p.pointer}]" for p in self.problems))

    def missing(self, at: str, name: str) -> None:
        """A required field is absent."""
        self.add(at, f"missing required field: {name}", code="missing_field", field=name)

    def unsupported(self, at: str, kind: object, allowed: Iterable[str]) -> None:
        """The type at `at` (pointer of the object) is not one of those allowed here."""
        expected = sorted(allowed)
        self.add(f"{at}/type", f"unsupported type: {kind}", constraint={"type": "enum", "expected": expected})

    def length(self, at: str, size: int, least: int, most: int) -> None:
        """Characters between `least` and `most`."""
        if size < least:
            limit = {"type": "min_length", "expected": least}
            self.add(at, f"must be more than {least - 1} characters", constraint=limit)
        elif size > most:
            limit = {"type": "max_length", "expected": most}
            self.add(at, f"must be less than {most + 1} characters", constraint=limit)

    def count(self, at: str, size: int, least: int, most: int) -> None:
        """Items between `least` and `most`."""
        if size < least:
            self.add(
                at,
                f"no fewer than {least} items allowed",
                constraint={"type": "min_items", "expected": least},
            )
        elif size > most:
            self.add(
                at, f"no more than {most} items allowed", constraint={"type": "max_items", "expected": most}
            )

    def string(
        self, owner: Json, at: str, name: str, most: int, *, least: int = 1, required: bool = False
    ) -> None:
        """A string field of an object."""
        value = owner.get(name)
        if value is None:
            if required:
                self.missing(at, name)
        elif not isinstance(value, str):
            self.add(f"{at}/{name}", "must provide a string")
        else:
            self.length(f"{at}/{name}", len(value), least, most)

    def choice(
        self, owner: Json, at: str, name: str, allowed: tuple[str, ...], *, required: bool = False
    ) -> None:
        """A string field that must be one of a few words."""
        value = owner.get(name)
        if value is None and not required:
            return
        if value is None:
            self.missing(at, name)
        elif value not in allowed:
            limit = {"type": "enum", "expected": list(allowed)}
            self.add(f"{at}/{name}", f"must be a valid enum value, not {value!r}", constraint=limit)

    def whole(self, owner: Json, at: str, name: str, least: int, most: int) -> None:
        """An integer field within bounds."""
        value = owner.get(name)
        if value is None:
            return
        if not isinstance(value, int) or isinstance(value, bool):
            self.add(f"{at}/{name}", "must provide an integer")
        elif not least <= value <= most:
            limit = {"type": "range", "expected": [least, most]}
            self.add(f"{at}/{name}", f"must be between {least} and {most}", constraint=limit)

    def items(self, owner: Json, at: str, name: str, least: int, most: int) -> list[Any]:
        """A required list field; an empty list when it is not one, so that a caller may go on."""
        value = owner.get(name)
        if value is None:
            self.missing(at, name)
            return []
        if not isinstance(value, list):
            self.add(f"{at}/{name}", "must provide an array")
            return []
        self.count(f"{at}/{name}", len(value), least, most)
        return value

    def known(self, owner: Json, at: str, allowed: frozenset[str]) -> None:
        """No fields but these."""
        for name in owner:
            if name not in allowed:
                self.add(at, f"invalid additional property: {name}")
