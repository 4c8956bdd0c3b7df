"""Which channel is for what: the list, and the form for one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.names import Locale, Names
from domain.rules.views import Spot
from templates.actions import (
    CHANNEL_CHOSEN,
    CHANNEL_EDIT,
    CHANNEL_LANGUAGE,
    CHANNEL_NAME,
    CHANNEL_SAVE,
    ChannelUse,
    Page,
)
from templates.blocks import (
    Block,
    View,
    button,
    conversations_select,
    input_block,
    option,
    plain_text_input,
    section,
    static_select,
)
from templates.formats import NAME, Reader
from templates.forms import mark, sealed
from templates.i18n import words
from templates.rules.parts import AS_COMPANY, LANGUAGES, MOST_SHOWN, Note, page
from templates.text import Mrkdwn, shorten

FOLDER = "rules/channels"


@dataclass(frozen=True, slots=True)
class Use:
    """What a channel is for, and which it is ("": none); `region` 0: a purpose. `language`: its own, if any."""

    purpose: str
    region: int
    names: Names
    channel: str = ""
    language: Locale | None = None


@dataclass(frozen=True, slots=True)
class Channels:
    """Everything that can have a channel."""

    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class ChannelForm:
    """One of them with the values as they stand; `slack_id` of its channel where it is known."""

    use: Use
    shown: Mapping[Spot, Any]
    company_language: Locale
    slack_id: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """A channel with more members than its region has people."""

    use: Use
    members: int
    people: int


def name_of(use: Use, reader: Reader) -> Mrkdwn | str:
    """What it is for, in words."""
    if use.region:
        return reader.name(use.names)
    say = words(reader.locale, FOLDER)
    return {
        "company": say.for_company, "sales": say.for_sales, "purchasing": say.for_purchasing,
        "warehouse": say.for_warehouse, "finance": say.for_finance, "management": say.for_management,
        "operations": say.for_operations,
    }[use.purpose]()  # fmt: skip


def build(
    view: Channels, *, locale: Locale, today: date, timezone: str = "UTC", note: Note | None = None
) -> View:
    """The list."""
    say, reader = words(locale, FOLDER), Reader(locale, today, timezone=timezone)
    blocks = [_entry(use, reader) for use in view.uses[:MOST_SHOWN]]
    if len(view.uses) > MOST_SHOWN:
        blocks.append(section(say.more(len(view.uses) - MOST_SHOWN)))
    return page(say.title(), blocks, reader, callback_id="rules.channels", note=note)


def _entry(use: Use, reader: Reader) -> Block:
    say, shared = words(reader.locale, FOLDER), words(reader.locale, "rules")
    name = name_of(use, reader)
    channel = shorten(use.channel, NAME) or say.no_channel()
    text = (
        say.entry_language(name, channel, LANGUAGES[use.language])
        if use.language
        else say.entry(name, channel)
    )
    change = CHANNEL_EDIT.use(ChannelUse(use.purpose, use.region))
    return section(text, accessory=button(shared.change(), change, label=shared.change_label(name)))


def build_form(
    view: ChannelForm, *, locale: Locale, today: date, timezone: str = "UTC", note: Note | None = None
) -> View:
    """The form, filled in with what is set now."""
    say, reader = words(locale, FOLDER), Reader(locale, today, timezone=timezone)
    rev = mark(view.shown)
    languages = [option(say.as_company(LANGUAGES[view.company_language]), AS_COMPANY)]
    languages += [option(name, language.value) for language, name in LANGUAGES.items()]
    own = view.use.language
    blocks = [
        section(say.about(name_of(view.use, reader))),
        input_block(
            f"channel.{rev}", say.channel(), conversations_select(CHANNEL_CHOSEN, initial=view.slack_id),
            hint=say.channel_hint(), optional=True,
        ),
        input_block(
            f"name.{rev}", say.name(),
            plain_text_input(CHANNEL_NAME, initial="" if view.slack_id else view.use.channel, most=80),
            hint=say.name_hint(), optional=True,
        ),
        input_block(
            f"language.{rev}", say.language(),
            static_select(CHANNEL_LANGUAGE, languages, initial=own.value if own else AS_COMPANY),
        ),
    ]  # fmt: skip
    about = CHANNEL_EDIT.encode(ChannelUse(view.use.purpose, view.use.region))
    return page(
        say.form_title(), blocks, reader, callback_id=CHANNEL_SAVE, note=note, submit=say.save(),
        metadata=sealed(about, view.shown), back=Page.CHANNELS,
    )  # fmt: skip


def set_note(use: Use, audience: Audience | None = None) -> Note:
    """What is so now, and who else reads it."""

    def note(reader: Reader) -> Mrkdwn:
        say, name = words(reader.locale, FOLDER), name_of(use, reader)
        if not use.channel:
            return say.set_to_none(name)
        channel = shorten(use.channel, NAME)
        wide = say.wide(channel, audience.members, name, audience.people) if audience else None
        return reader.sentences(say.set_to(name, channel), wide)

    return note


def error_words(why: str, locale: Locale) -> str:
    """What is wrong with a field: `bad_name`, `not_seen`, `two_channels`."""
    say = words(locale, FOLDER)
    told = {"bad_name": say.bad_name, "not_seen": say.not_seen, "two_channels": say.two_channels}
    return told[why]()
