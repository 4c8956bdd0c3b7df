"""How the installation does: for admins alone."""

from bot.monitoring import listeners
from bot.routes import Route, command
from domain.people.rights import Right


def routes() -> tuple[Route, ...]:
    """One verb; its answer is seen by the admin who asked."""
    return (command("doctor", listeners.show_doctor, needs=Right.MANAGE),)
