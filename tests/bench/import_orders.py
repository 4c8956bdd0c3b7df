"""How long an import of order lines takes, against COPY of the same rows into a table without indexes, in one run.

    python bench/import_orders.py --lines 10000000

Prints JSON: seconds of both and their ratio, by the clock and in processor time, and the most memory this process
held. The company is made up: 500 people in 20 regions, 5,000 customers in 5 groups, 10,000 parts in 40 categories,
three years of days in order. Orders have ten lines from three categories, so that there are about three lines to a
row of the daily roll-up, as in the real sales of AdventureWorks. `--scattered` makes every line an order of its own
kind: nearly as many roll-up rows as lines, the worst there is.
"""

import argparse
import json
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from gateways.clock import real_now
from gateways.database import embedded
from gateways.database.engine import make_engine
from gateways.database.migrate import migrate
from gateways.feeds.importing import import_folder

PEOPLE, REGIONS, CUSTOMERS, PARTS, DAYS = 500, 20, 5_000, 10_000, 1_095
MAPPING = {
    "regions": f"SELECT 'R' || i AS code, 'Region ' || i AS name FROM range({REGIONS}) r(i)",
    "people": f"""SELECT 'P' || i AS code, 'Person ' || i AS name, 'p' || i || '@bench.example' AS email,
        'sales' AS department, 'rep' AS roles, 'R' || (i % {REGIONS}) AS regions FROM range({PEOPLE}) r(i)""",
    "customers": f"""SELECT 'C' || i AS code, 'Customer ' || i AS name, 'Group ' || (i % 5) AS customer_group
        FROM range({CUSTOMERS}) r(i)""",
    "part_categories": "SELECT 'K' || i AS code, 'Category ' || i AS name FROM range(40) r(i)",
    "parts": f"""SELECT 'PN-' || i AS part_no, 'Part ' || i AS name, 'K' || (i % 40) AS category
        FROM range({PARTS}) r(i)""",
    "orders": "SELECT * FROM read_csv('orders.csv', header = true, all_varchar = true)",
}
# Ten lines an order from three of the 40 categories (a part's category is its number modulo 40); scattered: any part.
_PART = {
    False: f"(hash(i) % {PARTS // 40}) * 40 + hash(o * 3 + i % 3) % 40",
    True: f"hash(i) % {PARTS}",
}
ORDERS = f"""
COPY (
    SELECT 'SO' || lpad(o::VARCHAR, 9, '0') AS order_no, i % $size + 1 AS line_no,
           DATE '2023-01-01' + (i * {DAYS} // $lines)::INTEGER AS ordered_on, 'reseller' AS channel,
           'P' || (hash(o) % {PEOPLE}) AS person, 'R' || (hash(o) % {PEOPLE} % {REGIONS}) AS region,
           'C' || (hash(o + 1) % {CUSTOMERS}) AS customer, 'PN-' || ($part) AS part_no,
           hash(i + 1) % 20 + 1 AS quantity, ((hash(i + 2) % 1000000) / 100)::DECIMAL(18,2) AS amount,
           ((hash(i + 3) % 800000) / 100)::DECIMAL(18,2) AS cost, 'USD' AS currency
    FROM (SELECT i, i // $size AS o FROM range($lines) r(i))
) TO '$path' (HEADER true)
"""


@contextmanager
def fresh_database(url: str | None, home: Path) -> Iterator[Engine]:
    """A migrated database that goes away."""
    server = make_url(url or embedded.start(home)).set(drivername="postgresql+psycopg")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS partsplan_bench WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE partsplan_bench"))
    engine = make_engine(server.set(database="partsplan_bench").render_as_string(hide_password=False))
    migrate(engine)
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE partsplan_bench WITH (FORCE)"))
    admin.dispose()


def make_feed(folder: Path, lines: int, *, scattered: bool = False) -> tuple[Path, Path]:
    """The export and its mapping."""
    source, mapping = folder / "export", folder / "mapping"
    source.mkdir()
    mapping.mkdir()
    for name, sql in MAPPING.items():
        (mapping / f"{name}.sql").write_text(sql, encoding="utf-8")
    values = {
        "$lines": lines,
        "$size": 4 if scattered else 10,
        "$part": _PART[scattered],
        "$path": source / "orders.csv",
    }
    sql = ORDERS
    for mark, value in values.items():
        sql = sql.replace(mark, str(value))
    duckdb.connect().execute(sql)
    return source, mapping


class Cpu:
    """Processor seconds of this process and the database server: what they cost whoever else is busy.

    Zero for the server where it runs elsewhere or the system has no /proc.
    """

    def __init__(self, engine: Engine) -> None:
        with engine.connect() as connection:
            folder = connection.scalar(text("SHOW data_directory"))
        pid_file = Path(str(folder)) / "postmaster.pid"
        self.server = int(pid_file.read_text().split()[0]) if pid_file.is_file() else 0

    def now(self) -> float:
        """Seconds so far."""
        mine = resource.getrusage(resource.RUSAGE_SELF)
        return mine.ru_utime + mine.ru_stime + sum(map(self._of, Path("/proc").glob("[0-9]*/stat")))

    def _of(self, stat: Path) -> float:
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            return 0.0
        own = int(stat.parent.name) == self.server
        ticks = fields[11:15] if own else fields[11:13] if int(fields[1]) == self.server else []
        return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def checkpoint(engine: Engine) -> None:
    """Neither of the two pays for what the other has left to write."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))


def copy_alone(engine: Engine, folder: Path, cpu: Cpu) -> tuple[float, float]:
    """Seconds to COPY the imported rows into a logged table without indexes, by the clock and of processors."""
    path = folder / "rows.csv"
    raw = engine.raw_connection()
    driver: Any = raw.driver_connection
    with path.open("wb") as out, driver.cursor().copy("COPY order_line TO STDOUT (FORMAT csv)") as copy:
        for block in copy:
            out.write(block)
    checkpoint(engine)
    spent, began = cpu.now(), time.perf_counter()
    driver.execute("CREATE TABLE plain (LIKE order_line)")
    with path.open("rb") as read, driver.cursor().copy("COPY plain FROM STDIN (FORMAT csv)") as copy:
        while block := read.read(1 << 18):
            copy.write(block)
    driver.execute("COMMIT")
    took, spent = time.perf_counter() - began, cpu.now() - spent
    path.unlink()
    raw.close()
    return took, spent


def stages() -> tuple[dict[str, float], Any]:
    """When each stage was first heard of, and the callback that hears."""
    first: dict[str, float] = {}
    return first, lambda stage, _done, _total: first.setdefault(stage, time.perf_counter())


def measure(engine: Engine, folder: Path, lines: int, *, scattered: bool = False) -> dict[str, Any]:
    """Both measurements, in an empty database; what was imported stays there. Files go to `folder`."""
    source, mapping = make_feed(folder, lines, scattered=scattered)
    checkpoint(engine)
    cpu, (first, told) = Cpu(engine), stages()
    spent, began = cpu.now(), time.perf_counter()
    report = import_folder(engine, source, mapping, clock=real_now, progress=told)
    took, spent = time.perf_counter() - began, cpu.now() - spent
    assert report.written, report.problems[:3]
    plain, plain_spent = copy_alone(engine, folder, cpu)
    again_began = time.perf_counter()
    assert not import_folder(engine, source, mapping, clock=real_now).written
    again = time.perf_counter() - again_began
    with engine.connect() as connection:
        sizes = {
            table: connection.scalar(text(f"SELECT count(*) FROM {table}"))
            for table in ("sales_daily", "sales_scope_daily")
        }
    (source / "orders.csv").unlink()
    return {
        "lines": lines,
        "scattered": scattered,
        "import_seconds": round(took, 2),
        "copy_seconds": round(plain, 2),
        "ratio": round(took / plain, 2),
        "import_cpu_seconds": round(spent, 2),
        "copy_cpu_seconds": round(plain_spent, 2),
        "again_seconds": round(again, 2),
        "rollup_rows": sizes,
        "max_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "load_average": [round(load, 1) for load in os.getloadavg()],
        "stages": {stage: round(at - began, 2) for stage, at in first.items() if stage.endswith("orders")},
    }


def run(lines: int, url: str | None, *, scattered: bool = False) -> dict[str, Any]:
    """Measure in a database and a folder that go away."""
    folder = Path(tempfile.mkdtemp(prefix="partsplan-bench-"))
    folder.chmod(0o755)
    try:
        with fresh_database(url, folder / "home") as engine:
            return measure(engine, folder, lines, scattered=scattered)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Parse the options and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--scattered", action="store_true", help="as many roll-up rows as lines")
    parser.add_argument("--url", default=None, help="a server; default: the embedded one")
    options = parser.parse_args()
    print(json.dumps(run(options.lines, options.url, scattered=options.scattered), indent=2))


if __name__ == "__main__":
    main()
