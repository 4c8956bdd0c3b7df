"""What PartsPlan does by itself and why, the company's settings, and its first steps."""

from bot.routes import Route, action, command, options, view
from bot.rules import channel_forms, company_listeners, forms, listeners
from domain.people.rights import Right
from templates import actions


def routes() -> tuple[Route, ...]:
    """Everybody may ask why; setting up is the admins'."""
    return (
        command("company", company_listeners.open_company, needs=Right.MANAGE),
        action(actions.COMPANY_PAGE.id, company_listeners.show_page, needs=Right.MANAGE),
        action(actions.CHANNEL_EDIT.id, company_listeners.edit_channel, needs=Right.MANAGE),
        action(actions.SCHEDULE_EDIT.id, company_listeners.edit_schedule, needs=Right.MANAGE),
        action(actions.DIGEST_PREVIEW.id, company_listeners.show_preview, needs=Right.MANAGE),
        action(actions.DIGEST_TEST.id, company_listeners.send_test, needs=Right.MANAGE),
        action(actions.DAY_REMOVE.id, company_listeners.take_day_out, needs=Right.MANAGE, changes=True),
        view(actions.CHANNEL_SAVE, channel_forms.save_channel, needs=Right.MANAGE),
        view(actions.SCHEDULE_SAVE, forms.save_schedule, needs=Right.MANAGE),
        view(actions.BASICS_SAVE, forms.save_basics, needs=Right.MANAGE),
        view(actions.THRESHOLDS_SAVE, forms.save_thresholds, needs=Right.MANAGE),
        view(actions.CALENDAR_ADD, forms.add_day, needs=Right.MANAGE),
        options(actions.SCHEDULE_ZONE, company_listeners.offer_zones, needs=Right.MANAGE),
        action(actions.DIGEST_WHY.id, listeners.why_digest, needs=Right.MEMBER),
        action(actions.SETUP_CHANNELS.id, listeners.set_up, needs=Right.MANAGE),
        action(actions.SETUP_IMPORT.id, listeners.set_up, needs=Right.MANAGE),
        action(actions.SETUP_INVITE.id, listeners.set_up, needs=Right.MANAGE),
        action(actions.SETUP_SAMPLE.id, listeners.set_up, needs=Right.MANAGE),
    )
