"""The short form of T1; `python -m tests.chaos.delivery` is the full one."""

from tests.chaos.delivery import Plan, shake

SHORT = Plan(posts=150, workers=2, kills=6, patience=90.0)


def test_killed_workers_lose_nothing_and_say_nothing_twice(database_url: str) -> None:
    outcome = shake(database_url, SHORT)
    assert (outcome.lost, outcome.doubled, outcome.disordered, outcome.unsent) == (0, 0, 0, 0), outcome
    assert outcome.kills == 6 and outcome.history_calls > 0


def test_the_shaking_finds_a_courier_that_does_not_ask(database_url: str) -> None:
    outcome = shake(database_url, Plan(posts=90, workers=2, kills=2, patience=60.0, faults=2.0, naive=True))
    assert outcome.doubled > 0
