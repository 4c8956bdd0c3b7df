"""What an import did, or why it did nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from domain.imports.problems import Problem, Reason


class Outcome(StrEnum):
    """What became of a table's rows."""

    APPLIED = "applied"
    UNCHANGED = "unchanged"  # nothing was written: the same content, or every row stands as it is
    LEFT_OUT = "left_out"  # the mapping needs a source that is absent; `note` names it
    REFUSED = "refused"  # nothing was written: something in this run is wrong


@dataclass(frozen=True, slots=True)
class TableReport:
    """Rows of one canonical table. A dry run reports what would be."""

    table: str
    source: str
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    outcome: Outcome = Outcome.APPLIED
    note: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """As the batch and the event record them."""
        return {"rows": self.rows, "new": self.new, "changed": self.changed, "unchanged": self.unchanged}


@dataclass(frozen=True, slots=True)
class Change:
    """A setting that differs from what was in force; None: it was not set, or is not any more."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Everything a run says. Where there is a problem, nothing was written.

    `problems` holds the first 200 of each reason and table, `more` the number of further ones by reason.
    """

    tables: tuple[TableReport, ...] = ()
    settings: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    more: Mapping[Reason, int] = field(default_factory=dict)
    dry_run: bool = False

    @property
    def refused(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.problems)

    @property
    def written(self) -> bool:
        """Whether the database was changed."""
        changed = bool(self.settings) or any(t.outcome is Outcome.APPLIED for t in self.tables)
        return changed and not self.dry_run and not self.refused
