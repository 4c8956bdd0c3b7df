"""Why something came, and how a company begins."""

from templates.people.help import layout as help_words

from bot.calls import Call
from bot.replies import Answer, Reply
from templates import actions
from templates.rules.why_digest import layout as why


def why_digest(call: Call) -> Reply:
    """Why am I seeing this."""
    return Answer(why.build(actions.DIGEST_WHY.decode(call.value), locale=call.locale))


def set_up(call: Call) -> Reply:
    """A step of the first-run message: what to do, with a line to copy."""
    return Answer(help_words.build(help_words.Help(("target",)), locale=call.locale))
