"""All long checks, one after the other, in about eight minutes: `make chaos`."""

import json
from dataclasses import asdict

from tests.chaos import database, pace
from tests.chaos.delivery import Plan, shake
from tests.chaos.scratch import database as scratch


def main() -> int:
    """Print each check's figures; 1 where something was lost, doubled, out of order or too slow."""
    wrong = []
    with scratch() as url:
        shaken = shake(url, Plan())
    print("delivery (T1)", json.dumps(asdict(shaken)), flush=True)
    if (shaken.lost, shaken.doubled, shaken.disordered, shaken.unsent) != (0, 0, 0, 0):
        wrong.append("delivery")
    restarted = database.check()
    print("database (T20)", json.dumps(restarted), flush=True)
    if restarted["lost"] or restarted["doubled"] or restarted["recovered_after_restart_s"] > 30:
        wrong.append("database")
    steady = pace.steady()
    print("pace (T5)", json.dumps(steady), flush=True)
    if steady["429s"] or steady["times_floor"] > 1.25:
        wrong.append("pace")
    held = pace.holds_only_its_channel()
    print("retry-after (T5)", json.dumps(held), flush=True)
    if held["silence"] < 29.9:
        wrong.append("retry-after")
    backlog = pace.backlog(minutes=1.0)
    print("backlog (T6)", json.dumps(backlog), flush=True)
    if backlog["per_minute"] < 240 or backlog["429s"]:
        wrong.append("backlog")
    print("idle", json.dumps(pace.idle()), flush=True)
    print("wrong:", wrong or "nothing")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
