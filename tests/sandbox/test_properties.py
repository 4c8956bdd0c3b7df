"""Validation holds whatever it is given: no crash, the limits to the character, and stable pointers."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.validate.blocks import ALLOWED, check_blocks
from sandbox.validate.report import Report
from sandbox.validate.views import check_view
from tests.sandbox.shapes import plain, section

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
# fmt: off
KEYS = st.sampled_from([
    "text", "fields", "elements", "accessory", "element", "label", "options", "rows", "chart",
    "title", "tasks", "child_blocks", "segments", "block_id", "action_id", "confirm",
    "placeholder", "initial_option", "slack_file", "image_url", "caption", "column_settings",
    "details",
])
# fmt: on


def report_of(blocks: list[Any], surface: Any = "message") -> Report:
    report = Report()
    check_blocks(report, blocks, surface)
    return report


@settings(max_examples=120)
@given(
    st.sampled_from(sorted(ALLOWED["message"] | {"alert", "marquee"})),
    st.dictionaries(KEYS, JSON, max_size=5),
    st.sampled_from(["message", "modal", "home"]),
)
def test_nothing_makes_it_crash(kind: str, rest: dict[str, Any], surface: str) -> None:
    found = report_of([{"type": kind, **rest}], surface)
    for problem in found.problems:
        assert problem.pointer == "" or problem.pointer.startswith("/")


@settings(max_examples=40)
@given(st.lists(JSON, max_size=4))
def test_any_list_of_anything(blocks: list[Any]) -> None:
    report_of(blocks)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(["type", "title", "blocks", "submit", "private_metadata"]), JSON))
def test_any_view(view: dict[str, Any]) -> None:
    report = Report()
    check_view(report, view, ("modal", "home"))
    assert report.problems or view.get("type") == "home"


@settings(max_examples=40)
@given(st.integers(0, 3100))
def test_section_text_to_the_character(length: int) -> None:
    assert bool(report_of([section("x" * length)])) is not (1 <= length <= 3000)


@settings(max_examples=40)
@given(st.integers(1, 160))
def test_header_to_the_character(length: int) -> None:
    assert bool(report_of([{"type": "header", "text": plain("長" * length)}])) is (length > 150)


@settings(max_examples=30)
@given(st.integers(0, 120), st.sampled_from(["message", "modal", "home"]))
def test_number_of_blocks(count: int, surface: str) -> None:
    most = 50 if surface == "message" else 100
    assert bool(report_of([{"type": "divider"}] * count, surface)) is (count > most)


@settings(max_examples=30)
@given(st.integers(0, 105), st.integers(1, 22))
def test_tables(rows: int, columns: int) -> None:
    block = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}
    assert bool(report_of([block])) is not (1 <= rows <= 100 and columns <= 20)


@given(st.integers(0, 5))
def test_pointers_name_the_place(place: int) -> None:
    blocks: list[Any] = [{"type": "divider"}] * 6
    blocks[place] = section("")
    assert f"/{place}/text/text" in [p.pointer for p in report_of(blocks).problems]
