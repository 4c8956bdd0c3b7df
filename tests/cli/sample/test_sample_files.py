"""The same seed gives the same bytes, and the folder feeds the import like any ERP export."""

import hashlib
import os
import subprocess
import sys
import tomllib
from datetime import date
from decimal import localcontext
from pathlib import Path

import pytest

from cli.sample import make_sample
from domain.imports.tables import TABLES
from tests.cli.sample.made import Made, made_company

ROOT = Path(__file__).resolve().parents[3]
# Of part, quantity and amount of every order line of seed 7. It changes when the generator is changed on
# purpose and must not change with the machine, the Python or the libraries.
ORDERS_OF_SEED_7 = "c4b695bfd7eeed766fc6e4e16c62272c5c86e5c9b076c4c9cfab199012f50fe6"


@pytest.fixture
def made() -> Made:
    """The sample company."""
    return made_company()


def test_two_runs_write_the_same_bytes(made: Made, tmp_path: Path) -> None:
    with localcontext(prec=5):  # whatever the caller does with decimals
        again = make_sample(tmp_path / "again")
    assert again.digest == made.summary.digest
    for table in TABLES:
        name = f"{table.name}.csv"
        assert (tmp_path / "again" / name).read_bytes() == (made.summary.folder / name).read_bytes(), name


def test_the_order_of_sets_does_not_matter(made: Made, tmp_path: Path) -> None:
    code = "import sys, pathlib, cli.sample as s; print(s.make_sample(pathlib.Path(sys.argv[1])).digest)"
    told = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == made.summary.digest


def test_the_orders_are_those_they_were_on_every_machine(made: Made) -> None:
    whole = hashlib.sha256()
    for row in made["orders"]:
        whole.update(f"{row['order_no']} {row['part_no']} {row['quantity']} {row['amount']}\n".encode())
    assert whole.hexdigest() == ORDERS_OF_SEED_7


def test_another_seed_on_another_day_is_another_company_with_the_same_people(
    made: Made, tmp_path: Path
) -> None:
    other = make_sample(tmp_path, seed=8, today=date(2026, 3, 18))
    assert other.digest != made.summary.digest
    assert (tmp_path / "people.csv").read_bytes() == (made.summary.folder / "people.csv").read_bytes()
    assert (tmp_path / "targets.csv").read_bytes() == (made.summary.folder / "targets.csv").read_bytes()
    assert (other.workdays_gone, other.workdays) == (13, 22)
    assert all(45 < pace.attained < 70 for pace in other.regions)


def test_a_year_without_a_known_calendar_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2026"):
        make_sample(tmp_path, today=date(2027, 1, 4))
    assert list(tmp_path.iterdir()) == []


def test_files_are_utf_8_with_the_canonical_header_and_unix_lines(made: Made) -> None:
    for table in TABLES:
        content = (made.summary.folder / f"{table.name}.csv").read_bytes()
        assert b"\r" not in content
        assert content.decode("utf-8").partition("\n")[0].split(",") == [c.name for c in table.columns]


def test_the_mapping_reads_every_row_back(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(made.summary.folder)
    for table in TABLES:
        answer = duckdb.sql((made.summary.folder / f"{table.name}.sql").read_text(encoding="utf-8"))
        assert answer.columns == [column.name for column in table.columns]
        rows = [tuple(cell or "" for cell in row) for row in answer.fetchall()]
        assert rows == [tuple(row.values()) for row in made[table.name]], table.name


def test_settings_hold_what_the_contract_names(made: Made) -> None:
    settings = tomllib.loads((made.summary.folder / "settings.toml").read_text(encoding="utf-8"))
    assert settings["company"] == {
        "name": "Hengtong Parts",
        "currency": "CNY",
        "timezone": "Asia/Shanghai",
        "locale": "en",
        "country": "CN",
        "fiscal_year_start": 1,
    }
    channels = settings["channels"]
    assert set(channels.pop("regions")) == {row["code"] for row in made["regions"]}
    assert set(channels) == {
        "company",
        "sales",
        "purchasing",
        "warehouse",
        "finance",
        "management",
        "operations",
    }
    assert all(channel.startswith("#") for channel in channels.values())
    assert settings["schedules"]["daily_progress"]["at"] == "08:30"
    calendar = settings["calendar"]
    assert "2026-10-01" in calendar["holidays"] and "2026-10-10" in calendar["workdays"]
    assert not set(calendar["holidays"]) & set(calendar["workdays"])
    assert all(date.fromisoformat(day) for days in calendar.values() for day in days)
