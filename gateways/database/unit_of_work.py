"""One transaction per call: the only place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from sqlalchemy import Engine
from sqlalchemy.orm import Session


@contextmanager
def unit_of_work(engine: Engine) -> Iterator[Session]:
    """A session that commits when the block ends well and rolls back otherwise."""
    session = Session(engine, expire_on_commit=False, autoflush=False)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.close()


@contextmanager
def answering(engine: Engine) -> Iterator[Session]:
    """A session each of whose statements stands alone, for answers: nothing to begin, nothing to commit.

    Under READ COMMITTED every statement sees its own state of the data anyway. An answer writes at most one
    row, the computation it keeps, which is whole or not there.
    """
    session = Session(_autocommit(engine), autoflush=False)
    try:
        yield session
    finally:
        session.close()


@lru_cache(maxsize=8)
def _autocommit(engine: Engine) -> Engine:
    """The same pool; made once, since making it costs as much as a query."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def read_only(engine: Engine) -> Iterator[Session]:
    """A session whose statements see one state of the data and can change nothing."""
    session = Session(engine.execution_options(postgresql_readonly=True), autoflush=False)
    try:
        yield session
    finally:
        session.close()
