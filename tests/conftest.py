"""A real PostgreSQL for every test that asks for one: a fresh database cloned from a migrated template."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from gateways.database import embedded
from gateways.database.engine import make_engine
from gateways.database.migrate import migrate
from gateways.database.unit_of_work import unit_of_work
from tests.security.logwatch import watched_logs

pytest_plugins = ["tests.sandbox.office", "tests.browser"]

SERVER = "PARTSPLAN_TEST_SERVER"
TEMPLATE = "partsplan_template"
__all__ = ["watched_logs"]  # a fixture for every test
ROOT = Path(__file__).resolve().parent.parent
REAL_DATA = ROOT.parent / "shared" / "data"
_numbers = count()
_homes: list[Path] = []


def _admin(url: str) -> Engine:
    return create_engine(url, isolation_level="AUTOCOMMIT", pool_size=1)


def _database(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _start_server() -> str:
    """An embedded server of this run, fast rather than durable, with the migrated template in it."""
    home = Path(tempfile.mkdtemp(prefix="partsplan-tests-"))
    home.chmod(0o755)
    _homes.append(home)
    url = (
        make_url(embedded.start(home))
        .set(drivername="postgresql+psycopg")
        .render_as_string(hide_password=False)
    )
    admin = _admin(url)
    with admin.connect() as connection:
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            connection.execute(text(f"ALTER SYSTEM SET {setting}"))
        connection.execute(text("SELECT pg_reload_conf()"))
        connection.execute(text(f"CREATE DATABASE {TEMPLATE}"))
    admin.dispose()
    template = make_engine(_database(url, TEMPLATE), pool_size=1)
    migrate(template)
    template.dispose()
    return url


def pytest_configure(config: pytest.Config) -> None:
    """With several test processes, the first starts the server for all."""
    if not hasattr(config, "workerinput") and config.getoption("numprocesses", None):
        os.environ[SERVER] = _start_server()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what this run has put on the disk."""
    if hasattr(config, "workerinput"):
        return
    for home in _homes:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def database_server() -> str:
    """URL of the run's server."""
    if SERVER not in os.environ:
        os.environ[SERVER] = _start_server()
    return os.environ[SERVER]


@pytest.fixture
def database_url(database_server: str) -> Iterator[str]:
    """URL of a database of the test's own, migrated and empty."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    admin = _admin(database_server)
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
    yield _database(database_server, name)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on that database."""
    made = make_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A unit of work on that database, committed when the test ends well."""
    with unit_of_work(engine) as opened:
        yield opened


@pytest.fixture
def real_sales() -> Path:
    """The folder of the real sales; skips where it is absent."""
    folder = REAL_DATA / "adventureworks_sales"
    if not folder.is_dir():
        pytest.skip("the real sales data are not beside the project")
    return folder
