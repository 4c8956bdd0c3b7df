"""What a schedule would post now, shown to one person alone: in a modal without pictures, or as a message."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.names import Locale
from domain.targets.views import Digest, Scope, ScopeKind
from templates.blocks import Block, Message, View, message, modal, section, without_new_blocks
from templates.formats import NAME, Reader
from templates.i18n import words
from templates.targets import digest_samples
from templates.targets import samples as s
from templates.text import Mrkdwn, shorten

FOLDER = "rules/preview"
_SHOWN = ("header", "section", "context")


@dataclass(frozen=True, slots=True)
class Preview:
    """The message a channel ("": the person themselves) would get, None where there is nothing to report.

    `made_up`: with numbers of nobody, for somebody who may not see the channel's.
    """

    channel: str
    message: Message | None
    made_up: bool = False


def made_up_digest(scope: Scope, currency: str = "CNY") -> Digest:
    """A digest of the right shape for whoever may not see the numbers of the scope."""
    progress = replace(s.behind(), scope=scope, currency=currency)
    if scope.kind is ScopeKind.COMPANY:
        return digest_samples.digest(progress, rows=digest_samples.regions(2), rows_are="regions", levers=())
    return digest_samples.digest(progress)


def build(view: Preview, *, locale: Locale, today: date, timezone: str = "UTC") -> View:
    """The modal on top of the form. Charts, tables and buttons cannot stand in one."""
    del today, timezone
    say = words(locale, FOLDER)
    if view.message is None:
        blocks: Sequence[Block] = [section(say.nothing(shorten(view.channel, NAME)))]
    else:
        shown = [block for block in without_new_blocks(view.message.blocks) if block["type"] in _SHOWN]
        # A heading stands at the top of a message, but here the note does.
        blocks = [
            *_headed(shown),
            *_notes(say.intro(shorten(view.channel, NAME)), view, locale),
            *_rest(shown),
        ]
    return modal(say.title(), blocks, callback_id="rules.preview", close=words(locale, "rules").close())


def build_test(view: Preview, *, locale: Locale, today: date, timezone: str = "UTC") -> Message:
    """The message as it would be, with a word on what it is."""
    del timezone
    say, reader = words(locale, FOLDER), Reader(locale, today)
    if view.message is None:
        said = say.nothing(shorten(view.channel, NAME)) if view.channel else say.nothing_own()
        return message(said, section(said))
    note = say.test(shorten(view.channel, NAME)) if view.channel else say.intro_own()
    blocks = view.message.blocks
    point = reader.sentences(note, _raw(view.message.text))
    return message(point, *_headed(blocks), *_notes(note, view, locale), *_rest(blocks))


def _notes(note: Mrkdwn, view: Preview, locale: Locale) -> list[Block]:
    notes = [note, words(locale, FOLDER).made_up()] if view.made_up else [note]
    return [section(text) for text in notes]


def _raw(text: str) -> str:
    """Text of a message that is made already: it is escaped, and will be again."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _headed(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block["type"] == "header"]


def _rest(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block["type"] != "header"]
