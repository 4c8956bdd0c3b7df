"""What may be put into the outbox."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from domain.delivery.model import Gate
from domain.delivery.operations import drop_pending, is_known, post
from domain.delivery.queries import delivery_state

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
TEXT = {"text": "81.2 %"}


def test_a_key_is_used_once(session: Session) -> None:
    first = post(session, key="k", channel="#east", thing="t", payload=TEXT, feature="targets", now=NOW)
    again = post(session, key="k", channel="#west", thing="t", payload=TEXT, feature="targets", now=NOW)
    assert first is not None and first.state == "pending" and again is None
    assert is_known(session, "k") and not is_known(session, "other")


@pytest.mark.parametrize(
    ("payload", "now"),
    [({"blocks": []}, NOW), ({"text": ""}, NOW), (TEXT, NOW.replace(tzinfo=None))],
)
def test_what_cannot_be_read_or_dated_is_refused(
    session: Session, payload: dict[str, object], now: datetime
) -> None:
    with pytest.raises(ValueError, match="needs a"):
        post(session, key="k", channel="#east", thing="t", payload=payload, feature="targets", now=now)


def test_what_was_not_tried_can_be_taken_back(session: Session) -> None:
    for key, channel in (("a", "#east"), ("b", "#east"), ("c", "#west")):
        post(session, key=key, channel=channel, thing="plan 7", payload=TEXT, feature="plans", now=NOW)
    assert drop_pending(session, thing="plan 7", channel="#east", reason="withdrawn") == 2


def test_what_did_not_arrive_is_told_with_its_reason(session: Session) -> None:
    for key, state, reason in (
        ("a", "dead", "is_archived"),
        ("b", "ambiguous", None),
        ("c", "pending", None),
    ):
        row = post(session, key=key, channel="#east", thing=key, payload=TEXT, feature="targets", now=NOW)
        assert row is not None
        row.state, row.reason = state, reason
    session.add(Gate(channel="#east", next_at=NOW, paused="is_archived"))
    session.flush()
    state_now = delivery_state(session, now=NOW)
    assert [(letter.thing, letter.reason) for letter in state_now.dead] == [("a", "is_archived")]
    assert [letter.thing for letter in state_now.in_doubt] == ["b"]
    assert (state_now.waiting, state_now.oldest) == (1, NOW)
    assert [(c.channel, c.reason, c.waiting) for c in state_now.closed] == [("#east", "is_archived", 1)]
    assert delivery_state(session, now=NOW + timedelta(days=2)).dead == ()
