"""Everything that is logged while a request is answered carries its id, whoever logs it."""

from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import Engine
from structlog.testing import LogCapture

from tests.wire import wire


@pytest.fixture
def logged() -> Iterator[LogCapture]:
    """Every line of the log, with what is bound to its thread."""
    kept = structlog.get_config()
    capture = LogCapture()
    structlog.configure(processors=[structlog.contextvars.merge_contextvars, capture])
    yield capture
    structlog.configure(**kept)


def test_every_line_of_a_request_carries_its_id(engine: Engine, logged: LogCapture) -> None:
    with wire(engine) as on:
        on.workspace.add_user("stranger", "stranger@elsewhere.example")
        on.workspace.fault("error", "users.info", count=2, error="fatal_error")
        for _ in range(2):
            on.person("stranger").types("/parts", "#sales")
            on.context.strangers.clear()
    lines = [line for line in logged.entries if line["event"] == "users_info_failed"]
    assert len(lines) == 2 and all(line["route"] == "day" for line in lines)
    assert len({line["request_id"] for line in lines}) == 2
    assert structlog.contextvars.get_contextvars() == {}
