"""The one way from a request to its answer.

A route runs in one transaction: who is it, may they, have we had this request before, then the listener. Its
reply goes to Slack after the commit. Refusals become a sentence in the reader's language; anything
unexpected becomes a reference code for the person and a trace in the log. Nothing is swallowed.
"""

import secrets
import time
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import Ack, BoltContext
from slack_sdk.errors import SlackClientError
from sqlalchemy.exc import SQLAlchemyError
from templates.refusals.layout import refusal_message, trouble_message

from bot import payloads
from bot.calls import Call
from bot.context import BotContext
from bot.linking import link_stranger
from bot.replies import Answer, Reply
from bot.routes import Kind, Route
from bot.sending import Sender
from domain.delivery.inbox import first_time
from domain.names import Locale
from domain.people.queries import actor_of
from domain.people.rights import Actor, Right
from domain.refusals import NotAllowed, Refusal, Stranger
from gateways import metrics
from gateways.database.unit_of_work import unit_of_work

log = structlog.get_logger("bot")

# Letters that nobody mistakes for one another when reading a code aloud.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def reference_code() -> str:
    """Four characters by which a person's trouble is found in the log."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(4))


class Funnel:
    """Turns routes into Bolt listeners."""

    def __init__(self, context: BotContext) -> None:
        self.context = context

    def listener(self, route: Route, text_of: Callable[[dict[str, Any]], str]) -> Callable[..., None]:
        """A Bolt listener for a route; `text_of` finds what was typed."""

        def listen(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
            self.run(route, ack, body, text_of(body))

        return listen

    def run(self, route: Route, ack: Ack, body: dict[str, Any], text: str) -> None:
        """Answer one request, whatever happens."""
        started = time.perf_counter()
        request_id = secrets.token_hex(8)
        sender = Sender(self.context.client, route.kind, ack, body)
        locale = self.context_locale()
        outcome = "ok"
        try:
            reply, locale = self._answer(route, body, text, request_id)
            sender.send(reply)
        except Refusal as refusal:
            outcome = refusal.key
            locale = getattr(refusal, "_locale", locale)
            sender.send(Answer(refusal_message(refusal, locale)))
        except (SlackClientError, OSError) as gone:
            # The work is done and committed; only the answer did not get through.
            outcome = "slack_unreachable"
            log.warning("answer_not_sent", route=route.id, request_id=request_id, error=type(gone).__name__)
            sender.bare_ack()
        except Exception as trouble:
            outcome = "trouble"
            code = reference_code()
            known = isinstance(trouble, SQLAlchemyError)
            log.error(
                "trouble",
                reference=code,
                route=route.id,
                request_id=request_id,
                database=known,
                exc_info=True,
            )
            sender.try_send(Answer(trouble_message(code, locale)))
        metrics.acked(route.kind, route.id, outcome, time.perf_counter() - started)

    def context_locale(self) -> Locale:
        """The language while the reader is not known."""
        try:
            return self.context.company().locale
        except SQLAlchemyError:
            return Locale.EN

    def _answer(self, route: Route, body: dict[str, Any], text: str, request_id: str) -> tuple[Reply, Locale]:
        try:
            return self._call(route, body, text, request_id)
        except Stranger:
            if link_stranger(self.context, payloads.user_id(body)):
                return self._call(route, body, text, request_id)
            raise

    def _call(self, route: Route, body: dict[str, Any], text: str, request_id: str) -> tuple[Reply, Locale]:
        company = self.context.company()
        now = self.context.clock()
        with unit_of_work(self.context.engine) as session:
            actor = actor_of(
                session,
                payloads.user_id(body),
                today=company.today(now),
                default_locale=company.locale,
                default_timezone=company.timezone,
            )
            call = Call(
                session=session,
                actor=actor,
                company=company,
                now=now,
                request_id=request_id,
                text=text,
                value=payloads.action_value(body) if route.kind is Kind.ACTION else "",
                channel_id=payloads.channel_id(body),
                body=body,
            )
            try:
                return self._permitted(route, call), actor.locale
            except Refusal as refusal:
                refusal._locale = actor.locale  # type: ignore[attr-defined]
                raise

    def _permitted(self, route: Route, call: Call) -> Reply:
        require(call.actor, route.needs)
        if route.changes:
            key = payloads.request_key(route.kind, call.body)
            if not first_time(call.session, key, route=route.id, now=call.now):
                from bot.replies import Nothing

                return Nothing()
        return route.listener(call)


def require(actor: Actor, right: Right) -> None:
    """Raise NotAllowed unless the actor has the right now."""
    if not actor.has(right):
        raise NotAllowed(right)
