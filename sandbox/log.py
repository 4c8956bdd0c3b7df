"""Every call in either direction, with its answer, for the Wire panel, `dump()` and assertions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from sandbox.model import Json

_SECRET = ("token", "client_secret", "signing_secret", "ticket")
_KEPT = 5000


@dataclass
class Entry:
    """`direction` "in" is a call the app made, "out" something sent to the app."""

    number: int
    at: float
    direction: Literal["in", "out"]
    method: str
    args: Json
    answer: Any
    status: int
    seconds: float = 0.0
    app_id: str = ""
    fault: str = ""
    committed: bool = False

    @property
    def ok(self) -> bool:
        """Accepted, and the answer says so."""
        refused = isinstance(self.answer, dict) and self.answer.get("ok") is False
        return 200 <= self.status < 300 and not refused

    @property
    def error(self) -> str:
        """The error code or HTTP status of a refusal, "" when all went well."""
        if isinstance(self.answer, dict) and self.answer.get("error"):
            return str(self.answer["error"])
        return "" if self.ok else f"HTTP {self.status}"

    def to_json(self) -> Json:
        """As it stands in `dump()`."""
        return {**asdict(self), "ok": self.ok, "error": self.error}


def without_secrets(args: Json) -> Json:
    """The arguments less anything that would let a reader act as the app."""
    return {key: value for key, value in args.items() if key not in _SECRET}


@dataclass
class Log:
    """The newest 5,000 entries. The workspace lock guards it.

    `violations` are calls beyond a rate limit, `bursts` messages closer than the pace and yet tolerated.
    """

    entries: list[Entry] = field(default_factory=list)
    violations: list[Json] = field(default_factory=list)
    bursts: list[Json] = field(default_factory=list)
    _count: int = 0

    def add(self, **fields: Any) -> Entry:
        """Append an entry; secrets in `args` are dropped here."""
        self._count += 1
        fields["args"] = without_secrets(fields["args"])
        entry = Entry(number=self._count, **fields)
        self.entries.append(entry)
        del self.entries[:-_KEPT]
        return entry

    def calls(self, method: str | None = None) -> list[Entry]:
        """Calls the app made, oldest first, optionally of one method."""
        return [e for e in self.entries if e.direction == "in" and method in (None, e.method)]

    def sent(self, kind: str | None = None) -> list[Entry]:
        """What was sent to the app, oldest first: "command", "interaction", "event", "options"."""
        return [e for e in self.entries if e.direction == "out" and kind in (None, e.method.split(" ")[0])]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)
