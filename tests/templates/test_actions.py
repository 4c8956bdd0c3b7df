"""Buttons already posted must keep working: ids never change, payloads are read strictly."""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.targets.views import ScopeKind
from templates import actions
from templates.actions import (
    ACTIONS,
    FIELDS,
    SHOW,
    SNOOZE,
    VIEWS,
    WHY,
    Action,
    BadPayload,
    ComputationRef,
    ScopePeriod,
)

PINNED = Path(__file__).parent / "actions.txt"


def described(action: Action[Any]) -> str:
    names = ", ".join(field.name for field in fields(action.payload))
    return f"{action.id} v{action.payload.VERSION} ({names})"


def test_the_list_of_everything_ever_posted() -> None:
    """A line may be added. One that is there stays, or buttons in Slack die."""
    now = (
        [described(action) for action in ACTIONS]
        + [f"{id_} view" for id_ in VIEWS]
        + [f"{id_} field" for id_ in FIELDS]
    )
    assert now == PINNED.read_text(encoding="utf-8").splitlines()


def test_every_action_of_the_module_is_in_the_list() -> None:
    made = {value for value in vars(actions).values() if isinstance(value, Action)}
    assert made == set(ACTIONS)
    ids = [action.id for action in ACTIONS] + list(VIEWS) + list(FIELDS)
    assert len(set(ids)) == len(ids)


@given(
    st.sampled_from(list(ScopeKind)),
    st.integers(0, 2**63 - 1),
    st.sampled_from(["2019-11", "FY2020-Q1", "2019"]),
)
def test_what_goes_out_comes_back_and_fits_a_menu(kind: ScopeKind, id_: int, period: str) -> None:
    payload = ScopePeriod(kind, id_, period)
    value = SHOW.encode(payload)
    assert SHOW.decode(value) == payload and len(value) <= 75
    assert WHY.decode(WHY.encode(ComputationRef(id_))) == ComputationRef(id_)


@pytest.mark.parametrize(
    "value",
    ["", "null", "[]", "7", "{", '{"v":1}', '{"v":2,"kind":"region","id":1,"period":"2019"}', "[" * 3000,
     '{"v":true,"kind":"region","id":1,"period":"2019"}', '{"v":1,"kind":"galaxy","id":1,"period":"2019"}',
     '{"v":1,"kind":"region","id":"1","period":"2019"}', '{"v":1,"kind":"region","id":true,"period":"2019"}',
     '{"v":1,"kind":"region","id":-1,"period":"2019"}', '{"v":1,"kind":"region","id":1.5,"period":"2019"}',
     '{"v":1,"kind":"region","id":9223372036854775808,"period":"2019"}', "x" * 2001,
     '{"v":1,"kind":"region","id":1,"period":"2019","more":1}', '{"v":1,"kind":1,"id":1,"period":"2019"}',
     '{"kind":"region","id":1,"period":"2019"}',
     '{"v":1,"kind":"region","id":1,"period":"%s"}' % ("9" * 301)],
)  # fmt: skip
def test_anything_else_is_refused(value: str) -> None:
    with pytest.raises(BadPayload) as refused:
        SHOW.decode(value)
    assert refused.value.action_id == "targets.progress.show"


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)


@given(st.recursive(LEAVES, nested))
def test_no_json_breaks_a_decoder(value: object) -> None:
    for action in ACTIONS:
        try:
            action.decode(json.dumps(value))
        except BadPayload as refused:
            assert refused.action_id == action.id


def test_an_old_version_is_still_understood() -> None:
    @dataclass(frozen=True, slots=True)
    class Later(ComputationRef):
        VERSION = 2

    both = Action("targets.progress.why", Later, (ComputationRef,))  # type: ignore[arg-type]
    assert both.decode('{"v":1,"id":3}') == ComputationRef(3)
    assert both.decode('{"v":2,"id":3}') == Later(3)
    with pytest.raises(BadPayload):
        SNOOZE.decode('{"v":1,"until":"christmas"}')
