"""What stands for somebody who has been erased. Data only."""

from domain.names import Locale, Names

_FORMER = {
    Locale.EN: "Former colleague {}",
    Locale.ZH_HANT: "前同事 {}",
    Locale.ZH_HANS: "前同事 {}",
}


def former_colleague(number: int) -> Names:
    """The name an erased person goes by, told apart by a number that says nothing about them.

    >>> former_colleague(12).name
    'Former colleague 12'
    """
    return Names(*(_FORMER[locale].format(number) for locale in (Locale.EN, Locale.ZH_HANT, Locale.ZH_HANS)))
