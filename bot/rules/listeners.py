"""Why something came, and how a company begins."""

from templates.rules.set_up import layout as set_up_words

from bot import payloads
from bot.calls import Call
from bot.replies import Answer, Reply
from templates import actions
from templates.rules.why_digest import layout as why


def why_digest(call: Call) -> Reply:
    """Why am I seeing this."""
    return Answer(why.build(actions.DIGEST_WHY.decode(call.value), locale=call.locale))


def set_up(call: Call) -> Reply:
    """A step of the first-run message: what to do, with a line to copy."""
    step = payloads.first_action(call.body)["action_id"]
    view = set_up_words.SetUp(step, dict(call.company.channels), call.company.region_channels)
    return Answer(set_up_words.build(view, locale=call.locale))
