"""The engine: one per process, pooled, in UTC, with short statements where people wait."""

from functools import lru_cache

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

from gateways.database import embedded
from gateways.environment import Environment

# A person waits three seconds at most: a lock or a statement of a listener gives up before.
WEB_OPTIONS = "-c timezone=UTC -c lock_timeout=2000 -c statement_timeout=2500"
WORKER_OPTIONS = "-c timezone=UTC -c lock_timeout=10000 -c idle_in_transaction_session_timeout=600000"


def database_url(environment: Environment) -> str:
    """The URL in SQLAlchemy's form, starting the embedded server where none is given."""
    raw = environment.database_url or embedded_url(environment.home.resolve().as_posix())
    url = make_url(raw)
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


@lru_cache(maxsize=4)
def embedded_url(home: str) -> str:
    """The embedded server of this home, started once per process."""
    from pathlib import Path

    return embedded.start(Path(home))


def make_engine(url: str, *, options: str = WORKER_OPTIONS, pool_size: int = 8) -> Engine:
    """An engine whose sessions run in UTC with the given server options."""
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=4,
        pool_pre_ping=False,
        pool_recycle=1800,
        hide_parameters=True,  # an error's text goes to the log: names and addresses must not
        connect_args={"options": options, "application_name": "partsplan", "connect_timeout": 3},
    )
