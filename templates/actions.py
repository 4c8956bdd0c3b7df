"""Every button, menu and form ever posted, with what it carries.

The id of an action never changes: messages with it stay in Slack for years. Its payload is JSON with a
version; a version once posted keeps its class in `Action.versions`. A test pins the list of ids.
"""

import json
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar, get_type_hints

from domain.targets.views import ScopeKind

MOST_CHARACTERS = 2_000
MOST_TEXT = 300
_BIGGEST = 2**63 - 1


class BadPayload(ValueError):
    """What came with a button is none of ours, or of a version this one does not know."""

    def __init__(self, action_id: str, why: str) -> None:
        super().__init__(f"{action_id}: {why}")
        self.action_id, self.why = action_id, why


class Use(NamedTuple):
    """An action with its payload written out, as a button carries it."""

    action_id: str
    value: str


@dataclass(frozen=True, slots=True)
class Payload:
    """What an action carries: fields of text, whole numbers and enumerations."""

    VERSION: ClassVar[int] = 1


P = TypeVar("P", bound=Payload)


@dataclass(frozen=True, slots=True)
class Action(Generic[P]):
    """An action id and the payload that goes with it; `versions` are earlier classes still understood."""

    id: str
    payload: type[P]
    versions: tuple[type[P], ...] = ()

    def encode(self, payload: P) -> str:
        """The payload as the value of a button (at most 2,000 characters) or option (75).

        >>> SHOW.encode(ScopePeriod(ScopeKind.REGION, 12, "2019-11"))
        '{"v":1,"kind":"region","id":12,"period":"2019-11"}'
        """
        written = {"v": payload.VERSION} | {f.name: getattr(payload, f.name) for f in fields(payload)}
        value = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
        if len(value) > MOST_CHARACTERS:
            raise BadPayload(self.id, f"{len(value)} characters")
        return value

    def use(self, payload: P) -> Use:
        """For `blocks.button`."""
        return Use(self.id, self.encode(payload))

    def decode(self, value: str) -> P:
        """The payload that was encoded. Raises BadPayload for anything else."""
        if len(value) > MOST_CHARACTERS:
            raise BadPayload(self.id, f"{len(value)} characters")
        try:
            found = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise BadPayload(self.id, "not JSON") from error
        if not isinstance(found, dict):
            raise BadPayload(self.id, "not an object")
        version = found.pop("v", None)
        for known in (self.payload, *self.versions):
            if type(version) is int and version == known.VERSION:
                return self._read(known, found)
        raise BadPayload(self.id, f"version {version!r}"[:100])

    def _read(self, known: type[P], found: dict[str, Any]) -> P:
        payload: Any = known
        kinds = _kinds(payload)
        if found.keys() != kinds.keys():
            raise BadPayload(self.id, "other fields")
        return known(**{name: self._value(name, kinds[name], found[name]) for name in kinds})

    def _value(self, name: str, kind: type, value: Any) -> Any:
        if kind is int and type(value) is int and 0 <= value <= _BIGGEST:
            return value
        if issubclass(kind, str) and isinstance(value, str) and len(value) <= MOST_TEXT:
            try:
                return kind(value)
            except ValueError as error:
                raise BadPayload(self.id, f"{name} is none we know") from error
        raise BadPayload(self.id, f"{name} is not of its kind")


@cache
def _kinds(payload: Any) -> dict[str, type]:
    hints = get_type_hints(payload)
    return {field.name: hints[field.name] for field in fields(payload)}


class Until(StrEnum):
    """How long a person wants no digests; OFF: no longer, they come again."""

    TOMORROW = "tomorrow"
    MONDAY = "monday"
    OFF = "off"


class Topic(StrEnum):
    """A page of the help."""

    COMMANDS = "commands"
    WHO = "who"
    PERIODS = "periods"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Nothing(Payload):
    """No more than the click."""


@dataclass(frozen=True, slots=True)
class ComputationRef(Payload):
    """A kept computation."""

    id: int


@dataclass(frozen=True, slots=True)
class ScopePeriod(Payload):
    """Whose numbers, and the period as it is typed."""

    kind: ScopeKind
    id: int
    period: str


@dataclass(frozen=True, slots=True)
class Snooze(Payload):
    """Until when."""

    until: Until


@dataclass(frozen=True, slots=True)
class DigestSource(Payload):
    """The schedule and channel a digest came by; channel "": a direct message."""

    schedule: str
    channel: str
    at: str


@dataclass(frozen=True, slots=True)
class HelpTopic(Payload):
    """The page to show."""

    topic: Topic


WHY = Action("targets.progress.why", ComputationRef)
WEEKS = Action("targets.progress.weeks", ScopePeriod)
SHOW = Action("targets.progress.show", ScopePeriod)
SHARE = Action("targets.progress.share", ScopePeriod)
SETTINGS_OPEN = Action("people.settings.open", Nothing)
SNOOZE = Action("people.snooze", Snooze)
DIGEST_WHY = Action("rules.digest.why", DigestSource)
HELP_OPEN = Action("help.open", HelpTopic)
SETUP_CHANNELS = Action("setup.channels", Nothing)
SETUP_IMPORT = Action("setup.import", Nothing)
SETUP_INVITE = Action("setup.invite", Nothing)
SETUP_SAMPLE = Action("setup.sample", Nothing)

ACTIONS: tuple[Action[Any], ...] = (
    WHY,
    WEEKS,
    SHOW,
    SHARE,
    SETTINGS_OPEN,
    SNOOZE,
    DIGEST_WHY,
    HELP_OPEN,
    SETUP_CHANNELS,
    SETUP_IMPORT,
    SETUP_INVITE,
    SETUP_SAMPLE,
)

# Callback ids of modals, and the ids of their fields.
SETTINGS_SAVE = "people.settings.save"
SETTINGS_LANGUAGE = "people.settings.language"
SETTINGS_DIGEST = "people.settings.digest"
VIEWS: tuple[str, ...] = (SETTINGS_SAVE,)
FIELDS: tuple[str, ...] = (SETTINGS_LANGUAGE, SETTINGS_DIGEST)
