"""Rows 22 to 25: modals and Home tabs."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox import surfaces
from tests.sandbox.office import Office
from tests.sandbox.shapes import field, home, modal, plain, section


def trigger(office: Office, view_id: str = "") -> str:
    with office.workspace.state.lock:
        return surfaces.new_trigger(office.workspace.state, office.app, office.person("alice").id, view_id).id


def opened(office: Office, view: dict[str, Any]) -> dict[str, Any]:
    answer = office.call("views.open", trigger_id=trigger(office), view=view)
    assert answer["ok"], answer
    found: dict[str, Any] = answer["view"]
    return found


def test_row_23_private_metadata_too_long(office: Office) -> None:
    view = modal(section("x"), private_metadata="x" * 3001)
    assert office.call("views.open", trigger_id=trigger(office), view=view) == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {
            "messages": [
                "[ERROR] failed to match all allowed schemas [json-pointer:/view]",
                "[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]",
            ]
        },
    }


@pytest.mark.parametrize(
    "view",
    [
        modal(section("x"), title=plain("x" * 25)),
        modal(section("x"), title=None),
        modal(*[{"type": "divider"}] * 101),
        {**modal(field("a", "A")), "submit": None},
        home(section("x")),
        modal(section("x"), callback_id="x" * 256),
        modal(section("a", block_id="same"), section("b", block_id="same")),
        modal({"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}),
        modal({"type": "markdown", "text": "x"}),
        modal({"type": "plan", "title": "x"}),
        modal(section("x"), surprise=1),
    ],
)
def test_row_22_and_23_views_slack_refuses(office: Office, view: dict[str, Any]) -> None:
    answer = office.call("views.open", trigger_id=trigger(office), view=view)
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"]


def test_row_24_triggers(office: Office) -> None:
    view = modal(section("x"))
    assert office.call("views.open", trigger_id="1.2.3", view=view)["error"] == "invalid_trigger_id"
    once = trigger(office)
    assert office.call("views.open", trigger_id=once, view=view)["ok"]
    assert office.call("views.open", trigger_id=once, view=view)["error"] == "exchanged_trigger_id"
    late = trigger(office)
    office.workspace.advance(3.1)
    assert office.call("views.open", trigger_id=late, view=view)["error"] == "expired_trigger_id"


def test_row_24_a_refused_view_keeps_the_trigger(office: Office) -> None:
    once = trigger(office)
    assert office.call("views.open", trigger_id=once, view=modal(section("")))["error"] == "invalid_arguments"
    assert office.call("views.open", trigger_id=once, view=modal(section("x")))["ok"]


def test_row_25_a_fourth_view(office: Office) -> None:
    top = opened(office, modal(section("1")))
    for number in ("2", "3"):
        answer = office.call("views.push", trigger_id=trigger(office, top["id"]), view=modal(section(number)))
        assert answer["view"]["previous_view_id"] == top["id"]
        top = answer["view"]
    answer = office.call("views.push", trigger_id=trigger(office, top["id"]), view=modal(section("4")))
    assert answer["error"] == "push_limit_reached"


def test_row_25_hash_and_unknown_view(office: Office) -> None:
    view = opened(office, modal(section("x")))
    update = {"view_id": view["id"], "view": modal(section("y"))}
    assert office.call("views.update", update, hash="stale")["error"] == "hash_conflict"
    assert office.call("views.update", update, hash=view["hash"])["ok"]
    assert office.call("views.update", view_id="V0NOSUCH", view=modal(section("y")))["error"] == "not_found"


def test_row_25_external_id_is_unique(office: Office) -> None:
    view = modal(section("x"), external_id="one")
    opened(office, view)
    answer = office.call("views.open", trigger_id=trigger(office), view=view)
    assert answer["error"] == "duplicate_external_id"
    assert office.call("views.update", external_id="one", view=view)["ok"], "its own may stay"


def test_row_25_too_large(office: Office) -> None:
    options = [{"text": plain("長" * 75), "value": f"{i}" + "值" * 70} for i in range(100)]
    menus = [
        field(f"b{i}", "Choose", {"type": "static_select", "action_id": "v", "options": options})
        for i in range(9)
    ]
    answer = office.call("views.open", trigger_id=trigger(office), view=modal(*menus))
    assert answer == {"ok": False, "error": "view_too_large"}


def test_what_was_typed_survives_an_update(office: Office) -> None:
    view = opened(office, modal(field("a", "Name"), field("b", "Town")))
    office.person("alice").fills("Name", "Brake pad").fills("Town", "Ulm")
    office.call("views.update", view_id=view["id"], view=modal(field("a", "Name"), field("c", "Town")))
    shown = office.person("alice").modal()
    assert shown is not None
    assert shown.values["a"]["value"]["value"] == "Brake pad"
    assert shown.values["c"]["value"]["value"] is None


def test_home_is_published_to_people_only(office: Office) -> None:
    answer = office.call("views.publish", user_id=office.app.bot_user_id, view=home(section("x")))
    assert answer == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {"messages": ["invalid `user_id`"]},
    }
    alice = office.person("alice")
    first = office.call("views.publish", user_id=alice.id, view=home(section("x")))["view"]
    assert (
        office.call("views.publish", user_id=alice.id, hash="stale", view=home(section("y")))["error"]
        == "hash_conflict"
    )
    assert office.call("views.publish", user_id=alice.id, hash=first["hash"], view=home(section("y")))["ok"]
    published = alice.home()
    assert published is not None
    assert published.text_content == "y"


@pytest.mark.parametrize(
    "block", ["container", "data_visualization", "alert", "markdown", "plan", "context_actions"]
)
def test_blocks_that_home_does_not_take(office: Office, block: str) -> None:
    answer = office.call("views.publish", user_id=office.person("alice").id, view=home({"type": block}))
    assert answer["error"] == "invalid_arguments"
    assert f"unsupported type: {block}" in answer["response_metadata"]["messages"][1]
