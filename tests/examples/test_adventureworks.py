"""The first mapping on the real sales: every number is computed again from the files, with csv and Decimal alone."""

import csv
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from domain.imports.report import ImportReport, Outcome
from gateways.clock import real_now
from gateways.database.engine import make_engine
from gateways.feeds.importing import import_folder
from tests.conftest import REAL_DATA, ROOT, TEMPLATE
from tests.gateways.feeds.made import counts, rollups, rows, table

pytestmark = pytest.mark.real_data
MAPPING = ROOT / "examples" / "adventureworks"
MONTHS = [
    f"{y}-{m:02d}"
    for y in range(2017, 2021)
    for m in range(1, 13)
    if "2017-07" <= f"{y}-{m:02d}" <= "2020-05"
]
BY_MONTH = "to_char(s.sold_on, 'YYYY-MM')"


def read(folder: Path, name: str) -> list[dict[str, str]]:
    """A file of the export."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sales() -> Path:
    """The folder of the real sales."""
    folder = REAL_DATA / "adventureworks_sales"
    if not folder.is_dir():
        pytest.skip("the real sales data are not beside the project")
    return folder


@pytest.fixture(scope="module")
def imported(sales: Path, database_server: str) -> Iterator[tuple[Engine, ImportReport]]:
    """A database with the real company in it, imported once for all tests of this file."""
    name = f"adventureworks_{os.getpid()}"
    admin = create_engine(database_server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
    engine = make_engine(make_url(database_server).set(database=name).render_as_string(hide_password=False))
    yield engine, import_folder(engine, sales, MAPPING, clock=real_now)
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def scope(engine: Engine, where: str, keys: str = BY_MONTH) -> dict[str, Decimal]:
    """Sums of the roll-up that questions read, by month or other keys."""
    sql = (
        f"SELECT {keys}, sum(s.amount) FROM sales_scope_daily s LEFT JOIN person p ON p.id = s.person_id "
        f"LEFT JOIN region r ON r.id = s.region_id WHERE {where} GROUP BY {keys}"
    )
    return {"|".join(map(str, key)): amount for *key, amount in rows(engine, sql)}


def test_everything_is_accepted(imported: tuple[Engine, ImportReport], sales: Path) -> None:
    engine, report = imported
    assert not report.problems and report.written
    assert table(report, "orders").new == 57_851 + 56_046
    assert rows(engine, "SELECT channel, count(*) FROM order_line GROUP BY 1 ORDER BY 1") == [
        ("direct", 56_046),
        ("reseller", 57_851),
    ]
    buyers = {row["CustomerKey"] for row in read(sales, "InternetSales.csv")}
    assert table(report, "customers").new == 701 + len(buyers)
    assert [table(report, name).new for name in ("regions", "people", "parts", "targets")] == [
        10,
        18,
        397,
        809,
    ]


def test_linda_mitchells_november_and_summer(imported: tuple[Engine, ImportReport]) -> None:
    engine, _ = imported
    sold = scope(engine, "p.code = '191644724' AND s.region_id = 0")
    assert sold["2019-11"] == Decimal("568603.17")
    assert sum(sold[m] for m in ("2018-07", "2018-08", "2018-09")) == Decimal("1173970.67")
    in_force = (
        "SELECT to_char(l.month, 'YYYY-MM'), l.amount FROM target_line l JOIN target_set t ON t.id = l.set_id "
        "JOIN person p ON p.id = l.person_id WHERE t.status = 'active' AND p.code = '191644724'"
    )
    targets = dict(rows(engine, in_force))
    assert targets["2019-11"] == 700_000
    assert sum(targets[m] for m in ("2018-07", "2018-08", "2018-09")) == 3_200_000


def test_every_month_agrees_with_the_files(imported: tuple[Engine, ImportReport], sales: Path) -> None:
    engine, _ = imported
    codes = {row["EmployeeKey"]: row["EmployeeID"] for row in read(sales, "Salesperson.csv")}
    regions = {row["SalesTerritoryKey"]: row["Region"] for row in read(sales, "Region.csv")}
    company: dict[str, Decimal] = defaultdict(Decimal)
    by_person: dict[str, Decimal] = defaultdict(Decimal)
    by_region: dict[str, Decimal] = defaultdict(Decimal)
    by_both: dict[str, Decimal] = defaultdict(Decimal)
    for row in read(sales, "ResellerSales.csv"):
        month, amount = row["OrderDate"][:7], Decimal(row["Sales"])
        who, where = codes[row["EmployeeKey"]], regions[row["SalesTerritoryKey"]]
        company[month] += amount
        by_person[f"{month}|{who}"] += amount
        by_region[f"{month}|{where}"] += amount
        by_both[f"{month}|{who}|{where}"] += amount
    assert sorted(company) == MONTHS
    reseller = "s.channel = 'reseller' AND "
    assert scope(engine, reseller + "s.person_id = 0 AND s.region_id = 0") == company
    assert (
        scope(engine, reseller + "s.person_id <> 0 AND s.region_id = 0", f"{BY_MONTH}, p.code") == by_person
    )
    assert (
        scope(engine, reseller + "s.person_id = 0 AND s.region_id <> 0", f"{BY_MONTH}, r.code") == by_region
    )
    both = reseller + "s.person_id <> 0 AND s.region_id <> 0"
    assert scope(engine, both, f"{BY_MONTH}, p.code, r.code") == by_both
    daily = rows(engine, "SELECT to_char(sold_on, 'YYYY-MM'), sum(amount) FROM sales_daily WHERE channel = 'reseller' "
                 "GROUP BY 1")  # fmt: skip
    assert dict(daily) == company


def test_internet_sales_are_at_list_price_and_nobodys(
    imported: tuple[Engine, ImportReport], sales: Path
) -> None:
    engine, _ = imported
    prices = {
        r["Name"]: Decimal(r["ListPrice"])
        for r in read(sales.parent / "adventureworks", "Production.Product.csv")
    }
    names = {row["ProductKey"]: row["Product"] for row in read(sales, "Product.csv")}
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for row in read(sales, "InternetSales.csv"):
        expected[row["OrderDate"][:7]] += prices[names[row["ProductKey"]]] * int(row["OrderQuantity"])
    assert scope(engine, "s.channel = 'direct' AND s.person_id = 0 AND s.region_id = 0") == expected
    assert scope(engine, "s.channel = 'direct' AND s.person_id <> 0") == {}


def test_order_numbers_given_twice_are_kept_apart(imported: tuple[Engine, ImportReport]) -> None:
    engine, _ = imported
    found = rows(engine, "SELECT DISTINCT order_no FROM order_line WHERE order_no LIKE '%/%' ORDER BY 1")
    assert [order for (order,) in found] == [
        "SO62019/12807",
        "SO62019/14224",
        "SO72019/20367",
        "SO72019/25149",
    ]


def test_people_know_whom_they_report_to_and_what_they_may(imported: tuple[Engine, ImportReport]) -> None:
    engine, _ = imported
    reports = rows(
        engine,
        "SELECT p.name, m.name FROM person p LEFT JOIN person m ON m.id = p.manager_id "
        "WHERE p.name IN ('Linda Mitchell', 'Jae Pak', 'Lynn Tsoflias', 'Amy Alberts', 'Brian Welcker') ORDER BY 1",
    )
    assert dict(reports) == {
        "Amy Alberts": "Brian Welcker",
        "Brian Welcker": None,
        "Jae Pak": "Amy Alberts",
        "Linda Mitchell": "Stephen Jiang",
        "Lynn Tsoflias": "Syed Abbas",
    }
    leads = rows(
        engine,
        "SELECT p.name, count(*) FROM role_grant g JOIN person p ON p.id = g.person_id WHERE role = 'region_lead' "
        "AND g.region_id IS NOT NULL GROUP BY 1 ORDER BY 1",
    )
    assert leads == [("Amy Alberts", 3), ("Stephen Jiang", 6), ("Syed Abbas", 1)]
    assert rows(engine, "SELECT email FROM person WHERE code = '191644724'") == [
        ("linda-mitchell@adventureworks.com",)
    ]


def test_settings_name_the_channels(imported: tuple[Engine, ImportReport]) -> None:
    engine, _ = imported
    settings = dict(rows(engine, "SELECT key, value FROM setting"))
    assert settings["channels.regions"]["United Kingdom"] == "#united-kingdom"
    assert (settings["company.fiscal_year_start"], settings["schedules.daily_progress.at"]) == (7, "08:30")


def test_the_second_import_is_a_quick_no_op(imported: tuple[Engine, ImportReport], sales: Path) -> None:
    engine, _ = imported
    before = counts(engine)
    began = time.process_time()
    report = import_folder(engine, sales, MAPPING, clock=real_now)
    assert time.process_time() - began < 8
    assert not report.written and {t.outcome for t in report.tables} == {Outcome.UNCHANGED}
    assert counts(engine) == before


def test_without_the_back_office_internet_sales_are_not_known(
    sales: Path, tmp_path: Path, engine: Engine
) -> None:
    alone = shutil.copytree(sales, tmp_path / "adventureworks_sales")
    report = import_folder(engine, alone, MAPPING, clock=real_now)
    assert not report.problems
    assert rows(engine, "SELECT channel, count(*), count(amount) FROM order_line GROUP BY 1 ORDER BY 1") == [
        ("direct", 56_046, 0),
        ("reseller", 57_851, 57_851),
    ]
    direct = rows(engine, "SELECT sum(amount), sum(lines), sum(unpriced_lines) FROM sales_scope_daily "
                  "WHERE channel = 'direct' AND person_id = 0 AND region_id = 0")  # fmt: skip
    assert direct == [(0, 56_046, 56_046)]
    change_one_sale(alone, engine)


def change_one_sale(folder: Path, engine: Engine) -> None:
    """A corrected line moves the day and the sums, in both roll-ups, and nothing else."""
    before = rollups(engine)
    lines = (folder / "ResellerSales.csv").read_text().split("\n")
    assert lines[1].startswith("SO43897,2017-08-25,235,312,282,4,2,28.84,57.68,63.45")
    lines[1] = "SO43897,2017-08-25,235,312,282,4,3,28.84,86.52,95.17"
    (folder / "ResellerSales.csv").chmod(0o644)
    (folder / "ResellerSales.csv").write_text("\n".join(lines))
    report = import_folder(engine, folder, MAPPING, clock=real_now)
    assert (table(report, "orders").new, table(report, "orders").changed) == (0, 1)
    after = rollups(engine)
    assert {name: len(set(before[name]) ^ set(after[name])) for name in before} == {
        "sales_daily": 2,
        "sales_scope_daily": 8,
    }
    august = "sold_on BETWEEN '2017-08-01' AND '2017-08-31'"
    company = "person_id = 0 AND region_id = 0"
    sold = rows(engine, f"SELECT sum(amount) FROM sales_scope_daily WHERE {company} AND {august}")
    wanted = sum(
        Decimal(r["Sales"]) for r in read(folder, "ResellerSales.csv") if r["OrderDate"].startswith("2017-08")
    )
    assert sold == [(wanted,)]
