"""The words of a message in a reader's language: Jinja macros over gettext, loaded when first needed."""

import gettext
import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from domain.names import Locale
from templates.text import Mrkdwn, concat, safe

ROOM = Path(__file__).parent
DOMAIN = "messages"


class _Compiled(BytecodeCache):
    """Words compiled once for all languages; what they mean differs in the environment only."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class _Environment(Environment):
    """Macros give Mrkdwn, so that one may stand inside another without being escaped twice."""

    concat = staticmethod(concat)


class _Chinese(Mrkdwn):
    """A Chinese sentence. It is written with a space between a character and a value (看 %(period)s): right
    for Latin letters and digits, left out where the value begins or ends with a character too.
    """

    __slots__ = ()

    def __mod__(self, values: Any) -> Mrkdwn:
        safe_values = {name: safe(value) for name, value in values.items()}
        said = str.__mod__(_with_soft_spaces(self), safe_values)
        return Mrkdwn(_SOFT.sub(_settled_space, said) if _SOFT_SPACE in said else said)


_SOFT_SPACE = "\ue00f"  # no text of users holds it: `text.clean` takes it out
_PLACE = re.compile(r" ?%\(\w+\)s ?")
_SOFT = re.compile(f"(.?){_SOFT_SPACE}(?=(.?))", re.DOTALL)
# Characters and full-width signs: what Chinese sets without spaces.
_CHARACTER = re.compile("[\u2e80-\u303f\u3400-\u9fff\uff00-\uffef“”…]")


@lru_cache(maxsize=4096)
def _with_soft_spaces(sentence: str) -> str:
    return _PLACE.sub(lambda found: found[0].replace(" ", _SOFT_SPACE), sentence)


def _settled_space(found: re.Match[str]) -> str:
    together = _CHARACTER.match(found[1]) and _CHARACTER.match(found[2])
    return found[1] if together else f"{found[1]} "


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
        bytecode_cache=_COMPILED,
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
