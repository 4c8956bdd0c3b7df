"""What the help is tried with."""

from templates.actions import Topic
from templates.commands import VERBS
from templates.people.help.layout import Help
from templates.samples import Sample

_ALL = tuple(verb.name for verb in VERBS)

SAMPLES = {
    "happy": Sample(Help(_ALL)),
    "empty": Sample(Help(("help",))),
    "longest": Sample(Help(_ALL * 4)),
    "hostile": Sample(Help(("settings",))),  # nothing of it is written by users
    "who": Sample(Help(_ALL, Topic.WHO)),
    "periods": Sample(Help(_ALL, Topic.PERIODS)),
    "numbers": Sample(Help(_ALL, Topic.NUMBERS)),
}
