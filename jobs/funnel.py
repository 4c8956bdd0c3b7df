"""The one place in this room that catches everything: a trouble is logged with its trace and becomes a
state."""

from collections.abc import Callable
from typing import Any

import structlog

log = structlog.get_logger("jobs")


def trouble_of(call: Callable[[], object], event: str, **about: Any) -> Exception | None:
    """Call, and give back what it raised, logged; None where all went well.

    The caller decides what the trouble means (a failed slot, another try); it must not drop it.
    """
    try:
        call()
    except Exception as trouble:
        log.error(event, error=type(trouble).__name__, exc_info=True, **about)
        return trouble
    return None
