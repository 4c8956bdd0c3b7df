"""The steps behind the buttons of the welcome: what to do, with lines to copy."""

from dataclasses import dataclass
from enum import StrEnum

from domain.names import Locale
from templates.actions import COMPANY_PAGE, CompanyPage, Page
from templates.blocks import Block, Message, action_row, button, header, message, section
from templates.i18n import words
from templates.text import Mrkdwn

SETTINGS = """[channels]
company = "#company"
sales = "#sales"

[channels.regions]
"East" = "#east\""""
IMPORT_SETTINGS = "partsplan import settings.toml"
IMPORT = """partsplan import people.xlsx orders.xlsx targets.xlsx --dry-run
partsplan import people.xlsx orders.xlsx targets.xlsx"""
MAPPING = "partsplan import EXPORT_FOLDER --mapping MAPPING_FOLDER --dry-run"
DEMO = "partsplan demo"


class Step(StrEnum):
    """A button of the welcome."""

    CHANNELS = "channels"
    DATA = "data"
    INVITE = "invite"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Setup:
    """The step asked about."""

    step: Step


def build(view: Setup, *, locale: Locale) -> Message:
    """For whoever sets PartsPlan up."""
    say = words(locale, "people/setup")
    if view.step is Step.CHANNELS:
        settings = button(
            words(locale, "people").company_settings(), COMPANY_PAGE.use(CompanyPage(Page.CHANNELS))
        )
        lines = (copied(SETTINGS), copied(IMPORT_SETTINGS))
        return _step(say.channels_title(), say.channels(), *lines, actions=action_row(settings))
    if view.step is Step.DATA:
        erp = Mrkdwn("%s\n%s") % (say.data_erp(), copied(MAPPING))
        return _step(say.data_title(), say.data(), copied(IMPORT), erp)
    if view.step is Step.INVITE:
        announcement = words(locale, "people/welcome").announcement()
        return _step(say.invite_title(), say.invite(), Mrkdwn("```%s```") % announcement)
    return _step(say.sample_title(), say.sample(), copied(DEMO))


def copied(lines: str) -> Mrkdwn:
    """Lines to copy as they are. They are ours: nothing in them has to be escaped or hidden."""
    return Mrkdwn(f"```{lines}```")


def _step(title: Mrkdwn, text: Mrkdwn, *more: Mrkdwn, actions: Block | None = None) -> Message:
    return message(
        Mrkdwn(" ").join([title, Mrkdwn("–"), text]),
        header(title),
        section(text),
        *(section(part) for part in more),
        actions,
    )
