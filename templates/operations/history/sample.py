"""What the daily line about history is tried with."""

from templates.operations.history.layout import HistoryHead
from templates.samples import Sample

_HEAD = "3f9a0c11d2e4b7a65f1c"

SAMPLES = {
    "happy": Sample(HistoryHead(12_345, _HEAD)),
    "empty": Sample(HistoryHead(0, "0" * 20)),
    "longest": Sample(HistoryHead(2**40, "f" * 64, tuple(range(10_000, 10_100)))),
    "hostile": Sample(HistoryHead(5, _HEAD, (3,))),  # nothing of it is written by users
}
