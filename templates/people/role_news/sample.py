"""What news about roles are tried with."""

from datetime import date

from domain.names import Names
from domain.people.rights import Role
from domain.people.views import HeldRole
from templates.people.role_news.layout import RoleNews
from templates.samples import Sample
from templates.targets import samples as s

_TODAY = date(2019, 11, 22)
_ROLE = HeldRole(1, Role.REGION_LEAD, 2, Names("East", "華東", "华东"), date(2019, 12, 1), None)
_NASTY, _LONG = Names(s.NASTY, s.NASTY, s.NASTY), Names(s.LONG, s.LONG, s.LONG)

SAMPLES = {
    "happy": Sample(RoleNews(s.ME.names, _ROLE), today=_TODAY),
    "empty": Sample(
        RoleNews(s.ME.names, HeldRole(2, Role.PLANNER, None, None, None, None), ended=True), today=_TODAY
    ),
    "longest": Sample(
        RoleNews(_LONG, HeldRole(3, Role.REGION_LEAD, 2, _LONG, date(2020, 1, 1), date(2020, 12, 31))),
        today=_TODAY,
    ),
    "hostile": Sample(RoleNews(_NASTY, HeldRole(3, Role.REGION_LEAD, 2, _NASTY, None, None)), today=_TODAY),
}
