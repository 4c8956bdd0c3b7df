"""What is said when the domain says no, when something of ours broke, and when a share went out."""

from dataclasses import dataclass
from functools import reduce

from domain.names import Locale
from domain.refusals import (
    AmbiguousWho,
    NoShare,
    NotAllowed,
    NotYours,
    Refusal,
    TooMany,
    UnknownPeriodText,
    UnknownVerb,
    UnknownWho,
)
from templates.actions import HELP_OPEN, HelpTopic, Topic
from templates.blocks import Block, Message, action_row, button, message, section
from templates.commands import ROOT, TARGET, VERBS, verb
from templates.formats import in_order
from templates.i18n import words
from templates.text import Mrkdwn, shorten

TYPED = 60  # more of what somebody typed says nothing
EXAMPLES = 3


def refusal_message(refusal: Refusal, locale: Locale) -> Message:
    """The sentence for a refusal, with the nearest that would work and examples to copy."""
    said = sentence(refusal, locale)
    examples = examples_for(refusal, locale)
    if not examples:
        return message(said, section(said))
    say = words(locale, "refusals")
    shown = say.examples(Mrkdwn(" · ").join([Mrkdwn("`%s`") % line for line in examples]))
    return message(
        in_order(locale, said, shown),
        section(Mrkdwn("\n").join([said, shown])),
        help_button(refusal, locale),
    )


def trouble_message(reference: str, locale: Locale) -> Message:
    """Something of ours broke; the reference is in the log beside the trace."""
    said = words(locale, "refusals").ours(reference)
    return message(said, section(said))


def share_done_message(channel: str, locale: Locale) -> Message:
    """A progress has been shared; `channel` is the channel's name."""
    said = words(locale, "refusals").share_done(channel)
    return message(said, section(said))


def sentence(refusal: Refusal, locale: Locale) -> Mrkdwn:
    """What the domain refused, and why."""
    say = words(locale, "refusals")
    match refusal:
        case NotYours(sees):
            return say.not_yours_region() if sees == "region" else say.not_yours_own()
        case NotAllowed(right):
            return say.not_allowed_manage() if right == "manage" else say.not_allowed()
        case NoShare(why):
            return say.no_share_personal() if why == "personal" else say.no_share_no_channel()
        case TooMany(seconds):
            return say.too_many(max(1, seconds))
        case UnknownWho(text, nearest):
            return in_order(locale, say.unknown_who(shorten(text, TYPED)), meant(nearest, locale))
        case AmbiguousWho(text, candidates):
            which = say.which(either(candidates, locale)) if candidates else None
            return in_order(locale, say.ambiguous_who(shorten(text, TYPED)), which)
        case UnknownPeriodText(text, _):
            return say.unknown_period(shorten(text, TYPED))
        case UnknownVerb(text, nearest):
            close = (verb(nearest).command,) if nearest else ()
            return in_order(locale, say.unknown_verb(shorten(text, TYPED)), meant(close, locale))
    said: Mrkdwn = getattr(say, refusal.key if refusal.key in say else "refusal")()
    return said


def meant(names: tuple[str, ...], locale: Locale) -> Mrkdwn | None:
    """Did you mean …?"""
    return words(locale, "refusals").did_you_mean(either(names, locale)) if names else None


def either(names: tuple[str, ...], locale: Locale) -> Mrkdwn:
    """Up to three names, to choose from."""
    say = words(locale, "refusals")
    return reduce(say.either, [say.name(shorten(name, TYPED)) for name in names[:EXAMPLES]])


def examples_for(refusal: Refusal, locale: Locale) -> tuple[str, ...]:
    """Lines to copy that would have worked; none where nothing was typed wrong."""
    usual = TARGET.examples_in(locale)
    match refusal:
        case UnknownWho(_, names) | AmbiguousWho(_, names):
            named = tuple(f"{TARGET.command} {shorten(name, TYPED)}" for name in names)
            return (*named, *usual)[:EXAMPLES]
        case UnknownPeriodText(_, suggestions):
            return (*(f"{TARGET.command} {spelling}" for spelling in suggestions), *usual)[:EXAMPLES]
        case UnknownVerb():
            return (*tuple(one.command for one in VERBS if one.name != "day")[: EXAMPLES - 1], ROOT)
    return ()


def help_button(refusal: Refusal, locale: Locale) -> Block:
    """The page of the help that explains what was typed wrong."""
    topic = Topic.COMMANDS
    if isinstance(refusal, UnknownPeriodText):
        topic = Topic.PERIODS
    elif isinstance(refusal, UnknownWho | AmbiguousWho):
        topic = Topic.WHO
    label = words(locale, "refusals").open_help()
    return action_row(button(label, HELP_OPEN.use(HelpTopic(topic))))


@dataclass(frozen=True, slots=True)
class Said:
    """Any of the three, for the tests."""

    what: Refusal | str
    is_reference: bool = False


def build(view: Said, *, locale: Locale) -> Message:
    """The message for a refusal, a reference of ours, or a channel shared in."""
    if isinstance(view.what, Refusal):
        return refusal_message(view.what, locale)
    return (trouble_message if view.is_reference else share_done_message)(view.what, locale)
