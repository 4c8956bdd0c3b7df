"""A region's or the company's progress that somebody has shown to a channel."""

from dataclasses import dataclass, replace
from datetime import date

from domain.names import Locale, Names
from domain.targets.views import Progress, ScopeKind
from templates.blocks import Message, action_row, context, message, section
from templates.formats import Reader
from templates.i18n import words
from templates.targets.pace import Said
from templates.targets.progress.layout import buttons, caveats, paragraph
from templates.text import Mrkdwn


@dataclass(frozen=True, slots=True)
class Shared:
    """What is shown and who shows it. ValueError for a person's numbers: they never go to a channel."""

    progress: Progress
    by: Names

    def __post_init__(self) -> None:
        if self.progress.scope.kind is ScopeKind.PERSON:
            raise ValueError("a person's numbers never go to a channel")


def build(view: Shared, *, locale: Locale, today: date, currency: str, timezone: str = "UTC") -> Message:
    """In the channel's language; what a reader may open further is checked at the click."""
    progress = replace(view.progress, may_share=False)
    said = Said.of(progress, Reader(locale, today, currency, timezone))
    shared_by = words(locale, "targets/shared").shared_by(said.reader.name(view.by))
    return message(
        said.reader.sentences(said.headline(), shared_by),
        section(paragraph(said)),
        caveats(said),
        action_row(*buttons(said)),
        context(Mrkdwn(" · ").join([shared_by, said.as_of()])),
    )
