"""The catalogues: extracted from `words.j2`, translated by people, compiled. `make words` runs this.

    python -m templates.locales

English is the language of the ids. Nothing is guessed: a sentence that changed loses its translation.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import frontend
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOM = Path(__file__).parent.parent
HERE = Path(__file__).parent
CONFIGURATION = HERE / "babel.cfg"
LANGUAGES = ("zh_Hant", "zh_Hans")
# The files must not change when the words do not.
_WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def po_path(language: str) -> Path:
    """The catalogue people edit."""
    return HERE / language / "LC_MESSAGES" / "messages.po"


def mo_path(language: str) -> Path:
    """The compiled catalogue the program reads."""
    return po_path(language).with_suffix(".mo")


def _found() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """Every sentence in the words: its file, itself (a pair where it has a plural), its context."""
    with CONFIGURATION.open(encoding="utf-8") as file:
        methods, options = frontend.parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    for name, _line, message, _comments, context in extract_from_dir(str(ROOM), methods, options):
        yield name, message, context


def extracted() -> Catalog:
    """A catalogue of all sentences, without translations."""
    catalog = Catalog(
        project="PartsPlan", version="1", charset="utf-8", creation_date=_WHEN, copyright_holder="PartsPlan",
        msgid_bugs_address="", fuzzy=False,
    )  # fmt: skip
    for file, message, context in sorted(_found(), key=lambda found: (found[0], str(found[1]))):
        catalog.add(message, None, [(file, 0)], context=context)
    return catalog


def updated(language: str) -> Catalog:
    """The language's catalogue with exactly the sentences there are now."""
    path = po_path(language)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    else:
        catalog = Catalog(locale=language, charset="utf-8", fuzzy=False)
    catalog.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date = _WHEN
    catalog.fuzzy = False
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """The catalogue as people edit it."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=110, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return buffer.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def update_all() -> dict[str, int]:
    """Extract, update and compile; how many sentences of each language wait for a translation."""
    missing = {}
    for language in LANGUAGES:
        catalog = updated(language)
        po_path(language).parent.mkdir(parents=True, exist_ok=True)
        po_path(language).write_bytes(po_bytes(catalog))
        mo_path(language).write_bytes(mo_bytes(catalog))
        missing[language] = len(untranslated(catalog))
    return missing


def untranslated(catalog: Catalog) -> list[str]:
    """Sentences without a translation."""
    found = []
    for message in catalog:
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(texts):
            found.append(str(message.id))
    return found
