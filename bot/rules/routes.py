"""Questions about what PartsPlan does by itself, and the first steps of a company."""

from bot.routes import Route, action
from bot.rules import listeners
from domain.people.rights import Right
from templates import actions


def routes() -> tuple[Route, ...]:
    """Everybody may ask why; setting up is the admins'."""
    return (
        action(actions.DIGEST_WHY.id, listeners.why_digest, needs=Right.MEMBER),
        action(actions.SETUP_CHANNELS.id, listeners.set_up, needs=Right.MANAGE),
        action(actions.SETUP_IMPORT.id, listeners.set_up, needs=Right.MANAGE),
        action(actions.SETUP_INVITE.id, listeners.set_up, needs=Right.MANAGE),
        action(actions.SETUP_SAMPLE.id, listeners.set_up, needs=Right.MANAGE),
    )
