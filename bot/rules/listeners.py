"""Why something came, and how a company begins."""

from bot import payloads
from bot.calls import Call
from bot.replies import Answer, Reply
from templates import actions
from templates.people.setup import layout as setup
from templates.rules.why_digest import layout as why

STEPS = {
    actions.SETUP_CHANNELS.id: setup.Step.CHANNELS,
    actions.SETUP_IMPORT.id: setup.Step.DATA,
    actions.SETUP_INVITE.id: setup.Step.INVITE,
    actions.SETUP_SAMPLE.id: setup.Step.SAMPLE,
}


def why_digest(call: Call) -> Reply:
    """Why am I seeing this."""
    return Answer(why.build(actions.DIGEST_WHY.decode(call.value), locale=call.locale))


def set_up(call: Call) -> Reply:
    """A step of the first-run message: what to do, with a line to copy."""
    return Answer(
        setup.build(setup.Setup(STEPS[payloads.first_action(call.body)["action_id"]]), locale=call.locale)
    )
