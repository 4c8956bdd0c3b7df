"""Writing down what an attempt came to, in one short transaction, fenced by the attempt's number."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from domain.delivery.model import Gate, OutboxRow, PostedMessage, SlackChannel
from gateways.delivery import gates
from gateways.delivery.channels import forget
from gateways.delivery.notice import tell_admins
from gateways.delivery.outcomes import (
    BadBlocks,
    Busy,
    ChannelGone,
    Hopeless,
    NotReached,
    Obsolete,
    Outcome,
    ParentGone,
    Sent,
    TokenGone,
    Unknown,
    Unseen,
)
from gateways.delivery.pacing import Pace, backoff
from gateways.delivery.sending import next_fewer
from gateways.delivery.take import DENIED, LATER, Taken, shows_state

log = structlog.get_logger("delivery")
Notice = Callable[[str, str, Any], dict[str, Any]]
FORGET_AFTER = timedelta(seconds=60)
RECHECK_DENIED = timedelta(minutes=5)


class Settlement:
    """Settles one attempt. `now`: the real time after the call."""

    def __init__(self, session: Session, taken: Taken, *, now: datetime, pace: Pace, notice: Notice) -> None:
        self.session, self.taken, self.now, self.pace, self.notice = session, taken, now, pace, notice
        self.again = now  # when this very message may be tried again

    def settle(self, outcome: Outcome) -> bool:
        """Write the outcome; False where another attempt has taken over since, which decides then."""
        gates.locked(self.session, (gates.WORKSPACE, self.taken.channel), now=self.now)
        self._hold(timedelta(seconds=self.pace.channel))
        kept = self._write(outcome)
        if not kept:
            log.warning("attempt_overtaken", outbox=self.taken.id, attempt=self.taken.attempt)
        return kept

    def continue_at(self) -> datetime | None:
        """When the channel's next message may go; None where there is none."""
        more = select(OutboxRow.id).where(
            OutboxRow.channel == self.taken.channel, OutboxRow.state.in_(("pending", "sending"))
        )
        held = select(OutboxRow.id).where(OutboxRow.id == self.taken.id, OutboxRow.state == "ambiguous")
        if self.session.scalar(more.limit(1)) is None and self.session.scalar(held) is None:
            return None
        gate = self.session.get_one(Gate, self.taken.channel, populate_existing=True)
        return min(gate.next_at, self.now + gates.PAUSED_WAIT) if gate.paused else gate.next_at

    def _write(self, outcome: Outcome) -> bool:
        match outcome:
            case Sent():
                return self._sent(outcome)
            case Busy(seconds):
                self._hold(timedelta(seconds=seconds))
                return self._refused()
            case TokenGone(code):
                gates.pause(self.session, gates.WORKSPACE, code, now=self.now)
                return self._refused()
            case ChannelGone(code):
                return self._channel_gone(code)
            case BadBlocks(code):
                fewer = next_fewer(self.taken.payload, self.taken.fewer)
                return self._refused(reason=fewer) if fewer else self._ends("dead", code)
            case ParentGone():
                self._forget_parent()
                return self._refused()
            case NotReached(code):
                return self._not_reached(code)
            case Unknown(code):
                return self._unknown(code)
            case Unseen():
                return self._unseen(outcome)
            case Hopeless(code):
                return self._ends("dead", code)
            case Obsolete(code):
                return self._ends("dropped", code)

    def _update(self, **values: Any) -> OutboxRow | None:
        """Change the row if the attempt is still ours."""
        return self.session.scalar(
            update(OutboxRow)
            .where(OutboxRow.id == self.taken.id, OutboxRow.attempts == self.taken.attempt)
            .where(OutboxRow.state == "sending")
            .values(**values)
            .returning(OutboxRow)
            .execution_options(populate_existing=True)
        )

    def _hold(self, pause: timedelta) -> None:
        self.again = max(self.again, self.now + pause)
        gates.hold(self.session, self.taken.channel, self.now + pause)

    def _sent(self, sent: Sent) -> bool:
        kept = self._update(
            state="sent",
            sent_at=self.now,
            slack_channel=sent.channel,
            slack_ts=sent.ts,
            reason=self.taken.fewer,
        )
        if kept is None:
            return False
        if not sent.edited and not self.taken.payload.get("thread_of"):
            self._remember_parent(sent)
        gates.open_after_success(self.session, self.taken.channel)
        return True

    def _remember_parent(self, sent: Sent) -> None:
        values = {
            "thing": self.taken.thing,
            "channel": self.taken.channel,
            "slack_channel": sent.channel,
            "slack_ts": sent.ts,
            "posted_at": self.now,
        }
        statement = insert(PostedMessage).values(values)
        if shows_state(self.taken.payload) and not sent.adopted:
            statement = statement.on_conflict_do_update(
                index_elements=[PostedMessage.thing, PostedMessage.channel], set_=values
            )
        else:
            statement = statement.on_conflict_do_nothing()
        self.session.execute(statement)

    def _forget_parent(self) -> None:
        assert self.taken.edits is not None
        self.session.execute(
            delete(PostedMessage).where(
                PostedMessage.thing == self.taken.thing,
                PostedMessage.channel == self.taken.channel,
                PostedMessage.slack_ts == self.taken.edits.ts,
            )
        )

    def _refused(self, *, reason: str | None = None, keep_first: bool = False) -> bool:
        """Certainly not accepted this time: pending again, unless an earlier attempt is in doubt still."""
        settled = OutboxRow.attempts == OutboxRow.refusals + 1
        kept = self._update(
            refusals=OutboxRow.refusals + 1,
            state=case((settled, "pending"), else_="sending"),
            first_at=OutboxRow.first_at if keep_first else case((settled, None), else_=OutboxRow.first_at),
            reason=reason if reason is not None else self.taken.fewer,
        )
        return kept is not None

    def _ends(self, state: str, code: str) -> bool:
        kept = self._update(state=state, reason=code)
        if kept is not None and state == "dead":
            log.warning("post_dead", outbox=self.taken.id, channel=self.taken.channel, reason=code)
        return kept is not None

    def _not_reached(self, code: str) -> bool:
        kept = self._refused(keep_first=True)
        tries = self.session.scalar(select(OutboxRow.refusals).where(OutboxRow.id == self.taken.id)) or 1
        self._hold(backoff(tries))
        log.warning("slack_not_reached", outbox=self.taken.id, error=code)
        return kept

    def _unknown(self, code: str) -> bool:
        kept = self._update(reason=self.taken.fewer or code)
        if kept is not None:
            self._hold(backoff(kept.attempts - kept.refusals))
        log.warning("post_in_doubt", outbox=self.taken.id, error=code)
        return kept is not None

    def _unseen(self, outcome: Unseen) -> bool:
        """The doubt stays; this attempt itself sent nothing."""
        prefix = DENIED if outcome.denied else LATER
        kept = self._update(state="ambiguous", refusals=OutboxRow.refusals + 1, reason=prefix + outcome.code)
        if kept is None:
            return False
        if outcome.denied:
            self.again = self.now + RECHECK_DENIED
        else:
            self._hold(backoff(kept.refusals))
        log.warning("history_not_readable", outbox=self.taken.id, error=outcome.code)
        return True

    def _channel_gone(self, code: str) -> bool:
        if code == "channel_not_found" and self._forget_name():
            return self._refused()
        if not gates.pause(self.session, self.taken.channel, code, now=self.now):
            # Closed before: this was the message that tried the door again.
            return self._refused()
        tell_admins(self.session, self.taken, code, self.notice, now=self.now)
        return self._ends("dead", code)

    def _forget_name(self) -> bool:
        """Drop an id that may be out of date, so that the name is looked up again before it is given up."""
        seen = self.session.scalar(
            select(SlackChannel.seen_at).where(SlackChannel.name == func.lower(self.taken.channel))
        ) or self.session.scalar(select(SlackChannel.seen_at).where(SlackChannel.name == self.taken.channel))
        if seen is None or seen > self.now - FORGET_AFTER:
            return False
        return forget(self.session, self.taken.channel.lower()) or forget(self.session, self.taken.channel)
