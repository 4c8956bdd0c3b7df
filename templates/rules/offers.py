"""What every message nobody asked for offers: why it came, peace, and where to change it."""

from domain.names import Locale
from templates.actions import DIGEST_WHY, SETTINGS_OPEN, SNOOZE, DigestSource, Nothing, Snooze, Until
from templates.blocks import Block, action_row, button, option, static_select
from templates.i18n import words


def manners(locale: Locale, source: DigestSource) -> Block:
    """The row of buttons."""
    say = words(locale, "rules")
    return action_row(
        button(say.why_this(), DIGEST_WHY.use(source)),
        static_select(
            SNOOZE.id,
            [
                option(say.until_tomorrow(), SNOOZE.encode(Snooze(Until.TOMORROW))),
                option(say.until_monday(), SNOOZE.encode(Snooze(Until.MONDAY))),
            ],
            placeholder=say.snooze(),
        ),
        button(say.settings(), SETTINGS_OPEN.use(Nothing())),
    )
