"""What the message of a trouble is tried with: every kind once, and its course."""

from datetime import UTC, date, datetime
from typing import Any

from domain.monitoring.troubles import Kind
from templates.operations.trouble.layout import TroubleView
from templates.samples import Sample
from templates.targets.samples import LONG, NASTY

_BEGAN = datetime(2026, 11, 24, 2, 2, tzinfo=UTC)
_ENDED = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)
_READ: dict[str, Any] = {"today": date(2026, 11, 24), "timezone": "Asia/Taipei", "channel": "#ops"}
_DUE = "2026-11-24T00:30:00+00:00"
_OF: dict[Kind, tuple[str, dict[str, Any]]] = {
    Kind.DATABASE_VERSION: ("", {"version": "0002", "newest": "0003"}),
    Kind.DEAD_LETTERS: ("", {"count": 3, "reasons": [["is_archived", 2], ["gave_up", 1]]}),
    Kind.IN_DOUBT: ("", {"count": 2}),
    Kind.TOKEN: ("", {"code": "token_revoked"}),
    Kind.CHANNEL_CLOSED: ("#east", {"code": "is_archived"}),
    Kind.SLOT_LATE: ("daily_progress", {"due_at": _DUE}),
    Kind.SLOT_FAILED: ("daily_progress:#east", {"due_at": _DUE, "note": "OperationalError"}),
    Kind.DATA_STALE: ("", {"last_at": _DUE, "hours": 36}),
    Kind.WORKERS: ("", {"alive": 1, "wanted": 2}),
    Kind.OUTAGE: ("", {"from_at": _DUE}),
}


def _of(kind: Kind, **more: Any) -> Sample:
    subject, facts = _OF[kind]
    return Sample(TroubleView(kind, subject, _BEGAN, facts, **more), **_READ)


def _said(kind: Kind, value: str) -> Sample:
    facts = {"code": value, "due_at": _DUE, "note": value}
    return Sample(TroubleView(kind, value, _BEGAN, facts, times=1234), **{**_READ, "channel": value})


SAMPLES = {
    "happy": _of(Kind.TOKEN),
    "empty": Sample(TroubleView(Kind.SLOT_FAILED, "welcome", _BEGAN, {"due_at": _DUE, "note": ""}), **_READ),
    "longest": _said(Kind.CHANNEL_CLOSED, LONG),
    "hostile": _said(Kind.SLOT_FAILED, NASTY),
    "resolved": _of(Kind.TOKEN, ended=_ENDED),
    "again": _of(Kind.CHANNEL_CLOSED, times=3),
    "goes on below": _of(Kind.DEAD_LETTERS, moved=True),
    "an outage, known afterwards": _of(Kind.OUTAGE, ended=_ENDED),
    **{f"kind {kind}": _of(kind) for kind in Kind if kind not in (Kind.TOKEN, Kind.OUTAGE)},
}
