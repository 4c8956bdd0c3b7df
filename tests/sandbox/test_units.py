"""The small parts: clock, mrkdwn, manifest, ids, signing, Markdown, charts, guard of imports."""

from __future__ import annotations

import ast
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sandbox
from sandbox import RealClock, VirtualClock, mrkdwn
from sandbox.deliver.transport import signature
from sandbox.ids import Ids
from sandbox.manifest import problems
from sandbox.page import charts, markdown
from sandbox.page.rich import Html
from sandbox.reading import Reader
from sandbox.settings import Settings
from sandbox.state import State
from tests.sandbox.bots import manifest


@pytest.fixture
def reader() -> Reader:
    return Reader(State("Test", 1, VirtualClock(), Settings()))


def test_slacks_own_signature_vector() -> None:
    body = (
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    wanted = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body.encode()) == wanted


def test_a_virtual_clock_runs_what_falls_due_in_order() -> None:
    clock = VirtualClock(100)
    seen: list[tuple[str, float]] = []
    clock.at(105, lambda: seen.append(("b", clock.now())))
    clock.at(
        103, lambda: (seen.append(("a", clock.now())), clock.at(104, lambda: seen.append(("c", clock.now()))))
    )  # type: ignore[arg-type, return-value]
    clock.at(102, lambda: seen.append(("no", 0))).cancel()
    clock.advance(5)
    assert seen == [("a", 103), ("c", 104), ("b", 105)]
    assert clock.now() == 105
    with pytest.raises(ValueError, match="backwards"):
        clock.advance(-1)


def test_a_real_clock_runs_jobs_by_itself() -> None:
    clock, done = RealClock(), threading.Event()
    clock.at(clock.now() + 0.02, done.set)
    assert done.wait(2)
    clock.close()


def test_ids_repeat_with_the_seed() -> None:
    one, two = Ids(4), Ids(4)
    assert [one.make("U") for _ in range(3)] == [two.make("U") for _ in range(3)]
    assert one.ts(1.0) < one.ts(1.0) < one.ts(0.5)


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("*bold* and _italic_", "bold and italic", "<strong>bold</strong> and <em>italic</em>"),
        ("2 * 3 * 4", "2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name", "snake_case_name"),
        ("*庫存*不足", "庫存不足", "<strong>庫存</strong>不足"),
        ("a &lt;b&gt; &amp; c", "a <b> & c", "a &lt;b&gt; &amp; c"),
        ("`*code*`", "*code*", "<code>*code*</code>"),
        ("<javascript:alert(1)|click>", "click", "click"),
        ("<https://a.example/?x=1&amp;y=2|A>", "A", None),
        ("~old~ :x:", "old ❌", '<s>old</s> <span class="emoji">❌</span>'),
        ("<!channel> now", "@channel now", '<span class="mention loud">@channel</span> now'),
        ("&gt; quoted\nafter", "\nquoted\nafter", "<blockquote>quoted</blockquote>after"),
        ("<script>alert(1)</script>", "script" + "alert(1)" + "/script", "scriptalert(1)/script"),
        ("<!date^notatime^{date}|soon>", "soon", "<time>soon</time>"),
    ],
)
def test_mrkdwn(reader: Reader, text: str, words: str, html: str | None) -> None:
    assert reader.mrkdwn(text) == words
    made = str(Html(reader).text({"type": "mrkdwn", "text": text}))
    if html is None:
        assert made.startswith('<a href="https://a.example/?x=1&amp;y=2" target="_blank" rel="noopener')
    else:
        assert made == html


HOSTILE = st.text(alphabet=st.sampled_from(list("<>&|*_~`:\n!@#^\"' javscript:/()[]xＡ庫")), max_size=60)


@given(HOSTILE)
def test_no_text_becomes_markup_of_its_own(text: str) -> None:
    reader = Reader(State("Test", 1, VirtualClock(), Settings()))
    for made in (str(Html(reader).text(text)), str(markdown.render(text))):
        assert "<script" not in made.lower()
        assert 'href="javascript' not in made.lower()
        # fmt: off
        allowed = [
            "a", "strong", "em", "s", "code", "pre", "blockquote", "br", "span", "time", "p", "ul",
            "ol", "li", "h3", "h4", "h5", "h6", "hr", "table", "thead", "tbody", "tr", "th", "td",
        ]
        # fmt: on
        for piece in made.split("<")[1:]:
            assert piece.lstrip("/").split(">")[0].split(" ")[0] in allowed


@given(st.text(max_size=80))
def test_the_parser_takes_anything(text: str) -> None:
    assert isinstance(mrkdwn.parse(text), tuple)


def test_markdown() -> None:
    made = str(
        markdown.render("# A\n**b** [c](https://x.example)\n- [x] d\n\n| e |\n|---|\n| f |\n```\n<g>\n```")
    )
    for part in (
        "<h3>A</h3>",
        "<strong>b</strong>",
        'href="https://x.example"',
        "☑ d",
        "<td>f</td>",
        "&lt;g&gt;",
    ):
        assert part in made


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_ticks_cover(a: float, b: float) -> None:
    low, high = sorted((a, b))
    marks = charts.ticks(low, high)
    slack = 1e-6 * max(1, high - low)
    assert marks[0] <= low + slack
    assert marks[-1] >= high - slack
    assert 2 <= len(marks) <= 12


def test_charts_are_escaped_pictures() -> None:
    series = [{"name": "<b>", "data": [{"label": "<i>", "value": 3}]}]
    for kind in ("line", "bar", "area"):
        chart = {"type": kind, "series": series, "axis_config": {"categories": ["<i>"], "x_label": "<x>"}}
        made = str(charts.draw({"title": "<t>", "chart": chart}))
        assert made.startswith("<svg")
        assert "<i>" not in made
        assert "<x>" not in made
    pie = {"type": "pie", "segments": [{"label": "all", "value": 1}]}
    assert "100%" in str(charts.draw({"title": "t", "chart": pie}))


def test_manifests() -> None:
    assert problems(manifest()) == []
    bad = manifest(name="x" * 36)
    bad["features"]["slash_commands"].append({"command": "Stock", "description": ""})
    bad["features"]["shortcuts"].append(
        {"name": "x" * 25, "type": "odd", "callback_id": "", "description": "d"}
    )
    bad["settings"]["event_subscriptions"]["bot_events"] = ["e"] * 101
    found = "\n".join(problems(bad))
    for part in ("display_information.name", "slash_commands[2].command", "shortcuts[2].type", "at most 100"):
        assert part in found


def test_the_sandbox_imports_nothing_of_ours() -> None:
    ours = {"bot", "cli", "domain", "gateways", "jobs", "templates"}
    for file in Path(sandbox.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not ours & {n.split(".")[0] for n in names}, file


def test_sizes() -> None:
    here = Path(sandbox.__file__).parent
    for file in [*here.rglob("*.py"), *here.rglob("*.js"), *here.rglob("*.css"), *here.rglob("*.html")]:
        text = file.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, file
        if file.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 60, (file, node.name)
