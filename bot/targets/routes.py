"""What people can do about targets."""

from bot.routes import Route, action, command
from bot.targets import listeners
from domain.people.rights import Right
from templates import actions


def routes() -> tuple[Route, ...]:
    """Whose numbers may be seen is decided per scope; everybody may ask."""
    return (
        command("target", listeners.show_typed, needs=Right.MEMBER, alias="/target"),
        action(actions.SHOW.id, listeners.show_drawn, needs=Right.MEMBER),
        action(actions.WEEKS.id, listeners.show_weeks, needs=Right.MEMBER),
        action(actions.WHY.id, listeners.explain, needs=Right.MEMBER),
        action(actions.SHARE.id, listeners.share_progress, needs=Right.MEMBER, changes=True, public=True),
    )
