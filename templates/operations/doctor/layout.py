"""What the doctor found: for an admin in Slack, and as lines of a terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.monitoring.findings import Fact, Finding, Level
from domain.names import Locale
from templates import text as texts
from templates.blocks import Block, Message, context, header, message, section
from templates.formats import Reader
from templates.i18n import words
from templates.text import Mrkdwn, shorten

FOLDER = "operations/doctor"
MARKS = {Level.OK: "✓", Level.WARN: "!", Level.ERROR: "✗"}
MOST_SHOWN = 20
MOST_LISTED = 8
VALUE = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One finding in words; `fix` is empty where there is nothing to do."""

    finding: Finding
    says: str
    fix: str = ""

    @property
    def mark(self) -> str:
        """✓, ! or ✗."""
        return MARKS[self.finding.level]


@dataclass(frozen=True, slots=True)
class Doctor:
    """All findings, and whether those that ask Slack and the tables of holidays are among them."""

    findings: tuple[Finding, ...]
    whole: bool = False


def build(view: Doctor, *, locale: Locale, today: date, timezone: str) -> Message:
    """For Slack: what is wrong first, each with what to do; what is in order in one paragraph."""
    reader = Reader(locale, today, timezone=timezone)
    say = words(reader.locale, FOLDER)
    wrong = sorted(
        (f for f in view.findings if f.level is not Level.OK), key=lambda f: f.level is not Level.ERROR
    )
    title = _title(wrong, reader)
    shown = [_block(finding, reader) for finding in wrong[:MOST_SHOWN]]
    hidden = len(wrong) - len(shown)
    more = section(say.more({"count": reader.number(hidden)})) if hidden else None
    where = None if view.whole else context(say.on_the_machine({}))
    return message(title, header(title), *shown, more, _fine(view.findings, reader), where)


def lines(findings: Sequence[Finding], *, reader: Reader) -> list[Line]:
    """For a terminal: every finding in the order it was made, without Slack's marks."""
    return [
        Line(finding, texts.raw(sentence(finding, reader)), texts.raw(fix(finding, reader)))
        for finding in findings
    ]


def summary(findings: Sequence[Finding], *, reader: Reader) -> str:
    """How it stands, in a line."""
    return texts.raw(_title([f for f in findings if f.level is not Level.OK], reader))


def sentence(finding: Finding, reader: Reader) -> Mrkdwn:
    """What was found."""
    said: Mrkdwn = getattr(words(reader.locale, FOLDER), finding.key)(facts(finding.facts, reader))
    return said


def fix(finding: Finding, reader: Reader) -> Mrkdwn:
    """What to do about it; empty where all is well."""
    if finding.level is Level.OK:
        return Mrkdwn("")
    said: Mrkdwn = getattr(words(reader.locale, FOLDER), f"{finding.key}_fix")(facts(finding.facts, reader))
    return said


def facts(given: Mapping[str, Fact], reader: Reader) -> dict[str, str]:
    """The figures as they are read."""
    return {name: _read(value, reader) for name, value in given.items()}


def _read(value: Fact, reader: Reader) -> str:
    if isinstance(value, tuple):
        kept = [shorten(texts.clean(item), VALUE) for item in value[:MOST_LISTED]]
        return reader.listed([*kept, *["…"] * (len(value) > MOST_LISTED)])
    if isinstance(value, datetime):
        return reader.moment(value)
    if isinstance(value, date):
        return reader.day(value)
    if isinstance(value, int):
        return reader.number(value)
    return shorten(texts.clean(value), VALUE) or reader.not_known


def _title(wrong: Sequence[Finding], reader: Reader) -> Mrkdwn:
    say = words(reader.locale, FOLDER)
    errors = sum(finding.level is Level.ERROR for finding in wrong)
    if errors:
        return say.title_broken({"count": reader.number(errors)})
    return say.title_look({"count": reader.number(len(wrong))}) if wrong else say.title_fine({})


def _block(finding: Finding, reader: Reader) -> Block:
    said = Mrkdwn("%s %s\n%s") % (
        Mrkdwn(MARKS[finding.level]),
        sentence(finding, reader),
        fix(finding, reader),
    )
    return section(said)


def _fine(findings: Sequence[Finding], reader: Reader) -> Block | None:
    good = [sentence(finding, reader) for finding in findings if finding.level is Level.OK]
    if not good:
        return None
    say = words(reader.locale, FOLDER)
    return section(Mrkdwn("\n").join([say.in_order({}), *(Mrkdwn("✓ %s") % said for said in good)]))
