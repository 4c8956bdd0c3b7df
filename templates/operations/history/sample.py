"""What the daily line about history is tried with."""

from templates.operations.history.layout import HistoryHead
from templates.samples import Sample

_HASH = "3f9a0c11d2e4b7a6" * 4

SAMPLES = {
    "happy": Sample(HistoryHead(f"12345:{_HASH}")),
    "empty": Sample(HistoryHead(f"0:{'0' * 64}")),
    "longest": Sample(HistoryHead(f"{2**40}:{_HASH}", tuple(range(10_000, 10_100)))),
    "hostile": Sample(HistoryHead(f"5:{_HASH}", (3,))),  # nothing of it is written by users
}
