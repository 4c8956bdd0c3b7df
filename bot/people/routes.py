"""My day, help and settings."""

from bot.people import listeners
from bot.routes import Route, action, command, event, view
from domain.people.rights import Right
from templates import actions


def routes() -> tuple[Route, ...]:
    """For everybody of the company."""
    return (
        command("day", listeners.show_day, needs=Right.MEMBER),
        command("help", listeners.show_help, needs=Right.MEMBER),
        command("settings", listeners.open_settings, needs=Right.MEMBER),
        action(actions.HELP_OPEN.id, listeners.show_topic, needs=Right.MEMBER),
        action(actions.SETTINGS_OPEN.id, listeners.open_settings, needs=Right.MEMBER),
        action(actions.SNOOZE.id, listeners.snooze, needs=Right.MEMBER, changes=True),
        view(actions.SETTINGS_SAVE, listeners.save_settings, needs=Right.MEMBER),
        event("app_home_opened", listeners.publish_home, needs=Right.MEMBER),
    )
