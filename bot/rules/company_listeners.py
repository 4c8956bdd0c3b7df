"""The company's settings, for administrators."""

from bot.calls import Call
from bot.menus import zone_options
from bot.replies import OpenModal, Options, PushModal, Reply, ShowAndTell
from bot.rules import pages
from bot.rules.previews import preview_of
from domain.rules.changes import remove_day
from templates import actions
from templates.rules.calendar import layout as calendar
from templates.rules.preview import layout as preview
from templates.rules.schedules import layout as schedules


def open_company(call: Call) -> Reply:
    """`/parts company`."""
    return OpenModal(pages.overview_page(call))


def show_page(call: Call) -> Reply:
    """A button to one of the pages, or back."""
    return OpenModal(pages.page(call, actions.COMPANY_PAGE.decode(call.value).page))


def edit_channel(call: Call) -> Reply:
    """The form for a purpose's or region's channel."""
    return OpenModal(pages.channel_form(call, actions.CHANNEL_EDIT.decode(call.value)))


def edit_schedule(call: Call) -> Reply:
    """The form for a channel's hours."""
    return OpenModal(pages.schedule_form(call, actions.SCHEDULE_EDIT.decode(call.value)))


def show_preview(call: Call) -> Reply:
    """What would be posted now, on top of the form."""
    found = preview_of(call, actions.DIGEST_PREVIEW.decode(call.value))
    return PushModal(preview.build(found, **call.seeing))


def send_test(call: Call) -> Reply:
    """The same as a message, to whoever asked alone."""
    asked = actions.DIGEST_TEST.decode(call.value)
    found = preview_of(call, asked)
    note = schedules.test_note(found.channel, sent=found.message is not None)
    form = pages.schedule_form(call, asked, note)
    if found.message is None:
        return OpenModal(form)
    return ShowAndTell(form, preview.build_test(found, **call.seeing))


def take_day_out(call: Call) -> Reply:
    """A day of the calendar is an ordinary one again."""
    day = pages.day_of(actions.DAY_REMOVE.decode(call.value))
    found = remove_day(call.session, day, actor=call.actor, now=call.now, request_id=call.request_id)
    note = calendar.removed_note(day, was_there=found is not None)
    return OpenModal(pages.calendar_page(call, note))


def offer_zones(call: Call) -> Reply:
    """Time zones like what was typed."""
    return Options(zone_options(call.text))
