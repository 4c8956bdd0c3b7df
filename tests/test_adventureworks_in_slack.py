"""The real company asks: 57,851 reseller lines, 56,046 internet lines, 809 targets, answered to the cent."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text

from gateways.clock import real_now
from gateways.database.unit_of_work import read_only
from gateways.feeds.importing import import_folder
from jobs.all import REGISTRY
from jobs.runs import run_slot_now
from sandbox import Workspace
from tests.conftest import ROOT
from tests.wire import Wire, connected

pytestmark = pytest.mark.real_data
JUNE = datetime(2020, 6, 1, 12, tzinfo=UTC)
LINDA, STEPHEN, BRIAN, JAE, AMY = "linda-mitchell", "stephen-jiang", "brian-welcker", "jae-pak", "amy-alberts"


@pytest.fixture
def adventureworks(engine: Engine, real_sales: Path) -> Engine:
    report = import_folder(engine, real_sales, ROOT / "examples" / "adventureworks", clock=real_now)
    assert not report.refused, report.problems[:3]
    return engine


def workspace_of(engine: Engine) -> Workspace:
    workspace = Workspace("Adventure Works")
    with engine.connect() as connection:
        for email, name in connection.execute(text("SELECT email, name FROM person ORDER BY id")):
            workspace.add_user(email.partition("@")[0], email, real_name=name)
        regions = connection.scalars(text("SELECT name FROM region")).all()
    for name in ("sales", *(r.lower().replace(" ", "-") for r in regions)):
        workspace.add_channel(name)
    return workspace


@pytest.fixture
def slack(adventureworks: Engine) -> Iterator[Wire]:
    with connected(workspace_of(adventureworks), adventureworks, now=JUNE) as made:
        yield made


def asked(on: Wire, who: str, typed: str) -> str:
    person = on.person(who)
    assert person.types(typed, "#sales").ok
    return person.last("#sales").text_content


def why(on: Wire, who: str) -> str:
    person = on.person(who)
    person.clicks(person.last("#sales"), "Why?")
    return person.last("#sales").text_content


def reseller_sums(real_sales: Path) -> dict[tuple[str, str], Decimal]:
    """(kind:key, month) -> sales, from the files themselves."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    regions = {r["SalesTerritoryKey"]: r["Region"] for r in _rows(real_sales / "Region.csv")}
    people = {r["EmployeeKey"]: r["UPN"] for r in _rows(real_sales / "Salesperson.csv")}
    for row in _rows(real_sales / "ResellerSales.csv"):
        month, amount = row["OrderDate"][:7], Decimal(row["Sales"])
        for key in (
            f"person:{people[row['EmployeeKey']]}",
            f"region:{regions[row['SalesTerritoryKey']]}",
            "company:",
        ):
            sums[key, month] += amount
    return sums


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def test_people_ask_and_are_answered_to_the_cent_within_their_rights(slack: Wire) -> None:
    read = asked(slack, LINDA, "/target me 2019-11")
    assert "568,603 of 700,000 (81.2" in read
    assert "568,603.17" in why(slack, LINDA)
    read = asked(slack, LINDA, "/target 2018-Q3")
    assert "1,173,971 of 3,200,000 (36.7" in read
    assert "1,173,970.67" in why(slack, LINDA)
    # A rep sees their own, a manager those who sell in their regions alone, the director all.
    assert "You can see your own numbers" in asked(slack, LINDA, "/target jae pak 2019-11")
    assert "of 700,000" not in asked(slack, JAE, "/target linda mitchell 2019-11")
    assert "568,603 of 700,000" in asked(slack, STEPHEN, "/target linda mitchell 2019-11")
    assert "region" in asked(slack, STEPHEN, "/target jae pak 2019-11")
    assert "Jae Pak" in asked(slack, AMY, "/target jae pak 2019-11")
    assert "568,603 of 700,000" in asked(slack, BRIAN, "/target linda mitchell 2019-11")
    assert "Northwest" in asked(slack, BRIAN, "/target northwest 2019-11")
    assert "split" in asked(slack, BRIAN, "/target northwest 2019-11")
    assert "split" in asked(slack, STEPHEN, "/target canada 2019-11")
    company = asked(slack, BRIAN, "/target company 2019-05")
    assert "direct" in company.lower()


def test_sums_agree_with_the_files_for_every_month(adventureworks: Engine, real_sales: Path) -> None:
    expected = reseller_sums(real_sales)
    found: dict[tuple[str, str], Decimal] = {}
    with read_only(adventureworks) as session:
        rows = session.execute(
            text("""
            SELECT CASE WHEN d.person_id > 0 THEN 'person:' || p.email
                        WHEN d.region_id > 0 THEN 'region:' || r.name ELSE 'company:' END AS key,
                   to_char(sold_on, 'YYYY-MM') AS month, sum(amount) AS amount
              FROM sales_scope_daily d
              LEFT JOIN person p ON p.id = d.person_id LEFT JOIN region r ON r.id = d.region_id
             WHERE channel = 'reseller' AND (d.person_id = 0 OR d.region_id = 0)
             GROUP BY 1, 2""")
        )
        for row in rows:
            found[row.key, row.month] = row.amount
    months = {month for _, month in expected}
    assert (min(months), max(months)) == ("2017-07", "2020-05")
    assert found == expected


def test_any_morning_can_be_replayed(adventureworks: Engine) -> None:
    engine = adventureworks
    with connected(workspace_of(engine), engine, now=JUNE) as on:
        at = datetime(2019, 11, 15, 9, tzinfo=ZoneInfo("America/Los_Angeles"))
        run_slot_now(engine, "match_people", at, registry=REGISTRY, environment=on.environment)
        run_slot_now(engine, "daily_progress", at, registry=REGISTRY, environment=on.environment)
        run_slot_now(engine, "daily_progress", at, registry=REGISTRY, environment=on.environment)
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT channel, payload ->> 'text' AS said FROM outbox ORDER BY id")
        ).all()
    told = {row.channel: row.said for row in rows}
    assert len(rows) == len(told)
    assert {"#sales", "#united-kingdom", "#northwest"} <= set(told)
    assert "Adventure Works, November" in told["#sales"]
    assert sum(channel.startswith("U") for channel in told) >= 14
