"""What the answer to Snooze is tried with."""

from datetime import date

from templates.people.snoozed.layout import Snoozed
from templates.samples import Sample

_TODAY = date(2019, 11, 22)

SAMPLES = {
    "happy": Sample(Snoozed(date(2019, 11, 25)), today=_TODAY),
    "empty": Sample(Snoozed(None), today=_TODAY),
    "longest": Sample(Snoozed(date(2020, 12, 31)), today=_TODAY),
    "hostile": Sample(Snoozed(None), today=_TODAY),  # nothing of it is written by users
}
