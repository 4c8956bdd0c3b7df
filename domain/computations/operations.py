"""Keep a computation, so that the number it gave can be explained as it was shown."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from domain.computations.model import Computation
from domain.computations.views import Explanation
from domain.refusals import NotKnownAnymore


def key_of(formula: str, version: int, inputs: dict[str, Any], result: dict[str, Any]) -> str:
    """The hash of a computation's content: the same content is the same computation."""
    content = json.dumps([formula, version, inputs, result], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def keep(
    session: Session,
    formula: str,
    version: int,
    *,
    inputs: dict[str, Any],
    result: dict[str, Any],
    at: datetime,
) -> int:
    """The id of the computation with this content; written once, however often it is shown."""
    key = key_of(formula, version, inputs, result)
    known = session.scalar(select(Computation.id).where(Computation.key == key))
    if known is not None:
        return known
    values = {
        "key": key, "formula": formula, "formula_version": version, "inputs": inputs, "result": result, "at": at
    }  # fmt: skip
    made: int | None = session.scalar(
        insert(Computation).values(values).on_conflict_do_nothing().returning(Computation.id)
    )
    if made is not None:
        return made
    # Another process kept the same content between our two statements.
    return session.scalars(select(Computation.id).where(Computation.key == key)).one()


def explain(session: Session, computation_id: int) -> Explanation:
    """The computation as it was shown; raises NotKnownAnymore where it is gone."""
    found = session.get(Computation, computation_id)
    if found is None:
        raise NotKnownAnymore
    return Explanation(found.id, found.formula, found.formula_version, found.inputs, found.result, found.at)
