"""The ways between workspace and apps, together, and what a person's act came to."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.deliver.events import Courier
from sandbox.deliver.sockets import Sockets
from sandbox.deliver.transport import Reply, Transport
from sandbox.state import State

TIMED_OUT = "Operation timed out. Apps need to respond within three seconds"
TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True)
class Outcome:
    """How an act ended for the person: `error` is the code the client shows, `errors` those under fields."""

    ok: bool
    error: str = ""
    text: str = ""
    errors: dict[str, str] = field(default_factory=dict)


class Wire:
    """Transport, sockets and courier of one workspace."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.sockets = Sockets(state)
        self.transport = Transport(state, self.sockets)
        self.courier = Courier(state, self.transport)
        state.listeners.append(self.courier.notice)

    def close(self) -> None:
        """Stop delivering."""
        self.courier.close()


def failure_code(reply: Reply) -> str:
    """What Slack calls a failed acknowledgement."""
    return "operation_timeout" if reply.outcome == "timeout" else "dispatch_failed"
