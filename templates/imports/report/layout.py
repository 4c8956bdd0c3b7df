"""What became of an import: counts, or everything that is wrong with its files and how to put it right."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.imports.problems import Problem, Reason
from domain.names import Locale
from templates import text as texts
from templates.blocks import Block, Message, header, message, section
from templates.formats import in_order
from templates.i18n import Words, words
from templates.text import Mrkdwn

MOST_SHOWN = 15
VALUE = 60  # of a value, name or hint; the file itself has the rest
REASON = 400  # of what a database says
MOST_HINTS = 6


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of one canonical table."""

    table: str
    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Report:
    """An import: `written` False for a preview, and always where there are problems.

    `more` is how many problems were counted but not kept.
    """

    counts: tuple[Counts, ...] = ()
    problems: tuple[Problem, ...] = ()
    more: int = 0
    written: bool = True


def build(view: Report, *, locale: Locale) -> Message:
    """For Slack: the outcome, the worst of it, and counts."""
    said = outcome(view, locale)
    shown = [section(problem_words(problem, locale)) for problem in view.problems[:MOST_SHOWN]]
    hidden = len(view.problems) - len(shown) + view.more
    return message(said, header(said.strip("。.")), *shown, more(hidden, locale), counts(view, locale))


def lines(view: Report, locale: Locale) -> list[str]:
    """For a terminal: the same, every problem a line."""
    said = [outcome(view, locale)]
    said += [problem_words(problem, locale) for problem in view.problems]
    if view.more:
        say = words(locale, "imports/report")
        said.append(say.more(view.more, f"{view.more:,}"))
    said += [count_words(one, locale) for one in view.counts]
    return [texts.raw(line) for line in said]


def problem_line(problem: Problem, locale: Locale) -> str:
    """One problem as a line of plain text."""
    return texts.raw(problem_words(problem, locale))


def outcome(view: Report, locale: Locale) -> Mrkdwn:
    """What became of it, in a sentence."""
    say = words(locale, "imports/report")
    total = len(view.problems) + view.more
    if total:
        return say.refused(total, f"{total:,}")
    if not view.written:
        return say.preview()
    touched = any(one.new or one.changed for one in view.counts)
    return say.imported() if touched else say.nothing_new()


def problem_words(problem: Problem, locale: Locale) -> Mrkdwn:
    """Where, what and how to put it right."""
    say = words(locale, "imports/report")
    row = f"{problem.row:,}" if problem.row else ""
    place = say.place(_short(problem.file), row, _short(problem.column), _short(problem.value))
    sentence, fix = _SPOKEN.get(problem.reason, _alone)(Told.of(problem, locale))
    return say.problem(place, in_order(locale, sentence, fix))


def more(hidden: int, locale: Locale) -> Block | None:
    """How many problems are not shown."""
    if not hidden:
        return None
    return section(words(locale, "imports/report").more(hidden, f"{hidden:,}"))


def counts(view: Report, locale: Locale) -> Block | None:
    """A line per table."""
    if not view.counts:
        return None
    return section(Mrkdwn("\n").join([count_words(one, locale) for one in view.counts]))


def count_words(one: Counts, locale: Locale) -> Mrkdwn:
    """New, changed and unchanged rows of one table."""
    say = words(locale, "imports/report")
    return say.counts(one.table, f"{one.new:,}", f"{one.changed:,}", f"{one.unchanged:,}")


Pair = tuple[Mrkdwn, Mrkdwn]


@dataclass(frozen=True, slots=True)
class Told:
    """A problem, with the two macros of its reason: what is wrong, and how to put it right."""

    problem: Problem
    locale: Locale
    what: Callable[..., Mrkdwn]
    fix: Callable[..., Mrkdwn]

    @classmethod
    def of(cls, problem: Problem, locale: Locale) -> "Told":
        """By the name of the reason."""
        say: Words = words(locale, "imports/report")
        name = problem.reason.value
        return cls(problem, locale, getattr(say, name), getattr(say, f"{name}_fix"))

    def hint(self, at: int) -> str:
        """One of the hints; a number in groups, nothing where there is none."""
        hints = self.problem.hints
        if at >= len(hints):
            return ""
        return f"{int(hints[at]):,}" if hints[at].isdecimal() else _short(hints[at])

    def hints(self) -> Mrkdwn:
        """All of them, one after the other."""
        every = self.problem.hints
        shown = [_short(name) for name in every[:MOST_HINTS]] + ["…"] * (len(every) > MOST_HINTS)
        return Mrkdwn(", " if self.locale is Locale.EN else "、").join(shown)


def _alone(told: Told) -> Pair:
    """Reasons that need nothing more said."""
    return told.what(), told.fix()


def _named(told: Told) -> Pair:
    """Reasons whose fix lists the hints: allowed or similar values, or the readings there are."""
    return told.what(), told.fix(told.hints())


def _what_named(told: Told) -> Pair:
    """Reasons whose sentence lists the hints."""
    return told.what(told.hints()), told.fix()


def _limited(told: Told) -> Pair:
    """Reasons with a limit and a size."""
    return told.what(told.hint(0), told.hint(1)), told.fix()


def _sized(told: Told) -> Pair:
    """The same, with what was counted."""
    return told.what(told.hint(0), told.hint(1), told.hint(2)), told.fix()


def _fix_limited(told: Told) -> Pair:
    """Reasons whose fix names the limit."""
    return told.what(), told.fix(told.hint(0))


def _of_a_kind(told: Told) -> Pair:
    """Reasons that come in several kinds, told by the hint."""
    return told.what(told.hint(0)), told.fix(told.hint(0))


def _named_if_hinted(told: Told) -> Pair:
    """A mapping folder without SQL files (it lists what it may hold), or a file without rows."""
    return told.what(told.hints()), told.fix(told.hints())


def _table(told: Told) -> Pair:
    """A name that is no table's, or a file that might be one of several tables."""
    named = bool(told.problem.value)
    return told.what(named), told.fix(named, told.hints())


def _failed(told: Told) -> Pair:
    """SQL or settings that cannot be read, with the reason given; a fallback that is not there."""
    problem = told.problem
    if problem.value:
        return told.what("fallback"), told.fix("fallback", told.hints())
    kind = "settings" if problem.file.endswith(".toml") else "sql"
    return told.what(kind), told.fix(kind, texts.shorten(" ".join(problem.hints), REASON))


def _repeated(told: Told) -> Pair:
    """A key that stands elsewhere: in a row of the file, or with somebody who is here already."""
    other = told.problem.hints[0] if told.problem.hints else ""
    in_row = other.isdecimal() and told.problem.column != "email"
    return told.what(told.hint(0) if in_row else "", "" if in_row else _short(other)), told.fix()


def _short(value: str) -> str:
    return texts.shorten(value, VALUE)


_SPOKEN: dict[Reason, Callable[[Told], Pair]] = {
    Reason.NOT_A_SPREADSHEET: _of_a_kind,
    Reason.CODE_CHANGED: _of_a_kind,
    Reason.TOO_LARGE: _sized,
    Reason.TOO_MANY_ROWS: _limited,
    Reason.TOO_LONG: _fix_limited,
    Reason.TOO_BIG: _fix_limited,
    Reason.NOT_A_MONTH: _named,
    Reason.DUPLICATE_COLUMN: _what_named,
    Reason.AMBIGUOUS_DATE: _what_named,
    Reason.UNKNOWN_TABLE: _table,
    Reason.EMPTY: _named_if_hinted,
    Reason.REPEATED_KEY: _repeated,
    Reason.MISSING_COLUMN: _named,
    Reason.UNKNOWN_COLUMN: _named,
    Reason.MAPPING_FAILED: _failed,
    Reason.NOT_A_NUMBER: _named,
    Reason.NOT_A_CHOICE: _named,
    Reason.UNKNOWN_REFERENCE: _named,
}
