"""What the steps of the set-up are tried with. Nothing of it is written by users."""

from templates.people.setup.layout import Setup, Step
from templates.samples import Sample

SAMPLES = {
    "happy": Sample(Setup(Step.CHANNELS)),
    "empty": Sample(Setup(Step.SAMPLE)),
    "longest": Sample(Setup(Step.DATA)),
    "hostile": Sample(Setup(Step.INVITE)),
}
