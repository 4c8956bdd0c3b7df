"""What people and roles are tried with."""

from datetime import date

from domain.names import Names
from domain.people.rights import Role
from domain.people.views import HeldRole
from templates.people.roles.layout import Find, Person, ended_note, given_note, refused_note
from templates.samples import Sample
from templates.targets import samples as s

_TODAY = date(2019, 11, 22)
_EAST, _LI = Names("East", "華東", "华东"), s.ME.names
_NASTY, _LONG = Names(s.NASTY, s.NASTY, s.NASTY), Names(s.LONG, s.LONG, s.LONG)
_LISTED = HeldRole(1, Role.REGION_LEAD, 2, _EAST, None, None)
_DATED = (
    HeldRole(2, Role.FINANCE, None, None, date(2019, 11, 1), None),
    HeldRole(3, Role.PLANNER, None, None, date(2019, 12, 1), None),
    HeldRole(4, Role.TRAINER, None, None, None, date(2019, 12, 31)),
    HeldRole(5, Role.BUYER, None, None, date(2019, 12, 1), date(2020, 1, 31)),
)
_EVERY = tuple(HeldRole(number, role, None, None, None, None) for number, role in enumerate(Role))
_REGIONS = ((2, _EAST), (3, Names("West", "華西", "华西")))
_PERSON = Person(7, _LI, (_LISTED, *_DATED), _REGIONS)

SAMPLES = {
    "happy": Sample(_PERSON, function="build_person", today=_TODAY),
    "empty": Sample(Person(7, _LI, (), ()), function="build_person", today=_TODAY),
    "longest": Sample(
        Person(7, _LONG, (HeldRole(1, Role.REGION_LEAD, 2, _LONG, _TODAY, _TODAY),) * 60, ((2, _LONG),) * 1),
        function="build_person",
        today=_TODAY,
    ),
    "hostile": Sample(
        Person(7, _NASTY, (HeldRole(1, Role.REGION_LEAD, 2, _NASTY, None, None),), ((2, _NASTY),)),
        function="build_person",
        today=_TODAY,
    ),
    "every role": Sample(Person(7, _LI, _EVERY, _REGIONS), function="build_person", today=_TODAY),
    "find": Sample(Find(), today=_TODAY),
    "given": Sample(_PERSON, function="build_person", today=_TODAY, note=given_note(_LI, _DATED[1])),
    "ended": Sample(_PERSON, function="build_person", today=_TODAY, note=ended_note(_LI, _DATED[0])),
    "ended, of the list": Sample(
        _PERSON, function="build_person", today=_TODAY, note=ended_note(_LI, _LISTED)
    ),
} | {
    f"refused: {why}": Sample(_PERSON, function="build_person", today=_TODAY, note=refused_note(why))
    for why in ("own_admin", "last_admin", "gone", "needs_region", "no_region", "past", "backwards", "has_it")
}
