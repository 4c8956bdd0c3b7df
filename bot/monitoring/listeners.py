"""How the installation does, for admins."""

from bot.calls import Call
from bot.monitoring.checks import findings
from bot.replies import Answer, Reply
from templates.operations.doctor import layout


def show_doctor(call: Call) -> Reply:
    """`/parts doctor`."""
    view = layout.Doctor(tuple(findings(call)))
    return Answer(layout.build(view, locale=call.locale, today=call.today, timezone=call.actor.timezone))
