"""Erasing a person: nothing that names them stays, what they sold does (it is kept by law) under a number.

The person's row loses name, address, employee code and everything of Slack's; messages to them go, messages
that name them lose their text. History knew them by a pseudonym all along and still verifies. A salted hash
of the employee code keeps imports from bringing them back.
"""

import hashlib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, literal, or_, select, update
from sqlalchemy.orm import Session

from domain.computations.model import Computation
from domain.delivery.model import Gate, HeldMessage, OutboxRow, PostedMessage, SlackChannel
from domain.events.operations import append
from domain.models import metadata
from domain.names import Names
from domain.people.identity import Identity, Occurrence, occurrences
from domain.people.model import Erasure, Person, PersonRegion
from domain.rules.model import Setting

OPEN = ("pending", "sending", "ambiguous")


class CannotErase(ValueError):
    """Why not: `erased_already`, `reason_names` (the reason stays in history for ever)."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done. `slack_user_id` is for the queue to forget; `left`: where the person is still named."""

    person_id: int
    slack_user_id: str | None
    messages: int
    left: tuple[Occurrence, ...]


def code_hash(salt: str, code: str) -> str:
    """How an erased employee code is known: the same in any width and case.

    >>> code_hash("s", "E-17 ") == code_hash("s", "ｅ-17")
    True
    """
    folded = unicodedata.normalize("NFKC", code).strip().casefold()
    return hashlib.sha256(f"{salt}\0{folded}".encode()).hexdigest()


def erase(
    session: Session,
    person_id: int,
    *,
    label: Names,
    reason: str,
    actor: str,
    now: datetime,
    surface: str = "cli",
) -> Erased:
    """Erase a person; `label` stands for their name from now on. There is no way back. Raises CannotErase."""
    person = session.scalars(select(Person).where(Person.id == person_id).with_for_update()).one()
    if session.scalar(select(Erasure.person_id).where(Erasure.person_id == person_id)) is not None:
        raise CannotErase("erased_already")
    identity = Identity.of(person)
    if identity.is_in(reason):
        raise CannotErase("reason_names")
    slack = person.slack_user_id
    _bury_code(session, person, now)
    _clean_own_rows(session, person_id)
    messages = _clean_outbox(session, person, identity, label.name)
    messages += _clean_held(session, identity, label.name)
    _clean_computations(session, person_id)
    _anonymise(session, person, label, now)
    append(
        session, at=now, actor=actor, surface=surface, subject_type="person", subject_id=person.pseudonym,
        verb="erased", after={"reason": reason},
    )  # fmt: skip
    return Erased(person_id, slack, messages, tuple(occurrences(session, identity)))


def _bury_code(session: Session, person: Person, now: datetime) -> None:
    """One salt for all: a code is hashed once per import, not once per erased person."""
    salt = session.scalar(select(Erasure.salt).limit(1)) or str(
        session.scalar(select(func.concat(func.gen_random_uuid(), func.gen_random_uuid())))
    )
    session.add(Erasure(code_hash=code_hash(salt, person.code), salt=salt, person_id=person.id, at=now))


def _anonymise(session: Session, person: Person, label: Names, now: datetime) -> None:
    person.name, person.name_zh_hant, person.name_zh_hans = label.name, label.zh_hant, label.zh_hans
    person.code = _placeholder(person.id)
    person.email = f"{_placeholder(person.id)}@erased.invalid"
    person.title = person.locale = person.slack_locale = person.timezone = None
    person.joined_on = person.snoozed_until = None
    person.slack_user_id = person.slack_checked_at = None
    person.slack_deactivated = True
    yesterday = now.date() - timedelta(days=1)
    person.left_on = min(person.left_on or yesterday, yesterday)
    session.execute(update(Setting).where(Setting.changed_by == person.id).values(changed_by=None))
    session.flush()


def _placeholder(person_id: int) -> str:
    return f"erased-{person_id}"


def _clean_outbox(session: Session, person: Person, identity: Identity, label: str) -> int:
    """How many messages were to the person or named them."""
    slack, placeholder = person.slack_user_id, _placeholder(person.id)
    columns = (OutboxRow.payload, OutboxRow.key, OutboxRow.thing, OutboxRow.channel)
    named = or_(*map(identity.like, columns))
    rows = session.scalars(select(OutboxRow).where(named).with_for_update()).all()
    for row in rows:
        row.key, row.thing = identity.without(row.key, placeholder), identity.without(row.thing, placeholder)
        if slack and row.channel == slack:
            row.channel, row.slack_channel = placeholder, None
            if row.state in OPEN:
                row.state, row.reason = "dropped", "erased"
        if row.state in OPEN:
            row.payload = identity.without(row.payload, label)
        else:
            # It has been sent or never will be: only what delivery counts by stays.
            kept = {k: v for k, v in row.payload.items() if k in ("edit", "due", "notice")}
            row.payload = {**kept, "text": label}
    session.flush()
    if slack:
        _forget_direct_messages(session, slack)
    return len(rows)


def _forget_direct_messages(session: Session, slack: str) -> None:
    session.execute(delete(PostedMessage).where(PostedMessage.channel == slack))
    session.execute(delete(SlackChannel).where(SlackChannel.name == slack))
    session.execute(delete(Gate).where(Gate.channel == slack))


def _clean_held(session: Session, identity: Identity, label: str) -> int:
    """Messages that wait for others and name the person; how many."""
    named = or_(*map(identity.like, (HeldMessage.payload, HeldMessage.thing)))
    rows = session.scalars(select(HeldMessage).where(named).with_for_update()).all()
    for row in rows:
        row.payload = identity.without(row.payload, label)
    session.flush()
    return len(rows)


def _clean_own_rows(session: Session, person_id: int) -> None:
    """Whatever belongs to a person alone goes with them: roles, choices, messages that wait for them.

    Such rows refer to their person with ON DELETE CASCADE. Where somebody sold stays: it decides who may read
    what they sold.
    """
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            is_own = key.column.table.name == Person.__tablename__ and key.ondelete == "CASCADE"
            if is_own and table.name != PersonRegion.__tablename__:
                session.execute(delete(table).where(key.parent == person_id))


def _clean_computations(session: Session, person_id: int) -> None:
    """Computations of earlier releases kept the name they were about."""
    about = (
        Computation.inputs["scope_kind"].astext == "person",
        Computation.inputs["scope_id"].astext == str(person_id),
        Computation.inputs.has_key("scope_name"),
    )
    without_name = Computation.inputs.op("-")(literal("scope_name"))
    session.execute(update(Computation).where(*about).values(inputs=without_name))


def erased_codes(session: Session, codes: Collection[str]) -> dict[str, str]:
    """Which of the codes are those of erased people: code -> what stands for it now."""
    known = dict(session.execute(select(Erasure.code_hash, Erasure.person_id)).all())
    salt = session.scalar(select(Erasure.salt).limit(1))
    if salt is None:
        return {}
    found = {code: known.get(code_hash(salt, code)) for code in codes}
    return {code: _placeholder(person_id) for code, person_id in found.items() if person_id is not None}


def readmit(session: Session, code: str, *, actor: str, surface: str, now: datetime) -> bool:
    """Let an erased employee code come back (somebody was hired again); False where it was not erased."""
    placeholder = erased_codes(session, [code]).get(code)
    if placeholder is None:
        return False
    person = session.scalars(select(Person).where(Person.code == placeholder)).one()
    session.execute(delete(Erasure).where(Erasure.person_id == person.id))
    person.code, person.left_on, person.slack_deactivated = code, None, False
    session.flush()
    append(
        session, at=now, actor=actor, surface=surface, subject_type="person", subject_id=person.pseudonym,
        verb="readmitted",
    )  # fmt: skip
    return True
