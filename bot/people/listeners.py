"""My day, help, my settings."""

from bot.calls import Call
from bot.people.settings import save_choices
from bot.replies import Answer, OpenModal, PublishHome, Reply, Saved
from domain.people import operations
from domain.people.queries import preferences
from domain.people.rights import Right
from domain.targets.asking import my_day
from templates import actions
from templates.actions import Topic
from templates.commands import topic_of, verbs_for
from templates.people.help import layout as help_words
from templates.people.my_day import layout as day
from templates.people.settings import layout as settings
from templates.people.snoozed import layout as snoozed


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
    """My settings, in a modal."""
    chosen = preferences(call.session, call.actor)
    view = settings.Settings(chosen.locale, chosen.snoozed_until)
    return OpenModal(settings.build(view, locale=call.locale, today=call.today))


def save_settings(call: Call) -> Reply:
    """The modal was submitted; the answer is in the language just chosen."""
    locale = save_choices(call)
    chosen = preferences(call.session, call.actor)
    view = settings.Settings(chosen.locale, chosen.snoozed_until)
    return Saved(settings.build_saved(view, locale=locale, today=call.today))


def snooze(call: Call) -> Reply:
    """No digests for me until tomorrow, until Monday, or no longer."""
    asked = actions.SNOOZE.decode(call.value)
    until = operations.snooze_until(asked.until, today=call.today, calendar=call.company.calendar)
    operations.snooze(call.session, call.actor, until, now=call.now, request_id=call.request_id)
    return Answer(snoozed.build(snoozed.Snoozed(until), locale=call.locale, today=call.today))
