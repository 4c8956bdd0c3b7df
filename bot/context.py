"""What the bot process holds: engine, clock, Slack client, and the settings as of a moment ago."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from slack_sdk import WebClient
from sqlalchemy import Engine

from bot.limits import Limits
from domain.rules.company import Company, load_company
from domain.targets.history import Remembered
from gateways.database.unit_of_work import read_only
from gateways.environment import Environment

FRESH_SECONDS = 2.0


@dataclass(slots=True)
class BotContext:
    """One per process, shared by its threads.

    Company settings are read again when they are older than two seconds: every answer would otherwise read
    the calendar anew. Rights and people are never kept.
    """

    engine: Engine
    clock: Callable[[], datetime]
    client: WebClient
    environment: Environment
    _company: Company | None = None
    _read_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    remembered: Remembered = field(default_factory=Remembered)
    limits: Limits = field(default_factory=Limits)
    strangers: dict[str, float] = field(
        default_factory=dict
    )  # Slack user -> when they may be asked about again

    def company(self) -> Company:
        """The company's settings, at most two seconds old."""
        with self._lock:
            if self._company is None or time.monotonic() - self._read_at > FRESH_SECONDS:
                with read_only(self.engine) as session:
                    self._company = load_company(session)
                self._read_at = time.monotonic()
            return self._company
