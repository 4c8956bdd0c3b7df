"""What an import may not bring back: codes of erased people become what stands for them, their rows go."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from domain.people.erasure import erased_codes, readmit
from gateways.feeds.applying import Run
from gateways.feeds.typed import Typed
from gateways.feeds.workbench import Workbench, name


def leave_out_erased(
    bench: Workbench, session: Session, typed: Mapping[str, Typed], run: Run, *, readmits: bool = False
) -> dict[str, Typed]:
    """The tables without erased people; what was theirs stays theirs under the placeholder of their code.

    `readmits`: the erased whom the feed's people name are taken back first.
    """
    found = dict(typed)
    if readmits and "people" in found:
        for code in _codes(bench, found["people"], "code"):
            readmit(session, code, actor=run.actor, surface=run.surface, now=run.now)
    for table, one in typed.items():
        for column in one.columns:
            is_key = table == "people" and column.name == "code"
            if column.references == "people" or is_key:
                erased = erased_codes(session, _codes(bench, one, column.name))
                if erased and is_key:
                    found[table] = _without(bench, one, erased)
                elif erased:
                    _renamed(bench, one, column.name, erased)
    return found


def _codes(bench: Workbench, typed: Typed, column: str) -> list[str]:
    own = name(column)
    return [c for (c,) in bench.rows(f"SELECT DISTINCT {own} FROM {typed.name} WHERE {own} IS NOT NULL")]


def _without(bench: Workbench, typed: Typed, erased: Mapping[str, str]) -> Typed:
    marks = ", ".join("?" for _ in erased)
    bench.run(f"DELETE FROM {typed.name} WHERE code IN ({marks})", list(erased))
    return replace(typed, rows=bench.value(f"SELECT count(*) FROM {typed.name}"))


def _renamed(bench: Workbench, typed: Typed, column: str, erased: Mapping[str, str]) -> None:
    own = name(column)
    for code, placeholder in erased.items():
        bench.run(f"UPDATE {typed.name} SET {own} = ? WHERE {own} = ?", [placeholder, code])
