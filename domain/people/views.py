"""What is said about people and their messages: frozen, ready to be worded in any language."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.names import Names
from domain.people.rights import Role


class Kind(StrEnum):
    """A kind of message nobody asked for: each can be snoozed alone."""

    DAILY_PROGRESS = "daily_progress"
    NEWS = "news"  # what somebody did that concerns the person


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role somebody has or will have, for a region or the whole company, from and until a day."""

    id: int
    role: Role
    region_id: int | None
    region: Names | None
    first: date | None
    last: date | None

    @property
    def from_list(self) -> bool:
        """Whether it came with the imported people: the next import of them would give it again."""
        return self.first is None and self.last is None
