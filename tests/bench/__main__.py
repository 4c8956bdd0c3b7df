"""`make bench`: import, `/target`, digest and start, each as a ratio or bound of one run.

python -m tests.bench [--lines 10000000] [--seconds 5]

Prints JSON. With ten million lines it takes about five minutes on two cores; docs/benchmarks.md has figures.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from tests.bench import import_orders, start, target

# The feed's three years end in 2025: a morning in its last full month.
MORNING = "2025-11-17T08:30:00+00:00"
NOON = "2025-11-17T12:00:00+00:00"
ASK = [f"U0P{number}" for number in range(200)]


def people_in_slack(engine: Engine) -> None:
    """Everybody of the feed is a member, has a target, and hears the company's channels."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE person SET slack_user_id = 'U0' || code"))
        connection.execute(
            text(
                "INSERT INTO setting (key, value, changed_at) VALUES ('channels.company', '\"#sales\"', now())"
                " ON CONFLICT (key) DO NOTHING"
            )
        )
        made = connection.scalar(
            text(
                "INSERT INTO target_set (version, status, created_at) VALUES (1, 'active', now()) RETURNING id"
            )
        )
        connection.execute(
            text(
                "INSERT INTO target_line (set_id, month, person_id, amount, currency)"
                " SELECT :made, m::date, p.id, 3000000, 'USD' FROM person p,"
                " generate_series('2023-01-01'::date, '2025-12-01', interval '1 month') m"
            ),
            {"made": made},
        )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def main() -> None:
    """Everything, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--seconds", type=float, default=5)
    options = parser.parse_args()
    figures: dict[str, Any] = {"start": start.measure()}
    with tempfile.TemporaryDirectory(prefix="partsplan-bench-") as folder:
        Path(folder).chmod(0o755)
        with import_orders.fresh_database(None, Path(folder) / "home") as engine:
            figures["import"] = import_orders.measure(engine, Path(folder), options.lines)
            people_in_slack(engine)
            url = engine.url.render_as_string(hide_password=False)
            figures["target"] = target.compare(url, users=ASK, text="", now=NOON, seconds=options.seconds)
            done = subprocess.run(
                [sys.executable, "-m", "tests.bench.digest", url, MORNING],
                capture_output=True,
                text=True,
                check=True,
            )
            figures["digest"] = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
