"""`partsplan forget`: erase a person, say what is left."""

import json
from datetime import datetime

import typer
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cli.wiring import Refused, checked_environment, ready_engine
from domain.people.erasure import CannotErase, Erased, erase
from domain.people.model import Person
from gateways import queue
from gateways.clock import business_clock
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.delivery.outbox import lock_of
from templates.people.labels import former_colleague

WHY_NOT = {
    "erased_already": "that person has been erased already",
    "reason_names": "the reason stays in the history for ever: leave out the person's name and address",
}


def run_forget(person: str, *, reason: str, yes: bool, as_json: bool) -> int:
    """Erase; 0 where nothing names the person any more, 1 where something does."""
    env = checked_environment()
    engine = ready_engine(env)
    with read_only(engine) as session:
        person_id, shown = _find(session, person)
    if not yes:
        typer.confirm(f"Erase {shown}? There is no way back.", abort=True)
    now = business_clock(env.now)()
    with unit_of_work(engine) as session:
        done = forget(session, person_id, reason=reason, now=now)
    left = [{"table": o.table, "column": o.column, "rows": o.rows} for o in done.left]
    if as_json:
        told = {"person_id": person_id, "messages": done.messages, "left": left}
        typer.echo(json.dumps(told))
    else:
        typer.echo(f"erased; {done.messages} messages lost their text. Sales figures stay, under a number.")
        for one in left:
            typer.echo(
                f"still named in {one['table']}.{one['column']}, {one['rows']} rows: see to it by hand"
            )
        typer.echo("Messages already in Slack, backups and exported files are not touched: see SECURITY.md.")
    return 1 if left else 0


def forget(session: Session, person_id: int, *, reason: str, now: datetime) -> Erased:
    """Erase a person in this transaction, in the queue too. Raises Refused."""
    try:
        done = erase(
            session, person_id, label=former_colleague(person_id), reason=reason, actor="cli", now=now
        )
    except CannotErase as cannot:
        raise Refused(WHY_NOT[str(cannot)]) from cannot
    if done.slack_user_id:
        queue.forget_lock(session, lock_of(done.slack_user_id), lock_of(f"erased-{person_id}"))
    return done


def _find(session: Session, typed: str) -> tuple[int, str]:
    """By employee code, e-mail or whole name; whom it found. Raises Refused."""
    names = (Person.code, Person.email, Person.name, Person.name_zh_hant, Person.name_zh_hans)
    wanted = typed.strip().casefold()
    rows = session.execute(
        select(Person.id, Person.code, Person.name).where(or_(*(func.lower(n) == wanted for n in names)))
    ).all()
    if not rows:
        raise Refused(f"nobody has the code, e-mail or name {typed!r}")
    if len(rows) > 1:
        raise Refused(f"{typed!r} is {len(rows)} people; use a code: {', '.join(r.code for r in rows)}")
    return rows[0].id, f"{rows[0].name} ({rows[0].code})"
