"""What can be typed, for one caller: only what they may use."""

from dataclasses import dataclass

from domain.names import Locale
from templates.actions import HELP_OPEN, HelpTopic, Topic
from templates.blocks import (
    Block,
    Message,
    action_row,
    context,
    header,
    message,
    option,
    section,
    static_select,
)
from templates.commands import Verb, verb
from templates.i18n import Words, words
from templates.text import Mrkdwn


@dataclass(frozen=True, slots=True)
class Help:
    """A page of the help; `commands` are names of the verbs the caller may use."""

    commands: tuple[str, ...]
    topic: Topic = Topic.COMMANDS


def build(view: Help, *, locale: Locale) -> Message:
    """The list of commands, or the page of a topic."""
    say = words(locale, "people/help")
    verbs = [verb(name) for name in view.commands]
    if view.topic is Topic.COMMANDS:
        listed = Mrkdwn(", " if locale is Locale.EN else "、").join([one.command for one in verbs])
        blocks = [header(say.title()), *(entry(one, locale) for one in verbs)]
        return message(say.point(listed), *blocks, topics(say, view.topic), context(say.root()))
    title, text = page(say, view.topic)
    joined = Mrkdwn("%s: %s" if locale is Locale.EN else "%s：%s") % (title, text)
    return message(joined, header(title), section(text), topics(say, view.topic))


def entry(one: Verb, locale: Locale) -> Block:
    """One command: what for, how, and lines to copy."""
    usage = one.usage_in(locale)
    examples = [Mrkdwn("`%s`") % line for line in one.examples_in(locale) if line != usage]
    shown = Mrkdwn(" · ").join(examples)
    return section(words(locale, "people/help").entry(one.purpose[locale], usage, one.alias, shown))


def page(say: Words, topic: Topic) -> tuple[Mrkdwn, Mrkdwn]:
    """Title and text of a topic."""
    if topic is Topic.WHO:
        return say.who_title(), say.who()
    if topic is Topic.PERIODS:
        return say.periods_title(), say.periods()
    return say.numbers_title(), say.numbers()


def topics(say: Words, shown: Topic) -> Block:
    """The other pages, in a list: buttons of one kind may not stand side by side."""
    titles = {
        Topic.COMMANDS: say.commands(),
        Topic.WHO: say.who_title(),
        Topic.PERIODS: say.periods_title(),
        Topic.NUMBERS: say.numbers_title(),
    }
    options = [
        option(title, HELP_OPEN.encode(HelpTopic(topic))) for topic, title in titles.items() if topic != shown
    ]
    return action_row(static_select(HELP_OPEN.id, options, placeholder=say.more()))
