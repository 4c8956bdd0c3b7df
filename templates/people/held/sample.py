"""What waiting messages are tried with."""

from templates.people.held.layout import Waited
from templates.samples import Sample
from templates.targets.samples import LONG, NASTY

SAMPLES = {
    "happy": Sample(Waited(("2019/11/22", "2019/11/25"))),
    "empty": Sample(Waited(("2019/11/22",))),
    "longest": Sample(Waited((LONG,) * 14)),
    "hostile": Sample(Waited((NASTY, NASTY))),
}
