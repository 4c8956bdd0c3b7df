"""My day, help and settings."""

from bot.people import listeners, role_listeners
from bot.routes import Route, action, command, event, options, view
from bot.rules.company_listeners import offer_zones
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
        action(actions.OWN_TEST.id, listeners.send_own_test, needs=Right.MEMBER),
        action(actions.PAUSE_OPEN.id, listeners.open_pause, needs=Right.MEMBER),
        action(actions.DELIVERIES_OPEN.id, listeners.open_deliveries, needs=Right.MEMBER),
        action(actions.ROLE_END.id, role_listeners.end, needs=Right.MANAGE, changes=True),
        view(actions.SETTINGS_SAVE, listeners.save_settings, needs=Right.MEMBER),
        view(actions.PAUSE_SAVE, listeners.save_the_pause, needs=Right.MEMBER),
        view(actions.ROLES_FIND, role_listeners.find, needs=Right.MANAGE),
        view(actions.ROLE_GIVE, role_listeners.give, needs=Right.MANAGE),
        options(actions.SETTINGS_ZONE, offer_zones, needs=Right.MEMBER),
        options(actions.ROLES_PERSON, role_listeners.offer_people, needs=Right.MANAGE),
        event("app_home_opened", listeners.publish_home, needs=Right.MEMBER),
    )
