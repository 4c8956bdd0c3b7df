"""The words of a message in a reader's language: Jinja macros over gettext, loaded when first needed."""

import gettext
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.names import Locale
from templates.text import Mrkdwn, concat, safe

ROOM = Path(__file__).parent
DOMAIN = "messages"


class _Environment(Environment):
    """Macros give Mrkdwn, so that one may stand inside another without being escaped twice."""

    concat = staticmethod(concat)


class _Chinese(Mrkdwn):
    """A Chinese sentence. It is written with a space between a character and a value (看 %(period)s), which is
    right for Latin letters and digits and is left out where the value begins or ends with a character too.
    """

    __slots__ = ()

    def __mod__(self, values: Any) -> Mrkdwn:
        safe_values = {name: safe(value) for name, value in values.items()}

        def placed(found: re.Match[str]) -> str:
            if found[3] is None:
                return "%"
            before, value, after = found[1], safe_values[found[3]], found[4]
            ahead, behind = found.start(), found.end()
            if before and ahead and value and _CHARACTER.match(self[ahead - 1]) and _CHARACTER.match(value[0]):
                before = ""
            if after and behind < len(self) and value and _CHARACTER.match(value[-1]):
                after = "" if _CHARACTER.match(self[behind]) else after
            return f"{before}{value}{after}"

        return Mrkdwn(_PLACE.sub(placed, self))


_PLACE = re.compile(r"( ?)%(?:(%)|\((\w+)\)s)( ?)")
# Characters and full-width signs: what Chinese sets without spaces.
_CHARACTER = re.compile("[\u2e80-\u303f\u3400-\u9fff\uff00-\uffef“”…]")


class Words:
    """The macros of one `words.j2` in one language: `words.headline(sold="3")` is Mrkdwn."""

    def __init__(self, module: object) -> None:
        self._module = module
        self._macros: dict[str, Callable[..., Mrkdwn]] = {}

    def __getattr__(self, name: str) -> Callable[..., Mrkdwn]:
        macro = self._macros.get(name)
        if macro is None:
            made = getattr(self._module, name)

            def macro(*args: Any, **values: Any) -> Mrkdwn:
                said: Mrkdwn = made(*args, **values)
                return said.strip()

            self._macros[name] = macro
        return macro

    def __contains__(self, name: str) -> bool:
        return hasattr(self._module, name)


@cache
def catalogue(locale: Locale) -> gettext.NullTranslations:
    """The compiled translations; English is the language of the ids."""
    if locale is Locale.EN:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, ROOM / "locales", [locale.value])


@cache
def environment(locale: Locale) -> Environment:
    """The Jinja environment of a language. Values are escaped for Slack at the last step, by `safe`."""
    made = _Environment(
        loader=FileSystemLoader(ROOM),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        finalize=safe,
        autoescape=False,  # HTML's escapes would be shown as letters
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    made.policies["ext.i18n.trimmed"] = True
    found = catalogue(locale)
    said = Mrkdwn if locale is Locale.EN else _Chinese
    made.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: said(found.gettext(text)),
        lambda one, many, n: said(found.ngettext(one, many, n)),
        newstyle=True,
        pgettext=lambda about, text: said(found.pgettext(about, text)),
        npgettext=lambda about, one, many, n: said(found.npgettext(about, one, many, n)),
    )
    return made


@cache
def words(locale: Locale, folder: str) -> Words:
    """The words of a message folder: `words(Locale.EN, "targets/progress")`."""
    return Words(environment(locale).get_template(f"{folder}/words.j2").module)


def folders() -> list[str]:
    """Every folder with words."""
    return sorted(path.parent.relative_to(ROOM).as_posix() for path in ROOM.glob("*/**/words.j2"))


def warm() -> None:
    """Load everything now, so that nobody's first answer waits for it."""
    for locale in Locale:
        for folder in folders():
            words(locale, folder)
