"""Targets: a new content is a new version; what is in force is superseded, never edited.

The rows of a person in a month speak for all of that person's month, the rows of nobody for their region and
category in the month: they replace what the version in force says of it. Everything not mentioned is carried
over.
"""

from datetime import datetime

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from domain.targets.model import TargetSet
from gateways.feeds.destinations import DESTINATIONS
from gateways.feeds.typed import Typed
from gateways.feeds.upsert import Written, resolved_query, stage
from gateways.feeds.workbench import Workbench

_COLUMNS = "month, person_id, region_id, category_id, amount, currency"
_SAME_KEY = """
l.month = r.month AND l.person_id IS NOT DISTINCT FROM r.person_id
AND l.region_id IS NOT DISTINCT FROM r.region_id AND l.category_id IS NOT DISTINCT FROM r.category_id
"""
_REPLACED = """
EXISTS (SELECT FROM resolved_targets r WHERE r.month = l.month AND (
  r.person_id = l.person_id
  OR (r.person_id IS NULL AND l.person_id IS NULL AND r.region_id IS NOT DISTINCT FROM l.region_id
      AND r.category_id IS NOT DISTINCT FROM l.category_id)))
"""


def apply_targets(bench: Workbench, session: Session, typed: Typed, *, source: str, now: datetime) -> Written:
    """Make the next version of the targets where the content differs from what is in force."""
    stage(bench, session, typed)
    session.execute(text("DROP TABLE IF EXISTS resolved_targets"))
    columns = [c for c in typed.table.columns if c in typed.stored]
    query = resolved_query(typed, DESTINATIONS["targets"], columns)
    nulls = "".join(
        f", NULL::int AS {DESTINATIONS['targets'].column(c)}"
        for c in ("person", "region", "category")
        if c not in typed.relation.present
    )
    session.execute(
        text(f"CREATE TEMP TABLE resolved_targets ON COMMIT DROP AS SELECT q.*{nulls} FROM ({query}) q")
    )
    active = session.scalar(select(TargetSet).where(TargetSet.status == "active"))
    before = active.id if active else None
    written = _compared(session, typed.rows, before)
    if not written.new and not written.changed:
        return written
    version = (session.scalar(select(func.max(TargetSet.version))) or 0) + 1
    session.execute(update(TargetSet).where(TargetSet.status == "active").values(status="superseded"))
    following = TargetSet(version=version, status="active", source=source, created_at=now)
    session.add(following)
    session.flush()
    session.execute(
        text(
            f"INSERT INTO target_line (set_id, {_COLUMNS}) SELECT :new, {_COLUMNS} FROM target_line l "
            f"WHERE set_id = :old AND NOT {_REPLACED}"
        ),
        {"new": following.id, "old": before},
    )
    session.execute(
        text(
            f"INSERT INTO target_line (set_id, {_COLUMNS}) SELECT :new, {_COLUMNS} "
            "FROM resolved_targets ORDER BY place"
        ),
        {"new": following.id},
    )
    return written


def _compared(session: Session, rows: int, before: int | None) -> Written:
    """New and changed lines. A line that the file replaces by others counts as changed."""
    lines = "(SELECT * FROM target_line WHERE set_id = :old) l"
    old = {"old": before}
    new = session.execute(
        text(
            f"SELECT place::text FROM resolved_targets r "
            f"WHERE NOT EXISTS (SELECT FROM {lines} WHERE {_SAME_KEY})"
        ),
        old,
    )
    changed = session.execute(
        text(
            f"SELECT place::text FROM resolved_targets r JOIN {lines} ON {_SAME_KEY} "
            "WHERE (l.amount, l.currency) IS DISTINCT FROM (r.amount, r.currency)"
        ),
        old,
    )
    gone = session.execute(
        text(
            f"SELECT 'gone ' || id FROM {lines} WHERE {_REPLACED} "
            f"AND NOT EXISTS (SELECT FROM resolved_targets r WHERE {_SAME_KEY})"
        ),
        old,
    )
    return Written(rows, {tuple(row) for row in new}, {tuple(row) for row in (*changed, *gone)})
