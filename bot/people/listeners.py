"""My day, help, my settings."""

from bot.calls import Call
from bot.people.deliveries import deliveries, own_preview
from bot.people.settings import paused, save_choices, save_pause, shown
from bot.replies import Answer, FieldErrors, OpenModal, PublishHome, PushModal, Reply, Saved, ShowAndTell
from bot.rules.pages import overview_page
from domain.people import choices, operations
from domain.people.rights import Right
from domain.refusals import NotAllowed
from domain.targets.asking import my_day
from templates import actions
from templates.actions import Topic
from templates.commands import COMPANY, topic_of, verb_of, verbs_for
from templates.people.deliveries import layout as what
from templates.people.help import layout as help_words
from templates.people.my_day import layout as day
from templates.people.pause import layout as pause
from templates.people.settings import layout as settings
from templates.people.snoozed import layout as snoozed
from templates.rules.preview import layout as preview


def verbs(call: Call) -> tuple[str, ...]:
    """What the person can type."""
    return verbs_for(admin=call.actor.has(Right.MANAGE))


def show_day(call: Call) -> Reply:
    """`/parts` alone."""
    found = my_day(call.session, call.actor, company=call.company, now=call.now)
    return Answer(day.build(found, **call.reading))


def publish_home(call: Call) -> Reply:
    """The Home tab was opened."""
    found = my_day(call.session, call.actor, company=call.company, now=call.now)
    return PublishHome(day.build_home(found, now=call.now, **call.reading))


def show_help(call: Call) -> Reply:
    """`/parts help [topic]`."""
    topic = Topic(topic_of(call.text) or Topic.COMMANDS)
    return Answer(help_words.build(help_words.Help(verbs(call), topic), locale=call.locale))


def show_topic(call: Call) -> Reply:
    """A help button."""
    topic = actions.HELP_OPEN.decode(call.value).topic
    return Answer(help_words.build(help_words.Help(verbs(call), topic), locale=call.locale))


def open_settings(call: Call) -> Reply:
    """My settings, in a modal; the company's for whoever asks for them and may."""
    if verb_of(call.text) == COMPANY.name:
        if not call.actor.has(Right.MANAGE):
            raise NotAllowed(Right.MANAGE)
        return OpenModal(overview_page(call))
    return OpenModal(settings.build(shown(call), locale=call.locale, today=call.today))


def save_settings(call: Call) -> Reply:
    """The modal was submitted; the answer is in the language just chosen."""
    locale = save_choices(call)
    if isinstance(locale, FieldErrors):
        return locale
    return Saved(settings.build_saved(shown(call), locale=locale, today=call.today))


def send_own_test(call: Call) -> Reply:
    """My daily progress as of now, as a message; the form stays."""
    found = preview.build_test(own_preview(call), **call.seeing)
    form = settings.build(shown(call), locale=call.locale, today=call.today, tested=True)
    return ShowAndTell(form, found)


def open_pause(call: Call) -> Reply:
    """Pause Messages."""
    return PushModal(pause.build(paused(call), locale=call.locale, today=call.today))


def save_the_pause(call: Call) -> Reply:
    """The pause was submitted."""
    wrong = save_pause(call)
    return wrong or Saved(pause.build_saved(paused(call), locale=call.locale, today=call.today))


def open_deliveries(call: Call) -> Reply:
    """What I get and why."""
    return PushModal(what.build(deliveries(call), **call.seeing))


def snooze(call: Call) -> Reply:
    """No messages for me until tomorrow, until Monday, or no longer."""
    asked = actions.SNOOZE.decode(call.value)
    until = operations.snooze_until(asked.until, today=call.today, calendar=call.company.calendar)
    choices.pause(call.session, call.actor, None, until=until, now=call.now, request_id=call.request_id)
    return Answer(snoozed.build(snoozed.Snoozed(until), locale=call.locale, today=call.today))
