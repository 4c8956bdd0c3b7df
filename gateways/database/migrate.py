"""Migrations, run from wherever the package is installed, one process at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

LOCK = 7_046_029_254  # any number of ours; two releases at once wait for each other


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for our versions, bound to a connection where one is given."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def migrate(engine: Engine) -> None:
    """Bring the database to the newest version, the queue's own tables included."""
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        command.upgrade(config(connection), "head")


def current_version(engine: Engine) -> str | None:
    """The version the database is at; None where it has never been migrated."""
    with engine.connect() as connection:
        if connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def newest_version() -> str:
    """The version this code needs."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    assert head is not None
    return head
