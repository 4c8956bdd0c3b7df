"""Names in the three languages of the product."""

from dataclasses import dataclass
from enum import StrEnum


class Locale(StrEnum):
    """A language PartsPlan speaks."""

    EN = "en"
    ZH_HANT = "zh_Hant"
    ZH_HANS = "zh_Hans"


# Slack and people write locales in many ways, and Babel knows neither bare `zh` nor Hong Kong's.
_HANT = ("zh-tw", "zh-hk", "zh-mo", "zh-hant")


def negotiate(tag: str | None) -> Locale | None:
    """The language for a locale tag, None where it says nothing we speak.

    >>> negotiate("zh-HK"), negotiate("zh"), negotiate("en_GB"), negotiate("de-DE")
    (<Locale.ZH_HANT: 'zh_Hant'>, <Locale.ZH_HANS: 'zh_Hans'>, <Locale.EN: 'en'>, None)
    """
    if not tag:
        return None
    folded = tag.strip().lower().replace("_", "-")
    if folded.startswith(_HANT):
        return Locale.ZH_HANT
    if folded == "zh" or folded.startswith("zh-"):
        return Locale.ZH_HANS
    if folded == "en" or folded.startswith("en-"):
        return Locale.EN
    return None


@dataclass(frozen=True, slots=True)
class Names:
    """A name in up to three languages; the first is the one everything falls back to."""

    name: str
    zh_hant: str | None = None
    zh_hans: str | None = None

    def in_locale(self, locale: Locale) -> str:
        """The name as a reader of that language knows it."""
        if locale is Locale.ZH_HANT:
            return self.zh_hant or self.zh_hans or self.name
        if locale is Locale.ZH_HANS:
            return self.zh_hans or self.zh_hant or self.name
        return self.name

    def all(self) -> tuple[str, ...]:
        """Every distinct spelling, for look-up."""
        return tuple(dict.fromkeys(n for n in (self.name, self.zh_hant, self.zh_hans) if n))
