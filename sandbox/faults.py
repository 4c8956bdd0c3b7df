"""Scripted misfortune: what goes wrong, where, how often; repeatable through the seed."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Literal, get_args

from sandbox.model import Json

FaultKind = Literal[
    "ratelimited",  # HTTP 429 with Retry-After = seconds
    "http_500",  # HTTP 500 before anything happened
    "http_503",  # HTTP 503 before anything happened
    "http_503_after",  # accepted, then HTTP 503
    "slow",  # answered `seconds` late
    "timeout",  # accepted, and no answer for `seconds` (choose more than the client's time-out)
    "drop_before",  # connection closed, nothing happened
    "drop_after",  # accepted, then the connection closed without an answer
    "error",  # refused with `error`, nothing happened
    "error_after",  # accepted, then answered with `error`
    "internal_error_after",  # accepted, then internal_error
    "token_revoked",  # the app's token is revoked from this call on
    "is_archived",  # the channel of the call is archived from this call on
    "not_in_channel",  # the bot is removed from the channel of the call
    "user_disabled",  # the person of the call is deactivated
    "duplicate",  # (events) delivered twice
    "lost",  # (hooks) never delivered: the app is unreachable
    "socket_close",  # (hooks) the app's sockets are closed before sending
]
KINDS: tuple[str, ...] = get_args(FaultKind)
ON_THE_WAY = ("lost", "socket_close")
ON_CALLS = tuple(kind for kind in KINDS if kind not in ("duplicate", *ON_THE_WAY))
HOOKS = ("command", "interaction", "event", "options", "response_url", "upload")


@dataclass
class Fault:
    """`target`: a method, a pattern such as `chat.*`, or one of HOOKS. `count` None means for ever."""

    kind: str
    target: str
    count: int | None = 1
    probability: float = 1.0
    seconds: float = 1.0
    error: str = "internal_error"
    channel: str = ""
    skip: int = 0
    id: str = ""
    hits: int = 0

    def to_json(self) -> Json:
        """As the control API lists it."""
        return asdict(self)


@dataclass
class Faults:
    """The script. The first fault that fits wins. The workspace lock guards it."""

    seed: int = 0
    active: list[Fault] = field(default_factory=list)
    _made: int = 0
    _random: random.Random = field(default_factory=lambda: random.Random(0))

    def reseed(self, seed: int) -> None:
        """Start the dice again from `seed`."""
        self.seed = seed
        self._random = random.Random(seed)

    def add(self, fault: Fault) -> Fault:
        """Arm a fault. ValueError names a kind that does not exist."""
        if fault.kind not in KINDS:
            raise ValueError(f"no such fault: {fault.kind}; there are {', '.join(KINDS)}")
        self._made += 1
        fault.id = fault.id or f"F{self._made}"
        self.active.append(fault)
        return fault

    def clear(self) -> None:
        """Disarm everything."""
        self.active.clear()

    def pick(self, target: str, kinds: tuple[str, ...], channel: str = "") -> Fault | None:
        """The fault of one of `kinds` that strikes this call, or None. Counts the hit."""
        for fault in self.active:
            if (
                fault.kind not in kinds
                or not fnmatchcase(target, fault.target)
                or (fault.channel and fault.channel != channel)
            ):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            if self._random.random() >= fault.probability:
                continue
            fault.hits += 1
            if fault.count is not None and fault.hits >= fault.count:
                self.active.remove(fault)
            return fault
        return None
