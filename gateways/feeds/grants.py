"""What a person's `roles` and `regions` mean: where they sell, and what they may do from now on.

Only grants without dates are the feed's; dated ones were made by somebody and stay.
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

from gateways.feeds.typed import Typed
from gateways.feeds.upsert import Key, staged_name

_REGIONS = """
CREATE TEMP TABLE wanted_region ON COMMIT DROP AS
SELECT DISTINCT p.id AS person_id, r.id AS region_id
FROM {staged} s JOIN person p ON p.code = s.code
CROSS JOIN LATERAL unnest(string_to_array(s.regions, ';')) l (code) JOIN region r ON r.code = l.code
"""
# A lead leads each of the person's regions; every other role holds for the whole company.
_GRANTS = """
CREATE TEMP TABLE wanted_grant ON COMMIT DROP AS
SELECT DISTINCT p.id AS person_id, l.role, CASE WHEN l.role = 'region_lead' THEN w.region_id END AS region_id
FROM {staged} s JOIN person p ON p.code = s.code
CROSS JOIN LATERAL unnest(string_to_array(s.roles, ';')) l (role)
LEFT JOIN person_region w ON l.role = 'region_lead' AND w.person_id = p.id
"""
_SAME_GRANT = """
g.person_id = w.person_id AND g.role = w.role AND g.region_id IS NOT DISTINCT FROM w.region_id
AND g.valid_from IS NULL AND g.valid_to IS NULL
"""


def grant(session: Session, typed: Typed) -> set[Key]:
    """Bring regions and grants of the people in the feed to what it says; codes of those whose changed."""
    staged = staged_name(typed)
    changed: set[int] = set()
    for table in ("wanted_region", "wanted_grant"):
        session.execute(text(f"DROP TABLE IF EXISTS {table}"))
    if "regions" in typed.relation.present:
        session.execute(text(_REGIONS.format(staged=staged)))
        changed |= _bring_regions(session, staged)
    if "roles" in typed.relation.present:
        session.execute(text(_GRANTS.format(staged=staged)))
        changed |= _bring_grants(session, staged)
    codes = session.execute(text("SELECT code FROM person WHERE id = ANY(:ids)"), {"ids": sorted(changed)})
    return {(code,) for (code,) in codes}


def _ids(session: Session, statement: str) -> set[int]:
    return set(session.scalars(text(statement)))


def _bring_regions(session: Session, staged: str) -> set[int]:
    gone = _ids(
        session,
        f"DELETE FROM person_region g USING person p, {staged} s "
        "WHERE p.id = g.person_id AND p.code = s.code AND (g.person_id, g.region_id) NOT IN "
        "(SELECT person_id, region_id FROM wanted_region) RETURNING g.person_id",
    )
    return gone | _ids(
        session,
        "INSERT INTO person_region (person_id, region_id) SELECT person_id, region_id FROM wanted_region "
        "ON CONFLICT DO NOTHING RETURNING person_id",
    )


def _bring_grants(session: Session, staged: str) -> set[int]:
    gone = _ids(
        session,
        f"DELETE FROM role_grant g USING person p, {staged} s WHERE p.id = g.person_id AND p.code = s.code "
        "AND g.valid_from IS NULL AND g.valid_to IS NULL "
        f"AND NOT EXISTS (SELECT FROM wanted_grant w WHERE {_SAME_GRANT}) RETURNING g.person_id",
    )
    return gone | _ids(
        session,
        "INSERT INTO role_grant (person_id, role, region_id) "
        "SELECT person_id, role, region_id FROM wanted_grant w "
        f"WHERE NOT EXISTS (SELECT FROM role_grant g WHERE {_SAME_GRANT}) "
        "ORDER BY person_id, role, region_id RETURNING person_id",
    )
