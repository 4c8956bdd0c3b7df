"""What a check of the installation found: a code and figures. Its words: templates/operations/doctor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Fact = str | int | date | datetime | tuple[str, ...]


class Level(StrEnum):
    """How bad it is. ERROR: something does not work; WARN: it works, and somebody should look."""

    OK = "ok"
    WARN = "warn"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one check: `outcome` names its sentence, `facts` what is filled in."""

    check: str
    outcome: str
    level: Level
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The name of its sentence.

        >>> Finding("scopes", "missing", Level.ERROR).key
        'scopes_missing'
        """
        return f"{self.check}_{self.outcome}"


def fine(check: str, outcome: str = "ok", **facts: Fact) -> Finding:
    """Nothing to do."""
    return Finding(check, outcome, Level.OK, facts)


def warning(check: str, outcome: str, **facts: Fact) -> Finding:
    """It works, and somebody should look."""
    return Finding(check, outcome, Level.WARN, facts)


def failure(check: str, outcome: str, **facts: Fact) -> Finding:
    """It does not work."""
    return Finding(check, outcome, Level.ERROR, facts)


def worst(findings: Iterable[Finding]) -> Level:
    """The level of all together.

    >>> worst([fine("disk"), warning("font", "missing")]).value
    'warn'
    """
    order = list(Level)
    return max((finding.level for finding in findings), key=order.index, default=Level.OK)
