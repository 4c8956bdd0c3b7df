"""The checks that wait for nobody, in one list: what `/parts doctor` shows, and the command too."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from domain.monitoring.findings import Finding
from domain.rules.company import Company
from gateways.clock import real_now
from gateways.doctor import database
from gateways.doctor.machine import machine
from gateways.doctor.tokens import tokens
from gateways.environment import Environment

Check = Callable[[Session], list[Finding]]


def quick(
    session: Session, environment: Environment, company: Company, *, business_now: datetime
) -> list[Finding]:
    """Everything that neither calls Slack nor loads the tables of holidays."""
    found = [*tokens(environment), *machine(environment), database.version(session)]
    for check in of_the_database(company, business_now=business_now):
        found += check(session)
    return found


def of_the_database(company: Company, *, business_now: datetime) -> Iterator[Check]:
    """The checks on a database of this version, one by one."""
    now = real_now()
    yield lambda session: list(database.zones(session, company))
    yield lambda session: [database.people(session, company, business_now=business_now)]
    yield lambda session: [database.data(session, business_now=business_now)]
    yield lambda session: list(database.alive(session, now=now))
    yield lambda session: list(database.runs(session, now=now, business_now=business_now))
    yield lambda session: list(database.delivery(session, now=now))
    yield lambda session: [database.history(session)]
    yield lambda _: [database.operations_channel(company)]
