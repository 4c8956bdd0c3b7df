"""Telling a channel what somebody has looked up: an event and a post in one transaction."""

from bot.calls import Call
from domain.events.operations import append
from domain.targets import asking
from gateways.delivery.outbox import enqueue
from templates.actions import ScopePeriod
from templates.targets.shared import layout as shared


def share(call: Call, asked: ScopePeriod) -> str:
    """Post the progress where it belongs; the channel's name. Raises NoShare, NotYours."""
    found = asking.ask_for(
        call.session, call.actor, asked.kind, asked.id, asked.period, company=call.company, now=call.now
    )
    channel = asking.channel_to_share(found, call.company)
    message = shared.build(
        shared.Shared(found, call.actor.names),
        locale=call.company.locale,
        today=call.today,
        currency=call.company.currency,
        timezone=call.company.timezone,
    )
    enqueue(
        call.session,
        key=f"share:{call.request_id}",
        channel=channel,
        thing=f"share:{call.request_id}",
        payload={"text": message.text, "blocks": message.blocks},
        feature="targets",
    )
    append(
        call.session,
        at=call.now,
        actor=call.actor.pseudonym,
        surface="slack",
        subject_type=asked.kind.value,
        subject_id=str(asked.id),
        verb="shared",
        after={"channel": channel, "period": asked.period, "computation": found.computation_id},
        request_id=call.request_id,
    )
    return channel
