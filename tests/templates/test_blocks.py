"""The builders keep Slack's limits; the check finds what they would not have made."""

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from sandbox.validate import check_message_blocks, check_view_or_refuse
from templates.actions import SNOOZE, Snooze, Until, Use
from templates.blocks import (
    Block,
    BlockLimit,
    Message,
    Series,
    action_row,
    button,
    chart,
    check_blocks,
    check_message,
    check_view,
    checkboxes,
    container,
    context,
    conversations_select,
    data_table,
    datepicker,
    divider,
    external_select,
    header,
    home,
    image,
    input_block,
    markdown,
    message,
    modal,
    number_cell,
    number_input,
    option,
    overflow,
    plain_text_input,
    radio_buttons,
    section,
    static_select,
    table,
    text_cell,
)

USE = Use("a.b", "{}")
OPTIONS = [option(f"Choice {n}", str(n)) for n in range(3)]
TWO = (Series("Sold", (Decimal("1.5"), Decimal(3))), Series("Course", (Decimal(2), Decimal(4))))


def all_of_a_message() -> list[Block]:
    return [
        header("Heading"),
        section("Text *bold*", fields=["a", "b"], accessory=button("Open", USE, label="Open East")),
        divider(),
        chart("line", "Title", ["1 Nov", "2 Nov"], TWO, x_label="Day", y_label="CNY"),
        table(["Name", "Sold"], [[text_cell(""), number_cell(Decimal("1.50"), "1.50")]]),
        container("Details", [section("inside"), context("small")], subtitle="more", collapsed=True),
        markdown("**long**"),
        image("a picture", url="https://parts.example/x.png", title="Picture"),
        action_row(
            button("Go", USE, style="primary"),
            overflow("a.more", OPTIONS),
            static_select("a.select", OPTIONS, placeholder="Choose", initial="1"),
            conversations_select("a.channel", placeholder="Channel", initial="C1"),
            external_select("a.part", placeholder="Part"),
            datepicker("a.day", placeholder="Day", initial="2019-11-22"),
            checkboxes("a.check", OPTIONS, initial=["0"]),
            radio_buttons("a.radio", OPTIONS, initial="2"),
        ),
        context("small print"),
    ]


def a_modal() -> dict[str, Any]:
    fields = [
        plain_text_input("a.text", placeholder="Write", initial="<b>", multiline=True),
        number_input("a.number", decimals=False, least="0", most="10", initial="3"),
        static_select("a.select", OPTIONS),
    ]
    blocks = [input_block(f"b{n}", "Label", field, hint="Hint") for n, field in enumerate(fields)]
    return modal(
        "Title", blocks, callback_id="a.save", submit="Save It", close="Cancel", private_metadata="{}"
    )


def test_everything_the_builders_make_is_taken_by_the_sandbox_too() -> None:
    made = message("Point.", *all_of_a_message(), None)
    check_message(made)
    check_message_blocks(made.blocks, {})
    view = a_modal()
    check_view(view)
    check_view_or_refuse(view, {}, ("modal",))
    caption = data_table("Low stock", ["Part", "Free"], [[text_cell("BP-0012"), number_cell(18, "18")]])
    for blocks in ([caption], [section("x"), caption]):
        check_view(home(*blocks))
        check_view_or_refuse(home(*blocks), {}, ("home",))
        check_message(message("x", *blocks))


TOO_LONG: list[tuple[Callable[[], Block], str, int]] = [
    (lambda: header("h" * 151)["text"], "text", 150),
    (lambda: section("s" * 3001)["text"], "text", 3000),
    (lambda: section(fields=["f" * 2001])["fields"][0], "text", 2000),
    (lambda: button("b" * 76, USE)["text"], "text", 75),
    (lambda: option("o" * 76, "1")["text"], "text", 75),
    (lambda: static_select("a", OPTIONS, placeholder="p" * 151)["placeholder"], "text", 150),
    (lambda: modal("t" * 25, [divider()], callback_id="c", close="x")["title"], "text", 24),
    (lambda: chart("bar", "t" * 51, ["a", "b"], TWO), "title", 50),
    (lambda: text_cell("c" * 501), "text", 500),
]


@pytest.mark.parametrize(("make", "field", "limit"), TOO_LONG)
def test_long_text_is_shortened(make: Callable[[], Block], field: str, limit: int) -> None:
    written = make()[field]
    assert len(written) <= limit and written.endswith("…")


OVER: list[tuple[str, Callable[[], object]]] = [
    ("message.blocks", lambda: message("x", *[divider()] * 51)),
    ("message.text", lambda: message("", divider())),
    ("modal.blocks", lambda: modal("t", [divider()] * 101, callback_id="c", close="x")),
    ("home.blocks", lambda: home(*[divider()] * 101)),
    ("section.fields", lambda: section()),
    ("section.fields", lambda: section("x", fields=["f"] * 11)),
    ("context.elements", lambda: context(*["x"] * 11)),
    ("actions.elements", lambda: action_row(*[button("b", USE)] * 26)),
    ("button.value", lambda: button("b", Use("a", "v" * 2001))),
    ("option.value", lambda: option("o", "v" * 76)),
    ("overflow.options", lambda: overflow("a", OPTIONS * 2)),
    ("static_select.options", lambda: static_select("a", OPTIONS * 34)),
    ("static_select.initial_option", lambda: static_select("a", OPTIONS, initial="9")),
    ("checkboxes.options", lambda: checkboxes("a", OPTIONS * 4)),
    ("radio_buttons.options", lambda: radio_buttons("a", [])),
    ("table.rows", lambda: table(["a"], [[text_cell("x")]] * 100)),
    ("table.rows[0]", lambda: table(["a", "b"], [[text_cell("x")]])),
    ("table.columns", lambda: table(["a"] * 21, [])),
    ("table.characters", lambda: table(["a"], [[text_cell("x" * 500)]] * 21)),
    ("data_table.rows", lambda: data_table("c", ["a"], [])),
    ("data_table.rows", lambda: data_table("c", ["a"], [[text_cell("x")]] * 101)),
    ("data_table.page_size", lambda: data_table("c", ["a"], [[text_cell("x")]], page_size=101)),
    ("chart.categories", lambda: chart("line", "t", [str(n) for n in range(21)], TWO)),
    ("chart.categories", lambda: chart("line", "t", ["a", "a"], TWO)),
    ("chart.series", lambda: chart("line", "t", ["a", "b"], TWO * 4)),
    ("chart.series[Sold]", lambda: chart("line", "t", ["a"], TWO)),
    ("container.child_blocks", lambda: container("t", [divider()] * 11)),
    ("markdown.text", lambda: markdown("x" * 12_001)),
    ("image.image_url", lambda: image("alt")),
    ("header.text", lambda: header("")),
    ("input.block_id", lambda: input_block("", "l", number_input("a"))),
]


@pytest.mark.parametrize(("field", "make"), OVER)
def test_what_cannot_be_shortened_is_refused_by_name(field: str, make: Callable[[], object]) -> None:
    with pytest.raises(BlockLimit) as refused:
        make()
    assert refused.value.field == field
    assert refused.value.limit is not None and str(refused.value).startswith(field)


def spoil(path: str, value: object) -> list[Block]:
    """The blocks of a message with one place changed."""
    blocks: Any = deepcopy(all_of_a_message())
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    place = blocks
    for step in steps:
        place = place[step]
    place[last] = value
    found: list[Block] = blocks
    return found


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("0/text/type", "mrkdwn"),
        ("0/text/text", "h" * 151),
        ("0/text/text", " "),
        ("0/type", "alert"),
        ("0/block_id", "x" * 256),
        ("1/text/text", "s" * 3001),
        ("1/accessory/text/text", ""),
        ("1/accessory/action_id", ""),
        ("1/accessory/value", "v" * 2001),
        ("1/accessory/type", "plain_text_input"),
        ("3/title", ""),
        ("3/chart/type", "pie"),
        ("3/chart/series/0/data/0/label", "elsewhere"),
        ("3/chart/series/0/data/0/value", "1"),
        ("3/chart/series/1/name", "Sold"),
        ("4/rows/1/0/text", ""),
        ("4/rows/1/1/value", True),
        ("4/rows/1", [{"type": "raw_text", "text": "x"}]),
        ("4/rows/1/0/type", "rich_text"),
        ("5/child_blocks", []),
        ("5/child_blocks/0/type", "data_table"),
        ("6/text", "x" * 12_001),
        ("7/alt_text", ""),
        ("8/elements/0/action_id", "a.more"),
        ("8/elements/2/options", []),
        ("8/elements/2/initial_option", {"text": {"type": "plain_text", "text": "?"}, "value": "?"}),
        ("8/elements/1/options/0/value", "1"),
        ("9/elements", []),
        ("2", {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}),
        ("2", {"type": "section"}),
        ("2", {"type": "actions", "elements": [button("Go", USE, style="primary")]}),
    ],
)
def test_a_spoiled_payload_is_found(path: str, value: object) -> None:
    check_blocks(all_of_a_message(), "message")
    with pytest.raises(BlockLimit):
        check_blocks(spoil(path, value), "message")


def test_a_message_says_something_aloud_and_is_not_too_much() -> None:
    with pytest.raises(BlockLimit, match=r"message\.text"):
        check_message(Message(" ", [section("x")]))
    with pytest.raises(BlockLimit, match=r"message\.characters"):
        check_message(Message("x", [section("s" * 2900)] * 5))
    with pytest.raises(BlockLimit, match="block_id"):
        check_message(Message("x", [{**divider(), "block_id": "a"}, {**divider(), "block_id": "a"}]))


@pytest.mark.parametrize(
    "change",
    [{"type": "workflow_step"}, {"title": None}, {"submit": None}, {"callback_id": ""},
     {"blocks": [markdown("x")]},
     {"private_metadata": "x" * 3001}],
)  # fmt: skip
def test_a_spoiled_view_is_found(change: dict[str, Any]) -> None:
    view = {name: value for name, value in (a_modal() | change).items() if value is not None}
    with pytest.raises(BlockLimit):
        check_view(view)


def test_a_value_fits_an_option_of_a_menu() -> None:
    assert (
        option("Until tomorrow", SNOOZE.encode(Snooze(Until.TOMORROW)))["value"]
        == '{"v":1,"until":"tomorrow"}'
    )
