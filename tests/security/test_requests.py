"""T25, T26: what is not Slack's, or not in the form of Slack's, runs nothing; what is repeated, nothing again."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from bot.limits import Limits
from bot.shape import Malformed, read
from domain.targets.views import ScopeKind
from templates import actions
from tests.company import SLACK
from tests.security import requests as r
from tests.wire import Wire, wire


@pytest.fixture
def on(engine: Engine) -> Iterator[Wire]:
    with wire(engine) as made:
        made.context.limits = Limits(per_minute=10**6)
        yield made


def user(on: Wire, name: str) -> str:
    return on.workspace.state.user(name).id


def effects(on: Wire) -> dict[str, int]:
    """Rows of everything a handler could have written."""
    with on.engine.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in (
                "inbox",
                "event",
                "outbox",
                "computation",
                "person",
                "setting",
                "procrastinate_jobs",
            )
        }


def alters(on: Wire) -> bytes:
    """A click that would change something."""
    payload = r.click(on, user(on, "alice"), actions.SNOOZE.id, snooze())
    return urlencode({"payload": json.dumps(payload)}).encode()


def snooze(until: actions.Until = actions.Until.TOMORROW) -> str:
    return actions.SNOOZE.encode(actions.Snooze(until))


def test_what_is_not_slacks_is_refused_with_one_short_line_and_runs_nothing(on: Wire) -> None:
    body = alters(on)
    big = b"payload=" + b"x" * 10_000_000
    good = r.headers(on, body, r.FORM)
    cases: dict[str, tuple[bytes, dict[str, str], set[int]]] = {
        "a wrong signature": (body, good | {"X-Slack-Signature": "v0=" + "0" * 64}, {401}),
        "a signature of another body": (body + b"&x=1", good, {401}),
        "301 s old": (body, r.headers(on, body, r.FORM, age=301.9), {401}),
        "301 s ahead": (body, r.headers(on, body, r.FORM, age=-302), {401}),
        "timestamp abc": (body, good | {"X-Slack-Request-Timestamp": "abc"}, {401}),
        "no timestamp": (body, good | {"X-Slack-Request-Timestamp": ""}, {401}),
        "a timestamp of twenty digits": (body, good | {"X-Slack-Request-Timestamp": "1" * 20}, {401}),
        "a signature beyond ASCII": (body, good | {"X-Slack-Signature": "v0=" + "é" * 64}, {400, 401}),
        "no signature": (body, good | {"X-Slack-Signature": ""}, {401}),
        "nothing": (b"", r.headers(on, b"", r.FORM), {400}),
        "10 MB": (big, r.headers(on, big, r.FORM), {413}),
        "an unsigned ssl_check": (b"ssl_check=1&token=x", {"Content-Type": r.FORM}, {401}),
        **{
            f"content type {kind!r}": (body, r.headers(on, body, kind), {400})
            for kind in ("text/plain", "multipart/form-data", "", "application/jsonp", r.FORM + "x")
        },
    }
    before = effects(on)
    for name, (sent, given_headers, expected) in cases.items():
        with r.logged() as written:
            try:
                status, said = r.send(on, sent, given_headers)
            except (BrokenPipeError, ConnectionResetError):
                status, said = 413, ""  # the server hung up on us in the middle of 10 MB
        assert status in expected, (name, status)
        assert said == "", name
        lines = written.getvalue().splitlines()
        assert len(lines) == 1, (name, lines)
        assert len(lines[0]) < 500, name
        assert "payload" not in lines[0] and "alice" not in lines[0], name
    for method in ("GET", "PUT", "DELETE", "HEAD"):
        assert r.send(on, body, good, method=method)[0] == 405
    assert r.send(on, body, good, path="/slack/events/x")[0] == 404
    assert effects(on) == before
    assert r.send(on, body, good)[0] == 200, "the same body, as it should be"
    assert effects(on) != before


# Signed bodies in no form of Slack's. A signature says who sent it, not that it makes sense.
RAW: list[tuple[str, bytes]] = [
    (r.JSON, b"[1, 2]"), (r.JSON, b"null"), (r.JSON, b'"text"'), (r.JSON, b"7"), (r.JSON, b"{"), (r.JSON, b"{}"),
    (r.JSON, b"[" * 5000), (r.JSON, b'{"a":' * 3000), (r.JSON, b'{"type": 1e999}'), (r.JSON, b'{"type": NaN}'),
    (r.JSON, b'{"a": ' + b"9" * 5000 + b"}"), (r.JSON, b'{"type": "event_callback", "team_id": "\\ud800"}'),
    (r.JSON, b"not json"), (r.JSON, b" "), (r.FORM, b"&&&"), (r.FORM, b"=="), (r.FORM, b"%zz=%"),
    (r.FORM, b"payload="), (r.FORM, b"payload=%7B"), (r.FORM, b"payload=[]"), (r.FORM, b"payload=1"),
    (r.FORM, b"payload=null"), (r.FORM, b"payload=%22x%22"), (r.FORM, b"payload[]=1"), (r.FORM, b"{'a': 1}"),
    (r.FORM, b"text=payload"), (r.FORM, b"command=%2Ftarget"), (r.FORM, b"command=%2Ftarget&user_id=U1"),
    (r.FORM, b"command=&user_id=U1&trigger_id=1"), (r.FORM, b"command=%2Ftarget&user_id=U%00&trigger_id=1&text=x"),
    (r.FORM, b"command=%2Ftarget&user_id=U1&trigger_id=1&text=%00"), (r.FORM, b"a=1&b=2"),
]  # fmt: skip


def test_signed_nonsense_is_a_bad_request_and_nothing_more(on: Wire) -> None:
    before = effects(on)
    for kind, body in RAW:
        with r.logged() as written:
            status, _ = r.signed(on, body, kind)
        assert status == 400, (status, kind, body[:60])
        assert len(written.getvalue().splitlines()) == 1, body[:60]
    assert effects(on) == before


ODD: tuple[Any, ...] = (
    None,
    0,
    1.5,
    True,
    "",
    "x",
    [],
    [1],
    [[]],
    {},
    {"id": 5},
    {"id": None},
    {"": {}},
    "\0",
    "é" * 5000,
)


def templates(on: Wire) -> dict[str, dict[str, Any]]:
    """One good request of each kind."""
    alice = user(on, "alice")
    language = {
        "b": {actions.SETTINGS_LANGUAGE: {"type": "static_select", "selected_option": {"value": "en"}}}
    }
    member = {"id": alice, "team_id": on.workspace.state.team_id, "profile": {"email": "alice@parts.example"}}
    return {
        "click": r.click(on, alice, actions.SNOOZE.id, snooze()),
        "modal": r.submission(on, alice, actions.SETTINGS_SAVE, language),
        "home": r.event(on, {"type": "app_home_opened", "user": alice, "tab": "home"}),
        "member": r.event(on, {"type": "user_change", "user": member}),
    }


def mutated(found: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The same with one part replaced by something else or left out, for every part there is."""
    if isinstance(found, dict):
        for key in found:
            yield (*path, key), {k: v for k, v in found.items() if k != key}
            for odd in ODD:
                yield (*path, key, type(odd).__name__), found | {key: odd}
            for where, inner in mutated(found[key], (*path, key)):
                yield where, found | {key: inner}
    elif isinstance(found, list):
        for index, value in enumerate(found):
            for where, inner in mutated(value, (*path, index)):
                yield where, [*found[:index], inner, *found[index + 1 :]]


def test_no_part_of_a_signed_request_can_be_replaced_so_that_we_fail(on: Wire) -> None:
    """Every field of every kind, times fifteen odd values: an answer or a 4xx, no trouble in the log."""
    count = 0
    with r.logged("WARNING") as written:
        for name, good in templates(on).items():
            is_event = name in ("home", "member")
            for path, body in mutated(good):
                unique = dict(body)
                if "trigger_id" in path or "event_id" in path:
                    status, _ = (r.tell if is_event else r.interaction)(on, unique)
                else:
                    key = "event_id" if is_event else "trigger_id"
                    if key in unique:
                        unique[key] = r.new_trigger()
                    status, _ = (r.tell if is_event else r.interaction)(on, unique)
                count += 1
                assert status in (200, 400, 404), (name, path, status)
    assert count > 500
    troubles = [line for line in written.getvalue().splitlines() if '"trouble"' in line]
    assert troubles == []


def test_what_nobody_listens_to_is_not_found_and_said_in_one_line(on: Wire) -> None:
    alice = user(on, "alice")
    cases = [
        lambda: r.signed(on, r.command_body(on, alice, "x" * 3000, command="/unknown")),
        lambda: r.interaction(on, r.click(on, alice, "nobody.listens", "{}" + "x" * 3000)),
        lambda: r.interaction(on, r.submission(on, alice, "nobody.listens", {})),
        lambda: r.interaction(on, r.click(on, alice, "x", "x") | {"type": "shortcut", "callback_id": "no"}),
        lambda: r.tell(on, r.event(on, {"type": "message", "user": alice, "text": "x" * 3000})),
        lambda: r.tell(on, r.event(on, {"type": "nonsense"})),
    ]
    before = effects(on)
    for number, case in enumerate(cases):
        with r.logged() as written:
            assert case()[0] == 404, number
        lines = written.getvalue().splitlines()
        assert len(lines) == 1 and len(lines[0]) < 500 and "xxxx" not in lines[0], lines
    assert effects(on) == before


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["type", "user", "team", "event", "view", "actions", "id", "command", "state", "channel"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_the_shape_of_any_json_is_judged_without_failing(value: Any) -> None:
    for kind, body in ((r.JSON, json.dumps(value)), (r.FORM, urlencode({"payload": json.dumps(value)}))):
        try:
            assert isinstance(read(body, kind), dict)
        except Malformed as malformed:
            assert len(str(malformed)) < 40


def test_a_repeated_request_changes_nothing_again(on: Wire) -> None:
    """After 1 second and after 4 minutes; a route that only reads may answer again."""
    alice, gina = user(on, "alice"), user(on, "gina")
    share = actions.SHARE.encode(actions.ScopePeriod(ScopeKind.COMPANY, 0, "2019-11"))
    language = {
        "b": {actions.SETTINGS_LANGUAGE: {"type": "static_select", "selected_option": {"value": "zh_Hant"}}}
    }
    changing = [
        (r.interaction, r.click(on, gina, actions.SHARE.id, share)),
        (r.interaction, r.click(on, alice, actions.SNOOZE.id, snooze())),
        (r.interaction, r.submission(on, alice, actions.SETTINGS_SAVE, language)),
        (r.tell, r.event(on, {"type": "user_change", "user": {"id": alice, "deleted": True, "profile": {}}})),
    ]
    for ask, payload in changing:
        assert ask(on, payload)[0] == 200
        first = effects(on)
        for age in (1, 240):
            assert ask(on, payload, age=age)[0] == 200
        assert effects(on) == first, payload
    # Alice has been deactivated by now; whoever reads adds nothing but the computation that is kept once.
    body = r.command_body(on, gina, "company")
    assert r.signed(on, body)[0] == 200
    first = effects(on)
    for age in (1, 240):
        assert r.signed(on, body, age=age)[0] == 200
    assert effects(on) == first


def test_without_a_signing_secret_nothing_is_slacks() -> None:
    from bot.guard import from_slack

    environ: Any = {
        "HTTP_X_SLACK_REQUEST_TIMESTAMP": "1573819200",
        "HTTP_X_SLACK_SIGNATURE": "v0=" + "a" * 64,
        "CONTENT_TYPE": r.FORM,
    }
    assert from_slack("")(environ, b"a=1") == from_slack(" ")(environ, b"a=1") == (401, "signature")


assert SLACK  # the company of every test here
