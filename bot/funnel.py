"""The one way from a request to its answer.

A route runs in one transaction: who is it, may they, have we had this request before, then the listener. Its
reply goes to Slack after the commit. Refusals become a sentence in the reader's language; anything
unexpected becomes a reference code for the person and a trace in the log. Nothing is swallowed.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from slack_bolt import Ack, BoltContext
from slack_sdk.errors import SlackClientError
from sqlalchemy.orm import Session

from bot import payloads
from bot.calls import Call
from bot.channels import seen_channels
from bot.context import BotContext
from bot.facts import Fact, Told
from bot.limits import COUNTED
from bot.linking import link_stranger
from bot.replies import Answer, Nothing, Reply
from bot.routes import Kind, Route
from bot.sending import Sender
from domain.delivery.inbox import first_time
from domain.names import Locale
from domain.people.queries import actor_of
from domain.people.rights import Actor, Right
from domain.people.turns import is_free
from domain.refusals import NotAllowed, NotKnownAnymore, Refusal, Stranger, TooMany
from gateways import metrics
from gateways.database.unit_of_work import answering, unit_of_work
from templates.actions import BadPayload
from templates.refusals.layout import refusal_message, trouble_message

log = structlog.get_logger("bot")

HEAVY_SECONDS = 10  # when to ask again while something heavy is under way

# Letters that nobody mistakes for one another when reading a code aloud.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def reference_code() -> str:
    """Four characters by which a person's trouble is found in the log."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(4))


@dataclass(slots=True)
class _Request:
    """One request on its way; the language is the reader's as soon as the reader is known."""

    route: Route
    body: dict[str, Any]
    text: str
    locale: Locale
    team_id: str | None = None  # the workspace we are installed in
    id: str = field(default_factory=lambda: secrets.token_hex(8))


class Funnel:
    """Turns routes into Bolt listeners."""

    def __init__(self, context: BotContext) -> None:
        self.context = context

    def listener(self, route: Route, text_of: Callable[[dict[str, Any]], str]) -> Callable[..., None]:
        """A Bolt listener for a route; `text_of` finds what was typed."""

        def listen(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
            self.run(route, ack, body, text_of(body), own_team(context))

        return listen

    def hears(self, fact: Fact) -> Callable[..., None]:
        """A Bolt listener for an event in which nobody acts."""

        def listen(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
            self._hear(fact, ack, body, own_team(context))

        return listen

    def _hear(self, fact: Fact, ack: Ack, body: dict[str, Any], team_id: str | None) -> None:
        """Take a fact once. Where that fails nothing is acknowledged, so that Slack tells it again."""
        started, outcome = time.perf_counter(), "ok"
        try:
            if not payloads.is_foreign(body, team_id):
                now = self.context.clock()
                with unit_of_work(self.context.engine) as session:
                    if first_time(session, payloads.request_key(Kind.EVENT, body), route=fact.id, now=now):
                        fact.take(Told(session, body["event"], team_id, now))
            ack()
        except Exception:
            outcome = "trouble"
            log.error("trouble", reference=reference_code(), route=fact.id, exc_info=True)
        metrics.acked(Kind.EVENT, fact.id, outcome, time.perf_counter() - started)

    def run(
        self, route: Route, ack: Ack, body: dict[str, Any], text: str, team_id: str | None = None
    ) -> None:
        """Answer one request, whatever happens."""
        started = time.perf_counter()
        sender = Sender(self.context, route.kind, ack, body)
        request = _Request(route, body, text, Locale.EN, team_id)
        structlog.contextvars.bind_contextvars(request_id=request.id, route=route.id)
        outcome = "ok"
        try:
            outcome, reply = self._answer(request)
            sender.send(reply)
        except (SlackClientError, OSError) as gone:
            # The work is done and committed; only the answer did not get through.
            outcome = "slack_unreachable"
            log.warning("answer_not_sent", route=route.id, request_id=request.id, error=type(gone).__name__)
            sender.bare_ack()
        except Exception:
            outcome = "trouble"
            self.context.remembered.forget()
            code = reference_code()
            log.error("trouble", reference=code, route=route.id, request_id=request.id, exc_info=True)
            sender.try_send(Answer(trouble_message(code, request.locale)))
        structlog.contextvars.unbind_contextvars("request_id", "route")
        metrics.acked(route.kind, route.id, outcome, time.perf_counter() - started)

    def _answer(self, request: _Request) -> tuple[str, Reply]:
        try:
            self._admit(request)
            try:
                return "ok", self._call(request)
            except Stranger:
                if not link_stranger(self.context, payloads.user_id(request.body), request.team_id):
                    raise
                return "ok", self._call(request)
        except Refusal as refusal:
            return refusal.key, Answer(refusal_message(refusal, request.locale))
        except BadPayload as bad:
            log.info("old_button", route=request.route.id, why=bad.why)
            return "old_button", Answer(refusal_message(NotKnownAnymore(), request.locale))

    def _admit(self, request: _Request) -> None:
        """Raise Stranger for people of other workspaces, TooMany for who asks too often; asks no database."""
        user = payloads.user_id(request.body)
        request.locale = self.context.limits.locale_of(user) or request.locale
        if request.route.kind in COUNTED:
            self.context.limits.spend(user)
        if payloads.is_foreign(request.body, request.team_id):
            raise Stranger

    def _call(self, request: _Request) -> Reply:
        company = self.context.company()
        request.locale = company.locale
        now = self.context.clock()
        route, body = request.route, request.body
        channels = seen_channels(self.context, body) if route.kind is Kind.VIEW else {}
        # What is heavy holds its turn until the transaction ends.
        opened = unit_of_work if route.changes or route.heavy else answering
        with opened(self.context.engine) as session:
            actor = actor_of(
                session,
                payloads.user_id(body),
                today=company.today(now),
                default_locale=company.locale,
                default_timezone=company.timezone,
            )
            request.locale = actor.locale
            self.context.limits.speaks(payloads.user_id(body), actor.locale)
            require(actor, route.needs)
            if route.heavy and not is_free(session, actor.pseudonym):
                raise TooMany(HEAVY_SECONDS)
            if route.changes and not self._first_time(session, request, now):
                return Nothing()
            return route.listener(
                Call(
                    session=session,
                    actor=actor,
                    company=company,
                    now=now,
                    request_id=request.id,
                    text=request.text,
                    value=payloads.action_value(body) if route.kind is Kind.ACTION else "",
                    channel_id=payloads.channel_id(body),
                    body=body,
                    remembered=self.context.remembered,
                    environment=self.context.environment,
                    channels=channels,
                )
            )

    @staticmethod
    def _first_time(session: Session, request: _Request, now: datetime) -> bool:
        key = payloads.request_key(request.route.kind, request.body)
        return first_time(session, key, route=request.route.id, now=now)


def require(actor: Actor, right: Right) -> None:
    """Raise NotAllowed unless the actor has the right now."""
    if not actor.has(right):
        raise NotAllowed(right)


def own_team(context: BoltContext) -> str | None:
    """The workspace we are installed in, as Slack told us when we asked whose token we have."""
    found = context.authorize_result
    return found.team_id if found is not None else None
