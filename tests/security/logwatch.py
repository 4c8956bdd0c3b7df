"""The logs of the whole suite, in the form in which they are written in production, searched after every test.

What is written to the log lives long and is read by many: no token, no secret, no response_url, no address of
a person. `tests/conftest.py` takes the fixture in; `last` keeps what the running test has logged.
"""

import logging
import re
from collections.abc import Iterator

import pytest
import structlog

from gateways.logs import configure_logs

FORBIDDEN = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{6,}|xapp-[A-Za-z0-9-]{6,}"
    r"|hooks\.slack\.com/\w+|/(?:commands|actions)/T[A-Z0-9]+/\d+"
    r"|[\w.+-]+@[\w-]+\.(?:example|com|org|net)\b"
    r"|\"(?:response_url|trigger_id|signing_secret|token)\": \"(?!\[redacted\])[^\"]+"
)
MOST_LINES = 20_000


class Watch(logging.Handler):
    """Formats every record as production does, and keeps the lines of one test."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(formatter)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        if len(self.lines) < MOST_LINES:
            self.lines.append(self.format(record))


def _made() -> Watch:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    configure_logs("INFO")
    # Loggers must not be kept: another test may look at them in its own way.
    structlog.configure(cache_logger_on_first_use=False)
    formatter = root.handlers[0].formatter
    assert formatter is not None
    root.handlers[:] = before
    root.setLevel(min(level, logging.INFO))
    return Watch(formatter)


_watch: list[Watch] = []


@pytest.fixture(autouse=True)
def watched_logs() -> Iterator[list[str]]:
    """What this test logs; the test fails where a secret or an address is in it."""
    if not _watch:
        _watch.append(_made())
    watch, root = _watch[0], logging.getLogger()
    watch.lines.clear()
    root.addHandler(watch)
    yield watch.lines
    root.removeHandler(watch)
    found = [(match[0], line[:300]) for line in watch.lines if (match := FORBIDDEN.search(line))]
    assert found == [], "the log would have told"
