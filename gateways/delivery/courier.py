"""Bringing messages to Slack, one of a channel at a time.

take (transaction) → look, post or edit (no transaction) → settle (transaction). A process may die anywhere:
the row says that an attempt was begun, and whoever takes it next asks Slack before sending it again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from slack_sdk import WebClient
from sqlalchemy import Engine, select

from domain.delivery.model import OutboxRow
from gateways.clock import Clock, real_now
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.delivery import gates, history
from gateways.delivery.channels import resolve
from gateways.delivery.notice import bare_notice
from gateways.delivery.outcomes import (
    CALL_ERRORS,
    NotReached,
    Obsolete,
    Outcome,
    Sent,
    Unknown,
    Unseen,
    look_outcome,
    outcome_of,
)
from gateways.delivery.pacing import Pace, backoff
from gateways.delivery.sending import send
from gateways.delivery.settle import Notice, Settlement
from gateways.delivery.take import Taken, Wait, take

log = structlog.get_logger("delivery")
MOST_STUMBLES = 3
Hook = Callable[[str], None]


def _no_hook(_: str) -> None:
    """Nothing happens between the steps."""


class Courier:
    """Delivers with one client. `clock` is the real time; `notice` words what admins are told.

    `hook` is called between the steps ("taken", "sent"), where a test kills the process.
    """

    def __init__(
        self,
        engine: Engine,
        client: WebClient,
        *,
        pace: Pace | None = None,
        clock: Clock = real_now,
        notice: Notice = bare_notice,
        hook: Hook = _no_hook,
    ) -> None:
        self.engine, self.client, self.clock, self.notice, self.hook = engine, client, clock, notice, hook
        self.pace = pace or Pace()

    def deliver(self, outbox_id: int) -> datetime | None:
        """Deliver the oldest open message of this message's channel, whichever that is.

        The instant to come back at for the next one; None where the channel has nothing more to say.
        """
        channel = self._channel_of(outbox_id)
        return None if channel is None else self._one(channel)

    def recheck(self, outbox_id: int) -> datetime | None:
        """Look again for a message in doubt, and send it if it is certain that it is not there.

        The instant to look again at; None where nothing is in doubt any more.
        """
        channel = self._channel_of(outbox_id)
        return None if channel is None else self._one(channel, only=outbox_id)

    def probe(self) -> bool:
        """Try a token that was refused, at most once a minute; whether all is open again."""
        with unit_of_work(self.engine) as session:
            ours = gates.may_probe_workspace(session, now=self.clock())
        if not ours:
            return False
        try:
            self.client.auth_test()
        except CALL_ERRORS as error:
            log.warning("token_still_refused", error=type(error).__name__)
            return False
        with unit_of_work(self.engine) as session:
            return gates.unpause(session, gates.WORKSPACE, now=self.clock())

    def stumbled(self, outbox_id: int, code: str) -> datetime | None:
        """Something of ours broke on a message of this channel: tried thrice, then dead with `code`.

        The instant to come back at; None where nothing was being sent.
        """
        channel = self._channel_of(outbox_id)
        now = self.clock()
        with unit_of_work(self.engine) as session:
            row = session.scalars(
                select(OutboxRow)
                .where(OutboxRow.channel == channel, OutboxRow.state == "sending")
                .order_by(OutboxRow.id)
                .limit(1)
                .with_for_update()
            ).one_or_none()
            if row is None:
                return None
            row.reason = code
            tries = row.attempts - row.refusals
            row.state = "dead" if tries >= MOST_STUMBLES else "sending"
            return now + backoff(tries)

    def _channel_of(self, outbox_id: int) -> str | None:
        with read_only(self.engine) as session:
            return session.scalar(select(OutboxRow.channel).where(OutboxRow.id == outbox_id))

    def _one(self, channel: str, only: int | None = None) -> datetime | None:
        with unit_of_work(self.engine) as session:
            taken = take(session, channel, now=self.clock(), pace=self.pace, only=only)
        if taken is None:
            return None
        if isinstance(taken, Wait):
            return self.clock() if taken.token and self.probe() else taken.until
        self.hook("taken")
        outcome = self._attempt(taken)
        self.hook("sent")
        with unit_of_work(self.engine) as session:
            settlement = Settlement(session, taken, now=self.clock(), pace=self.pace, notice=self.notice)
            settlement.settle(outcome)
            session.flush()
            until = settlement.again if only is not None else settlement.continue_at()
            if only is not None and not _still_in_doubt(outcome):
                until = None
        if isinstance(outcome, Sent):
            log.info("posted", outbox=taken.id, attempt=taken.attempt, adopted=outcome.adopted)
        return until

    def _attempt(self, taken: Taken) -> Outcome:
        """Everything that is asked of Slack for one message. Nothing is sent while an earlier try is in
        doubt."""
        try:
            slack_channel = resolve(self.engine, self.client, taken.channel, now=self.clock())
        except CALL_ERRORS as error:
            return _unsent(outcome_of(error))
        if not isinstance(slack_channel, str):
            return slack_channel
        if taken.look_from is not None:
            found = self._look(taken, slack_channel)
            if found is not None:
                return found
        if self.clock() - taken.claimed_at > timedelta(seconds=self.pace.lease):
            return NotReached("lease_over")
        try:
            return send(self.client, taken, slack_channel)
        except CALL_ERRORS as error:
            return outcome_of(error, editing=taken.edits is not None)

    def _look(self, taken: Taken, slack_channel: str) -> Outcome | None:
        """What history says of an earlier attempt; None: it is certain that there is none."""
        try:
            ts = history.find(self.client, taken, slack_channel)
        except CALL_ERRORS as error:
            return look_outcome(error)
        if ts is not None:
            return Sent(slack_channel, ts, adopted=True)
        return Obsolete(taken.obsolete) if taken.obsolete else None


def _unsent(outcome: Outcome) -> Outcome:
    """The same trouble before anything was sent: there is no doubt about it."""
    return NotReached(outcome.code) if isinstance(outcome, Unknown) else outcome


def _still_in_doubt(outcome: Outcome) -> bool:
    """Whether a message that was looked at again has to be looked at once more."""
    return isinstance(outcome, Unseen)
