"""What a modal carries to its own submission: what it is about, and every value as it was shown.

A form that is submitted after somebody else changed one of the values must not overwrite it: the values as
shown are held against those that stand there then. Ids of fields' blocks carry a mark of the values, so that
a form drawn anew shows the new ones and not what was typed over the old.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from domain.rules.views import Spot
from templates.actions import BadPayload
from templates.blocks import limits
from templates.blocks.limits import within


def sealed(about: str, shown: Mapping[Spot, Any]) -> str:
    """For `private_metadata`; `about` is an action's payload, or empty."""
    entries = [[spot.key, spot.inner, value] for spot, value in shown.items()]
    written = json.dumps({"about": about, "shown": entries}, ensure_ascii=False, separators=(",", ":"))
    within("modal.private_metadata", len(written), limits.METADATA)
    return written


def unsealed(metadata: str, callback_id: str) -> tuple[str, dict[Spot, Any]]:
    """What `sealed` wrote. Raises BadPayload for anything else."""
    try:
        found = json.loads(metadata)
        about, entries = found["about"], found["shown"]
        shown = {Spot(str(key), str(inner)): value for key, inner, value in entries}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadPayload(callback_id, "no form of ours") from error
    if not isinstance(about, str):
        raise BadPayload(callback_id, "no form of ours")
    return about, shown


def mark(shown: Mapping[Spot, Any]) -> str:
    """Some letters that differ when the values do."""
    written = json.dumps(sorted([*spot, value] for spot, value in shown.items()), sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:8]
