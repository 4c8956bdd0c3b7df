"""User text is shown letter by letter, whatever it tries."""

import doctest
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import refusals
from domain.imports.problems import Problem, Reason
from domain.names import Locale, Names
from domain.targets.views import ChannelSales, Lever, Scope, ScopeKind
from sandbox import mrkdwn
from templates import formats, text
from templates.blocks import Message, check_message, section
from templates.imports.report.layout import Report, problem_line
from templates.imports.report.layout import build as report
from templates.refusals.layout import refusal_message
from templates.targets import digest_samples, samples
from templates.targets.daily_progress_region.layout import build as digest
from templates.targets.progress.layout import build as progress
from templates.targets.shared.layout import Shared
from templates.targets.shared.layout import build as shared
from templates.text import Mrkdwn, clean, escape, safe, shorten
from tests.templates.discovery import strings, text_objects

ATTACKS = (
    "<!channel>", "<@U1>", "<https://x|y>", "&lt;!here&gt;", "{{7*7}}", "{% raw %}", "\u202e", "*bold*",
    "_it_",
    "~no~", "`code`", "```", ":tada:", "> quoted", "\n> quoted", "%(name)s", "%", "\ud800", "\x00", "a\\b",
    '"', "'",
    "BP_0012_X", "*", "_", "👩‍🔧", "ｎ", "\ue000", "\u2028",
)  # fmt: skip
anything = st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(max_size=12)), max_size=6).map("".join)
FORBIDDEN = ("italic", "strike", "user", "channel", "broadcast", "group", "date", "emoji", "quote")


def kinds(nodes: tuple[mrkdwn.Node, ...]) -> set[str]:
    found = {node.kind for node in nodes}
    return found.union(*(kinds(node.children) for node in nodes)) if nodes else found


def words(nodes: tuple[mrkdwn.Node, ...]) -> str:
    parts = [{"newline": "\n"}.get(n.kind, n.text) + words(n.children) for n in nodes]
    return "".join(parts)


def shown(message: Message) -> str:
    """What a person sees in the blocks, by the sandbox's reading of mrkdwn."""
    found = []
    for one in text_objects(message.blocks):
        marked = one["type"] == "mrkdwn"
        found.append(words(mrkdwn.parse(one["text"])) if marked else mrkdwn.unescape(one["text"]))
    cells = [c["text"] for b in message.blocks if b["type"] == "table" for row in b["rows"] for c in row]
    return "\n".join([*found, *map(mrkdwn.unescape, cells)])


def harmless(message: Message) -> None:
    """Nothing in it notifies, links or formats but what we wrote."""
    check_message(message)
    for string in strings({"text": message.text, "blocks": message.blocks}):
        assert not any(start in string for start in ("<!", "<@", "<#", "<http", "<"))
        assert not any("\ue000" <= letter <= "\ue00f" for letter in string)
        string.encode()
    for one in text_objects(message.blocks):
        if one["type"] == "mrkdwn":
            assert one["verbatim"] is True
            assert not kinds(mrkdwn.parse(one["text"])) & set(FORBIDDEN)
        else:
            assert one["emoji"] is False


def appears(written: str, message: Message) -> bool:
    """The text as it was written (a long one: its beginning), spaces aside."""
    wanted = "".join(clean(written).split())[:25]
    return wanted in "".join(shown(message).split())


READING = {"locale": Locale.EN, **samples.READING}


@settings(max_examples=60, deadline=None)
@given(anything, st.sampled_from(list(Locale)))
def test_a_name_in_a_progress(written: str, locale: Locale) -> None:
    scope = Scope(ScopeKind.REGION, 3, Names(written, written, written))
    outside = (ChannelSales(written, Decimal(5), 2, 1),)
    view = samples.hostile(scope, outside=outside)
    made = progress(view, locale=locale, **samples.READING)
    harmless(made)
    assert appears(written, made)
    by = shared(Shared(view, Names(written)), locale=locale, **samples.READING)
    harmless(by)
    assert appears(written, by)


@settings(max_examples=60, deadline=None)
@given(anything, anything, st.sampled_from(list(Locale)))
def test_names_in_a_digest(category: str, group: str, locale: Locale) -> None:
    names = Names(category, category, category)
    lever = Lever(names, group, Decimal(1), Decimal(3), Decimal(2))
    row = digest_samples.category_row(names, "1", "2")
    view = replace(digest_samples.hostile(), rows=(row,), levers=(lever,))
    made = digest(view, locale=locale, **samples.READING, channel=group)
    harmless(made)
    assert appears(category, made) and appears(group, made)


@settings(max_examples=60, deadline=None)
@given(anything, anything, st.sampled_from(list(Locale)))
def test_what_was_typed_in_a_refusal(typed: str, near: str, locale: Locale) -> None:
    for refusal in (
        refusals.UnknownWho(typed, (near,)),
        refusals.AmbiguousWho(typed, (near, near)),
        refusals.UnknownPeriodText(typed, (near,)),
        refusals.UnknownVerb(typed, ""),
    ):
        made = refusal_message(refusal, locale)
        harmless(made)
        assert appears(typed, made)


@settings(max_examples=60, deadline=None)
@given(anything, anything, st.sampled_from(list(Reason)), st.sampled_from(list(Locale)))
def test_values_in_a_report(value: str, hint: str, reason: Reason, locale: Locale) -> None:
    problem = Problem(value, reason, 3, value, value, (hint,) if hint else ())
    made = report(Report(problems=(problem,)), locale=locale)
    harmless(made)
    assert appears(value, made)
    line = problem_line(problem, locale)
    assert "\n" not in line and "".join(clean(value).split())[:25] in "".join(line.split())


@given(anything)
def test_escaping_takes_three_characters_and_no_more(written: str) -> None:
    escaped = escape(written)
    assert mrkdwn.unescape(escaped) == clean(written)
    assert set("<>").isdisjoint(escaped)
    assert clean(clean(written)) == clean(written)


@given(anything, st.integers(1, 40))
def test_shortening_cuts_no_grapheme_and_no_escape(written: str, limit: int) -> None:
    escaped = escape(written)
    cut = shorten(escaped, limit)
    assert len(cut) <= max(limit, 1)
    if cut != escaped:
        kept = cut.removesuffix("…")
        assert cut.endswith("…") and escaped.startswith(kept)
        assert "&" not in kept or ";" in kept[kept.rfind("&") :]
        assert not (
            kept.endswith("\u200d") or escaped[len(kept) :].startswith(("\u200d", "\ufe0f", "\u0301"))
        )


@pytest.mark.parametrize(
    ("written", "formats_text"),
    [("BP_0012_X", True), ("plain", True), ("a*b", True), ("*a", False), ("_x_", False), ("10:42", True),
     (":tada:", False), ("`", False), ("~5", False), ("> x", False)],
)  # fmt: skip
def test_ours_is_bold_unless_theirs_could_be(written: str, formats_text: bool) -> None:
    made = section(Mrkdwn("%s *ours* here") % written)["text"]
    assert (made["type"] == "mrkdwn") is formats_text
    assert ("*ours*" in made["text"]) is formats_text
    assert made["text"].startswith(escape(written))


def test_safe_text_stays_safe_in_whatever_is_made_of_it() -> None:
    bold = Mrkdwn("*%(who)s*") % {"who": "<a>"}
    assert safe(bold) is bold
    for made in (
        bold + "<b>",
        Mrkdwn(", ").join([bold, "<b>"]),
        Mrkdwn("%s%s") % (bold, "<b>"),
        bold.strip(),
    ):
        assert isinstance(made, Mrkdwn) and "<" not in made
    assert bold[1:].startswith("&lt;")


@pytest.mark.parametrize("module", [text, formats])
def test_the_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
