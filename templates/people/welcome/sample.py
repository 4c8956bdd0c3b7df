"""What the welcome is tried with."""

from templates.people.welcome.layout import Welcome
from templates.samples import Sample

SAMPLES = {
    "happy": Sample(Welcome()),
    "empty": Sample(Welcome(has_channels=True)),
    "longest": Sample(Welcome(has_data=True)),
    "hostile": Sample(Welcome(True, True)),  # nothing of it is written by users
}
