"""Bringing a reply to Slack: in the acknowledgement where that is possible, at once where it is not."""

from typing import Any

import structlog
from slack_bolt import Ack
from slack_sdk.errors import SlackClientError

from bot import payloads
from bot.context import BotContext
from bot.replies import (
    Answer,
    FieldErrors,
    Nothing,
    OpenModal,
    Options,
    PublishHome,
    PushModal,
    Reply,
    Saved,
    ShowAndTell,
)
from bot.routes import Kind
from gateways.slack import ForeignHook, respond
from templates.blocks import Message
from templates.text import raw

log = structlog.get_logger("bot")
SECONDS = 2  # Slack waits three for the acknowledgement that follows


class Sender:
    """Sends the reply of one request and acknowledges it, the acknowledgement last."""

    def __init__(self, context: BotContext, kind: Kind, ack: Ack, body: dict[str, Any]) -> None:
        self.context, self.client = context, context.client
        self.kind, self.ack, self.body = kind, ack, body

    def send(self, reply: Reply) -> None:
        """Deliver and acknowledge. Raises SlackClientError or OSError where Slack did not take it."""
        match reply:
            case Answer(message) | Saved(message):
                self._answer(message)
            case OpenModal(view):
                self._show(view)
            case PushModal(view):
                self.client.views_push(trigger_id=self.body.get("trigger_id", ""), view=view)
                self.bare_ack()
            case ShowAndTell(view, message):
                self.client.chat_postMessage(
                    channel=payloads.user_id(self.body), text=message.text, blocks=message.blocks
                )
                self._show(view)
            case Options(found):
                self.ack(options=found)
            case FieldErrors(errors):
                told = {block_id: raw(words) for block_id, words in errors.items()}
                self.ack(response_action="errors", errors=told)
            case PublishHome(view):
                self.client.views_publish(user_id=payloads.user_id(self.body), view=view)
                self.bare_ack()
            case Nothing():
                self.bare_ack()

    def _show(self, view: dict[str, Any]) -> None:
        """In place of the modal the person is in, else as a new one."""
        opened = payloads.open_modal(self.body)
        if self.kind is Kind.VIEW:
            self.ack(response_action="update", view=view)
            return
        if opened:
            # No hash: a second click must not be refused because of the first.
            self.client.views_update(view_id=opened, view=view)
        else:
            self.client.views_open(trigger_id=self.body.get("trigger_id", ""), view=view)
        self.bare_ack()

    def try_send(self, reply: Reply) -> None:
        """Deliver if possible; used for the last word after something has already gone wrong."""
        try:
            self.send(reply)
        except (SlackClientError, OSError) as gone:
            log.warning("answer_not_sent", error=type(gone).__name__)
            self.bare_ack()

    def bare_ack(self) -> None:
        """Tell Slack that the request has arrived."""
        self.ack()

    def _answer(self, message: Message) -> None:
        if self.kind is Kind.OPTIONS:
            # A menu shows options only: a refusal is an empty list.
            self.ack(options=[])
            return
        if self.kind is Kind.COMMAND:
            self.ack(text=message.text, blocks=message.blocks, response_type="ephemeral")
            return
        url = self.body.get("response_url")
        user = payloads.user_id(self.body)
        channel = payloads.channel_id(self.body)
        if url:
            self._respond(url, message)
        elif channel:
            self.client.chat_postEphemeral(
                channel=channel, user=user, text=message.text, blocks=message.blocks
            )
        elif user and self.kind is not Kind.EVENT:
            # A modal or Home has no channel: the answer stands in the person's own conversation with us.
            self.client.chat_postMessage(channel=user, text=message.text, blocks=message.blocks)
        self.bare_ack()

    def _respond(self, url: str, message: Message) -> None:
        """Not Bolt's `respond`: its client repeats a request whose answer was lost."""
        try:
            status = respond(
                self.context.environment,
                url,
                timeout=SECONDS,
                text=message.text,
                blocks=message.blocks,
                response_type="ephemeral",
                replace_original=False,
            )
        except ForeignHook:
            log.warning("foreign_response_url")
            return
        if status != 200:
            log.warning("response_url_refused", status=status)
