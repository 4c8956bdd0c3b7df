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


class Page(StrEnum):
    """A page of the company's settings."""

    OVERVIEW = "overview"
    CHANNELS = "channels"
    SCHEDULES = "schedules"
    BASICS = "basics"
    CALENDAR = "calendar"
    THRESHOLDS = "thresholds"
    ROLES = "roles"


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


@dataclass(frozen=True, slots=True)
class CompanyPage(Payload):
    """The page to show."""

    page: Page


@dataclass(frozen=True, slots=True)
class ChannelUse(Payload):
    """What a channel is for: a purpose, or a region by its id (purpose "" then)."""

    purpose: str
    region: int


@dataclass(frozen=True, slots=True)
class PlaceRef(Payload):
    """A channel that gets something scheduled; "": the company's own hours."""

    channel: str


@dataclass(frozen=True, slots=True)
class DayRef(Payload):
    """A day, YYYY-MM-DD."""

    day: str


@dataclass(frozen=True, slots=True)
class GrantRef(Payload):
    """A role somebody has."""

    id: int


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
COMPANY_PAGE = Action("rules.company.page", CompanyPage)
CHANNEL_EDIT = Action("rules.channels.edit", ChannelUse)
SCHEDULE_EDIT = Action("rules.schedules.edit", PlaceRef)
DIGEST_PREVIEW = Action("rules.digest.preview", PlaceRef)
DIGEST_TEST = Action("rules.digest.test", PlaceRef)
DAY_REMOVE = Action("rules.calendar.remove", DayRef)
ROLE_END = Action("people.roles.end", GrantRef)
PAUSE_OPEN = Action("people.pause.open", Nothing)
DELIVERIES_OPEN = Action("people.deliveries.open", Nothing)
OWN_TEST = Action("people.digest.test", Nothing)

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
    COMPANY_PAGE,
    CHANNEL_EDIT,
    SCHEDULE_EDIT,
    DIGEST_PREVIEW,
    DIGEST_TEST,
    DAY_REMOVE,
    ROLE_END,
    PAUSE_OPEN,
    DELIVERIES_OPEN,
    OWN_TEST,
)

# Callback ids of modals, and the ids of their fields.
SETTINGS_SAVE = "people.settings.save"
SETTINGS_LANGUAGE = "people.settings.language"
SETTINGS_DIGEST = "people.settings.digest"
SETTINGS_AT = "people.settings.at"
SETTINGS_ZONE = "people.settings.zone"
SETTINGS_QUIET_FROM = "people.settings.quiet_from"
SETTINGS_QUIET_TO = "people.settings.quiet_to"
PAUSE_SAVE = "people.pause.save"
PAUSE_KIND = "people.pause.kind"
PAUSE_UNTIL = "people.pause.until"
PAUSE_FIRST = "people.pause.first"
PAUSE_DAY = "people.pause.day"
CHANNEL_SAVE = "rules.channels.save"
CHANNEL_CHOSEN = "rules.channels.channel"
CHANNEL_NAME = "rules.channels.name"
CHANNEL_LANGUAGE = "rules.channels.language"
SCHEDULE_SAVE = "rules.schedules.save"
SCHEDULE_AT = "rules.schedules.at"
SCHEDULE_ZONE = "rules.schedules.zone"
SCHEDULE_DAYS = "rules.schedules.days"
SCHEDULE_ENABLED = "rules.schedules.enabled"
BASICS_SAVE = "rules.basics.save"
BASICS_LANGUAGE = "rules.basics.language"
BASICS_QUIET_FROM = "rules.basics.quiet_from"
BASICS_QUIET_TO = "rules.basics.quiet_to"
THRESHOLDS_SAVE = "rules.thresholds.save"
THRESHOLDS_TOLERANCE = "rules.thresholds.tolerance"
THRESHOLDS_BEHIND = "rules.thresholds.behind"
THRESHOLDS_FAR = "rules.thresholds.far_behind"
CALENDAR_ADD = "rules.calendar.add"
CALENDAR_DAY = "rules.calendar.day"
CALENDAR_KIND = "rules.calendar.kind"
CALENDAR_LABEL = "rules.calendar.label"
ROLES_FIND = "people.roles.find"
ROLES_PERSON = "people.roles.person"
ROLE_GIVE = "people.roles.give"
ROLE_ROLE = "people.roles.role"
ROLE_REGION = "people.roles.region"
ROLE_FIRST = "people.roles.first"
ROLE_LAST = "people.roles.last"
VIEWS: tuple[str, ...] = (
    SETTINGS_SAVE,
    PAUSE_SAVE,
    CHANNEL_SAVE,
    SCHEDULE_SAVE,
    BASICS_SAVE,
    THRESHOLDS_SAVE,
    CALENDAR_ADD,
    ROLES_FIND,
    ROLE_GIVE,
)
FIELDS: tuple[str, ...] = (
    SETTINGS_LANGUAGE,
    SETTINGS_DIGEST,
    SETTINGS_AT,
    SETTINGS_ZONE,
    SETTINGS_QUIET_FROM,
    SETTINGS_QUIET_TO,
    PAUSE_KIND,
    PAUSE_UNTIL,
    PAUSE_FIRST,
    PAUSE_DAY,
    CHANNEL_CHOSEN,
    CHANNEL_NAME,
    CHANNEL_LANGUAGE,
    SCHEDULE_AT,
    SCHEDULE_ZONE,
    SCHEDULE_DAYS,
    SCHEDULE_ENABLED,
    BASICS_LANGUAGE,
    BASICS_QUIET_FROM,
    BASICS_QUIET_TO,
    THRESHOLDS_TOLERANCE,
    THRESHOLDS_BEHIND,
    THRESHOLDS_FAR,
    CALENDAR_DAY,
    CALENDAR_KIND,
    CALENDAR_LABEL,
    ROLES_PERSON,
    ROLE_ROLE,
    ROLE_REGION,
    ROLE_FIRST,
    ROLE_LAST,
)
# Menus that ask for their options while somebody types.
MENUS: tuple[str, ...] = (SETTINGS_ZONE, SCHEDULE_ZONE, ROLES_PERSON)
