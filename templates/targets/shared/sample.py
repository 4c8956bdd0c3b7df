"""What a shared progress is tried with."""

from domain.names import Names
from templates.samples import Sample
from templates.targets import samples as s
from templates.targets.shared.layout import Shared

_HUA = Names("Li Hua", "李華", "李华")

SAMPLES = {
    "happy": Sample(Shared(s.behind(may_share=True), _HUA), **s.READING),
    "empty": Sample(Shared(s.empty(s.EAST), _HUA), **s.READING),
    "longest": Sample(Shared(s.longest(), Names(s.LONG)), **s.READING),
    "hostile": Sample(Shared(s.hostile(), Names(s.NASTY)), **s.READING),
}
