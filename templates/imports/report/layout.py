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
    sentence, fix = _SPOKEN.get(problem.reason, _alone)(say, problem, locale)
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


def _macros(say: Words, problem: Problem) -> tuple[Callable[..., Mrkdwn], Callable[..., Mrkdwn]]:
    return getattr(say, problem.reason.value), getattr(say, f"{problem.reason.value}_fix")


def _alone(say: Words, problem: Problem, locale: Locale) -> Pair:
    """Reasons that need nothing more said."""
    what, fix = _macros(say, problem)
    return what(), fix()


def _named(say: Words, problem: Problem, locale: Locale) -> Pair:
    """Reasons whose fix lists the hints: allowed or similar values, or the two readings."""
    what, fix = _macros(say, problem)
    return what(), fix(_listed(problem.hints, locale))


def _what_named(say: Words, problem: Problem, locale: Locale) -> Pair:
    """Reasons whose sentence lists the hints."""
    what, fix = _macros(say, problem)
    return what(_listed(problem.hints, locale)), fix()


def _limited(say: Words, problem: Problem, locale: Locale) -> Pair:
    """Reasons with a limit and a size."""
    what, fix = _macros(say, problem)
    limit, size, unit = [*problem.hints, "", "", ""][:3]
    if problem.reason is Reason.TOO_LARGE:
        return what(_grouped(limit), _grouped(size), unit), fix()
    return what(_grouped(limit), _grouped(size)), fix()


def _fix_limited(say: Words, problem: Problem, locale: Locale) -> Pair:
    """Reasons whose fix names the limit."""
    what, fix = _macros(say, problem)
    limit = _grouped(problem.hints[0]) if problem.hints else ""
    return what(), fix(limit)


def _both(say: Words, problem: Problem, locale: Locale) -> Pair:
    """Reasons with kinds of their own."""
    what, fix = _macros(say, problem)
    kind = problem.hints[0] if problem.hints else ""
    return (what(kind), fix()) if problem.reason is Reason.CODE_CHANGED else (what(kind), fix(kind))


def _short(value: str) -> str:
    return texts.shorten(value, VALUE)


def _grouped(number: str) -> str:
    return f"{int(number):,}" if number.isdecimal() else _short(number)


def _listed(names: tuple[str, ...], locale: Locale) -> Mrkdwn:
    shown = [_short(name) for name in names[:MOST_HINTS]] + ["…"] * (len(names) > MOST_HINTS)
    return Mrkdwn(", " if locale is Locale.EN else "、").join(shown)


_SPOKEN: dict[Reason, Callable[[Words, Problem, Locale], Pair]] = {
    Reason.NOT_A_SPREADSHEET: _both,
    Reason.CODE_CHANGED: _both,
    Reason.TOO_LARGE: _limited,
    Reason.TOO_MANY_ROWS: _limited,
    Reason.TOO_LONG: _fix_limited,
    Reason.TOO_BIG: _fix_limited,
    Reason.NOT_A_MONTH: _named,
    Reason.DUPLICATE_COLUMN: _what_named,
    Reason.AMBIGUOUS_DATE: _what_named,
    Reason.UNKNOWN_TABLE: _named,
    Reason.MISSING_COLUMN: _named,
    Reason.UNKNOWN_COLUMN: _named,
    Reason.MAPPING_FAILED: _named,
    Reason.NOT_A_NUMBER: _named,
    Reason.NOT_A_CHOICE: _named,
    Reason.UNKNOWN_REFERENCE: _named,
}
