"""Who asks too often is told so in their language; time is the test's own."""

import json
from collections.abc import Iterator
from threading import Thread

import pytest
from sqlalchemy import Engine, event, text

from bot.app import all_routes
from bot.limits import COUNTED, PER_MINUTE, Limits
from domain.names import Locale
from domain.people.turns import is_free
from domain.refusals import TooMany
from gateways.database.unit_of_work import unit_of_work
from templates import actions
from tests.security import requests as r
from tests.wire import Wire, wire


class Hands:
    """A clock one turns by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def on(engine: Engine) -> Iterator[Wire]:
    with wire(engine) as made:
        made.context.limits = Limits(per_minute=PER_MINUTE, clock=Hands())
        yield made


def hands(on: Wire) -> Hands:
    clock = on.context.limits._clock
    assert isinstance(clock, Hands)
    return clock


def test_twenty_at_once_then_one_every_three_seconds() -> None:
    clock = Hands()
    limits = Limits(per_minute=20, clock=clock)
    for _ in range(20):
        limits.spend("U1")
    with pytest.raises(TooMany) as refused:
        limits.spend("U1")
    assert refused.value == TooMany(3)
    limits.spend("U2")
    clock.at += 2.9
    with pytest.raises(TooMany) as refused:
        limits.spend("U1")
    assert refused.value.seconds == 1
    clock.at += 0.2
    limits.spend("U1")
    with pytest.raises(TooMany):
        limits.spend("U1")
    clock.at += 3600
    for _ in range(20):
        limits.spend("U1")
    with pytest.raises(TooMany):
        limits.spend("U1")


def test_in_any_minute_of_any_rhythm_nobody_gets_more_than_two_buckets() -> None:
    """The bound of a token bucket: what is in it plus what runs in."""
    for rhythm in (0.1, 0.7, 1.9, 3.0, 3.1, 20.0):
        clock, took = Hands(), []
        limits = Limits(per_minute=20, clock=clock)
        while clock.at < 1400:
            try:
                limits.spend("U1")
                took.append(clock.at)
            except TooMany:
                pass
            clock.at += rhythm
        most = max(sum(start <= at < start + 60 for at in took) for start in took)
        assert most <= 40, rhythm
        assert len(took) <= 20 + 20 * 400 / 60 + 1


def test_memory_is_bounded_and_threads_do_not_gain_anything() -> None:
    clock = Hands()
    limits = Limits(per_minute=20, clock=clock, most_people=100)
    for number in range(1000):
        limits.spend(f"U{number}")
        assert len(limits) <= 100
    spent: list[int] = []

    def spend() -> None:
        for _ in range(20):
            try:
                limits.spend("U-same")
                spent.append(1)
            except TooMany:
                pass

    threads = [Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(spent) == 20


def test_the_refusal_is_in_the_readers_language_and_asks_the_database_nothing(on: Wire) -> None:
    lin, alice = (on.workspace.state.user(n).id for n in ("lin", "alice"))
    for _ in range(PER_MINUTE):
        assert r.signed(on, r.command_body(on, lin, "me"))[0] == 200
    statements: list[str] = []
    event.listen(on.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    status, said = r.signed(on, r.command_body(on, lin, "me"))
    assert statements == []
    assert status == 200
    answer = json.loads(said)
    assert answer["response_type"] == "ephemeral" and "3 秒" in answer["text"], answer["text"]
    assert "November" in r.signed(on, r.command_body(on, alice, "me"))[1], "nobody else waits"
    hands(on).at += 3
    assert "11" in r.signed(on, r.command_body(on, lin, "me"))[1]


def test_a_button_is_counted_and_a_filled_form_is_not(on: Wire) -> None:
    alice = on.workspace.state.user("alice").id
    value = actions.HELP_OPEN.encode(actions.HelpTopic(actions.Topic.WHO))
    for _ in range(PER_MINUTE):
        assert r.interaction(on, r.click(on, alice, actions.HELP_OPEN.id, value))[0] == 200
    assert "a lot at once" in r.signed(on, r.command_body(on, alice, "me"))[1]
    chosen = {"b": {actions.SETTINGS_LANGUAGE: {"selected_option": {"value": "zh_Hans"}}}}
    assert r.interaction(on, r.submission(on, alice, actions.SETTINGS_SAVE, chosen))[0] == 200
    with on.engine.connect() as connection:
        assert connection.scalar(text("SELECT locale FROM person WHERE code = 'alice'")) == "zh_Hans"


def test_strangers_are_limited_too(on: Wire) -> None:
    eve = on.workspace.add_user("eve", "eve@elsewhere.example").id
    for _ in range(PER_MINUTE):
        assert "does not know you" in r.signed(on, r.command_body(on, eve, "me"))[1]
    assert "a lot at once" in r.signed(on, r.command_body(on, eve, "me"))[1]
    assert len(on.workspace.calls("users.info")) == 1, "and Slack is asked about them once"


def test_what_is_counted() -> None:
    assert {str(route.kind) for route in all_routes()} - COUNTED <= {"view", "event", "options"}
    assert Limits().locale_of("U1") is None
    limits = Limits()
    limits.speaks("U1", Locale.EN)
    assert len(limits) == 0, "a language is remembered of who has a bucket"


def test_heavy_things_go_one_at_a_time_for_each_person(engine: Engine) -> None:
    with unit_of_work(engine) as first, unit_of_work(engine) as second:
        assert is_free(first, "alice")
        assert not is_free(second, "alice")
        assert is_free(second, "bob")
    with unit_of_work(engine) as third:
        assert is_free(third, "alice")


def test_a_heavy_route_refuses_the_second_of_the_same_person(on: Wire) -> None:
    from dataclasses import replace

    from bot.calls import Call
    from bot.funnel import Funnel
    from bot.replies import Answer, Reply
    from templates.refusals.layout import share_done_message

    said: list[str] = []
    user = on.workspace.state.user("alice").id
    plain = next(route for route in all_routes() if route.id == "help")
    route = replace(plain, heavy=True, listener=lambda call: Answer(share_done_message("#done", call.locale)))
    funnel = Funnel(on.context)

    def ack(text: str = "", **_: object) -> None:
        said.append(text)

    with on.engine.connect() as connection:
        pseudonym = connection.scalar(text("SELECT pseudonym FROM person WHERE code = 'alice'"))
    body = {"user_id": user, "command": "/parts", "trigger_id": "1"}
    with unit_of_work(on.engine) as session:
        assert is_free(session, str(pseudonym))
        funnel.run(route, ack, body, "")  # type: ignore[arg-type]

    def nested(call: Call) -> Reply:
        funnel.run(route, ack, body, "")  # type: ignore[arg-type]
        return Answer(share_done_message("#outer", call.locale))

    funnel.run(replace(route, listener=nested), ack, body, "")  # type: ignore[arg-type]
    assert "a lot at once" in said[0]
    assert "a lot at once" in said[1], "the turn is held until the first is answered"
    assert "#outer" in said[2]
    funnel.run(route, ack, body, "")  # type: ignore[arg-type]
    assert "#done" in said[3]
