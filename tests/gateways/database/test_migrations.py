"""The database the migrations make is the one the models describe, also from an installed wheel."""

import subprocess
import sys
import zipfile
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from domain.models import metadata
from gateways.database.migrate import current_version, migrate, newest_version
from tests.conftest import ROOT


def test_migrations_make_what_the_models_describe(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or name in metadata.tables,
            },
        )
        assert compare_metadata(context, metadata) == []


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    assert current_version(engine) == newest_version()
    migrate(engine)
    assert current_version(engine) == newest_version()


def test_a_database_without_tables_has_no_version(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    assert current_version(engine) is None


def test_the_wheel_holds_the_migrations_and_the_words(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    versions = {path.name for path in (ROOT / "gateways/database/migrations/versions").glob("*.py")}
    assert {f"gateways/database/migrations/versions/{name}" for name in versions} <= set(names)
    assert "gateways/database/migrations/env.py" in names
    assert any(name.endswith("messages.mo") for name in names)
