"""Every message x language x sample: within Slack's limits, in good order, and as we last read it.

After a change look at the goldens' text files and then accept them:

    .venv/bin/python -m pytest tests/templates --snapshot-update
"""

import json
import re
from collections import Counter

import pytest

from domain.names import Locale
from sandbox.validate import check_message_blocks, check_view_or_refuse
from templates.actions import ACTIONS, FIELDS
from templates.blocks import check_blocks, check_message, check_view, without_new_blocks
from templates.i18n import ROOM
from tests.templates.discovery import (
    GOLDENS,
    OBLIGATORY,
    Rendered,
    everything,
    folders,
    plain_text,
    render,
    samples,
    text_objects,
)

SMALL_WORDS = {"a", "an", "the", "of", "to", "in", "for", "and", "or", "on"}
EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
RANK = {"header": 0, "actions": 2, "context": 3}


def ours() -> list[Rendered]:
    """Renderings whose every word is ours or a sample's well-behaved name."""
    return [r for r in everything() if "hostile" not in r.name and "longest" not in r.name]


@pytest.mark.parametrize("folder", folders())
def test_a_message_folder_is_complete(folder: str) -> None:
    for name in ("layout.py", "words.j2", "sample.py"):
        assert (ROOM / folder / name).is_file(), f"{folder} has no {name}"
    assert set(OBLIGATORY) <= samples(folder).keys()


def test_every_layout_is_found() -> None:
    assert {p.parent.relative_to(ROOM).as_posix() for p in ROOM.rglob("layout.py")} - {"blocks"} == set(
        folders()
    )


def test_slack_would_take_every_message() -> None:
    for rendered in everything():
        if rendered.is_view:
            check_view(rendered.made)
            check_view_or_refuse(rendered.made, {}, ("modal", "home"))
        else:
            check_message(rendered.made)
            check_message_blocks(rendered.blocks, {})


def test_a_workspace_without_the_newest_blocks_still_gets_the_words() -> None:
    for rendered in everything():
        if not rendered.is_view:
            simple = without_new_blocks(rendered.blocks)
            check_blocks(simple, "message")
            assert {"section", "header"} & {block["type"] for block in simple}, rendered.where
            assert not {"table", "data_visualization"} & {block["type"] for block in simple}


def test_header_content_actions_context_in_this_order() -> None:
    for rendered in everything():
        ranks = [RANK.get(block["type"], 1) for block in rendered.blocks]
        assert ranks == sorted(ranks), rendered.where


def test_headings_and_buttons_are_short_words_without_emoji() -> None:
    for rendered in ours():
        for block in rendered.blocks:
            if block["type"] == "header":
                heading = block["text"]["text"]
                assert not heading.endswith((".", "。")) and not EMOJI.search(heading), heading
            buttons = [*block.get("elements", ()), block.get("accessory") or {}]
            for label in (b["text"]["text"] for b in buttons if b.get("type") == "button"):
                assert len(label) <= 30 and not EMOJI.search(label), label
                if rendered.locale is Locale.EN:
                    words = [w for w in label.split() if w.lower() not in SMALL_WORDS]
                    assert all(not w[0].islower() for w in words), label


def test_at_most_one_button_is_primary_and_every_action_is_known() -> None:
    known = {action.id: action for action in ACTIONS}
    for rendered in everything():
        used = [
            e for block in rendered.blocks for e in (*block.get("elements", ()), block.get("accessory") or {})
        ]
        used = [e for e in used if "action_id" in e]
        assert Counter(e.get("style") for e in used)["primary"] <= 1, rendered.where
        for element in used:
            action = known[element["action_id"]]
            for value in [o["value"] for o in element.get("options", ())] or [element["value"]]:
                action.decode(value)
        for block in rendered.blocks:
            if block["type"] == "input":
                assert block["element"]["action_id"] in FIELDS


def test_bold_ends_where_slack_ends_it() -> None:
    """Slack knows a mark only between spaces, line ends and ASCII punctuation; so does Chinese."""
    for rendered in everything():
        for text in text_objects(rendered.blocks):
            if text["type"] == "mrkdwn":
                for mark in "*`":
                    for inner in re.split(r"\n", text["text"].replace("```", "")):
                        _check_marks(inner, mark, rendered.where)


def _check_marks(line: str, mark: str, where: str) -> None:
    places = [at for at, letter in enumerate(line) if letter == mark]
    assert len(places) % 2 == 0, (where, line)
    for begin, end in zip(places[::2], places[1::2], strict=True):
        before, after = line[begin - 1 : begin], line[end + 1 : end + 2]
        assert not before or before in " (", (where, line)
        assert not after or after in " .,:;?!)", (where, line)
        assert not line[begin + 1].isspace() and not line[end - 1].isspace(), (where, line)


def _as_lines(rendered: Rendered) -> list[str]:
    """The payload as JSON lines, one for each block, so that a difference is easy to see."""
    rest = {"sample": rendered.name} | {k: v for k, v in rendered.payload.items() if k != "blocks"}
    return [json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in (rest, *rendered.blocks)]


@pytest.mark.parametrize("folder", folders())
@pytest.mark.parametrize("locale", list(Locale))
def test_it_reads_as_it_was_accepted(folder: str, locale: Locale, request: pytest.FixtureRequest) -> None:
    made = [render(folder, name, locale) for name in samples(folder)]
    shown = "\n\n".join(f"== {r.name} ==\n{plain_text(r)}" for r in made) + "\n"
    stored = "\n".join(line for r in made for line in _as_lines(r)) + "\n"
    place = GOLDENS / folder.replace("/", ".")
    for suffix, now in ((".txt", shown), (".jsonl", stored)):
        golden = place.with_name(f"{place.name}.{locale.value}{suffix}")
        if request.config.getoption("update_snapshots"):
            golden.write_text(now, encoding="utf-8")
        assert golden.is_file(), f"{golden.name} is new: look at it and accept it with --snapshot-update"
        assert golden.read_text(encoding="utf-8") == now


def test_no_golden_is_left_over() -> None:
    expected = {
        f"{folder.replace('/', '.')}.{locale.value}{suffix}"
        for folder in folders() for locale in Locale for suffix in (".txt", ".jsonl")
    }  # fmt: skip
    assert {path.name for path in GOLDENS.iterdir()} == expected
