"""What people ask about targets."""

from functools import partial

from bot.calls import Call
from bot.replies import Answer, Reply
from bot.targets.sharing import share
from domain.targets import asking
from domain.targets.views import Progress
from templates import actions
from templates.blocks import Message
from templates.refusals.layout import share_done_message
from templates.targets.progress import layout as progress
from templates.targets.weeks import layout as weeks
from templates.targets.why import layout as why


def show_typed(call: Call) -> Reply:
    """`/target [who] [period]`."""
    found = asking.ask(
        call.session,
        call.actor,
        call.text,
        company=call.company,
        now=call.now,
        remembered=call.remembered,
    )
    return Answer(call.remembered.get((found, *call.reading.values()), partial(_drawn, found, call)))


def _drawn(found: Progress, call: Call) -> Message:
    return progress.build(found, **call.reading)


def show_drawn(call: Call) -> Reply:
    """A button to another scope or period."""
    asked = actions.SHOW.decode(call.value)
    found = asking.ask_for(
        call.session, call.actor, asked.kind, asked.id, asked.period, company=call.company, now=call.now
    )
    return Answer(progress.build(found, **call.reading))


def show_weeks(call: Call) -> Reply:
    """By Week."""
    asked = actions.WEEKS.decode(call.value)
    found = asking.weeks_for(
        call.session, call.actor, asked.kind, asked.id, asked.period, company=call.company, now=call.now
    )
    return Answer(weeks.build(found, **call.reading))


def explain(call: Call) -> Reply:
    """Why?"""
    asked = actions.WHY.decode(call.value)
    found, names = asking.explain_for(call.session, call.actor, asked.id, company=call.company)
    return Answer(why.build(found, names=names, **call.reading))


def share_progress(call: Call) -> Reply:
    """Share: to the region's or the company's own channel, never a person's numbers."""
    channel = share(call, actions.SHARE.decode(call.value))
    return Answer(share_done_message(channel, call.locale))
