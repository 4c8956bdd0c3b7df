"""What the notice of a paused channel is tried with."""

from templates.rules.channel_paused.layout import Paused
from templates.samples import Sample
from templates.targets.samples import LONG, NASTY

SAMPLES = {
    "happy": Sample(Paused("#east", "is_archived")),
    "empty": Sample(Paused("#east", "not_in_channel")),
    "longest": Sample(Paused(LONG, LONG)),
    "hostile": Sample(Paused(NASTY, NASTY)),
    "not found": Sample(Paused("#east", "channel_not_found")),
    "restricted": Sample(Paused("#east", "restricted_action")),
    "revoked": Sample(Paused("#east", "token_revoked")),
    "gone": Sample(Paused("U0123", "user_disabled")),
    "other": Sample(Paused("#east", "fatal_error")),
}
