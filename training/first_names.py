"""Make the list of first names with the gender that each tells.

    python -m training.first_names [--write]            (needs `pip install 'ontherecord[training]'`)

Sources: the US census lists in the package `names` (public domain) with their frequencies, and the lists of every
Latin-script locale in `faker` (MIT). A name counts as one gender's when at least 9 of 10 bearers, and 9 of 10
locales, are of it, and the two sources do not disagree (an Italian Andrea, a French Jean). MORE adds what
both lack.
"""

import importlib
import pkgutil
import unicodedata
from collections import Counter
from pathlib import Path

from training.delivery import ROOT, made, options

MORE = {
    "m": "robbie ronnie johnny jonny benny sonny bobby teddy archie jamie alfie vitaly vitali volodymyr yevhen"
    " oleksandr andriy mykola sergei dmitry bashar vladimir yahya ismail hassan hussein abdul kim xi keir rishi",
    "f": "svitlana olena yulia oksana angela theresa tessa kamala greta aung malala jacinda sanna ursula kaja",
}
TARGET = ROOT / "retrieval" / "text" / "person_names" / "first_names.txt"
LOCALES_TO_SKIP = {"zh_TW", "zh_CN", "ja_JP", "ko_KR"}


def plain(name: str) -> str:
    """Return a name in lower case without accents, as names are looked up."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def census() -> dict[str, Counter[str]]:
    """Return the bearers in a hundred thousand by name and gender."""
    import names  # noqa: PLC0415 - needed to write the list alone

    found: dict[str, Counter[str]] = {}
    for gender, file in (("m", "dist.male.first"), ("f", "dist.female.first")):
        for line in (Path(names.__file__).parent / file).read_text(encoding="utf-8").splitlines():
            name, percent, *_ = line.split()
            found.setdefault(plain(name), Counter())[gender] += round(1000 * float(percent))
    return found


def locales() -> dict[str, Counter[str]]:
    """Return the number of locales by name and gender."""
    from faker.providers import person  # noqa: PLC0415

    found: dict[str, Counter[str]] = {}
    for module in pkgutil.iter_modules(person.__path__):
        if module.name in LOCALES_TO_SKIP:
            continue
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for gender, field in (("m", "first_names_male"), ("f", "first_names_female")):
            for name in set(getattr(provider, field, ())):
                key = plain(name)
                if key.isascii() and key.replace("-", "").isalpha() and len(key) > 1:
                    found.setdefault(key, Counter())[gender] += 1
    return found


def gender(counts: Counter[str]) -> str | None:
    """Return the gender that a name tells, None where it tells none."""
    likely, count = counts.most_common(1)[0]
    return likely if count >= 0.9 * counts.total() else None


def main() -> None:
    """Make the list from both sources."""
    given = options(__doc__).parse_args()
    sources = [{name: gender(count) for name, count in source.items()} for source in (census(), locales())]
    told: dict[str, set[str | None]] = {}
    for source in sources:
        for name, found in source.items():
            told.setdefault(name, set()).add(found)
    for tells, names_of_it in MORE.items():
        told |= {name: {tells} for name in names_of_it.split()}
    lines = sorted(f"{name} {found.pop()}" for name, found in told.items() if len(found) == 1 and None not in found)
    content = ("\n".join(lines) + "\n").encode()
    made(TARGET, content, {"names": len(lines)}, write=given.write)


if __name__ == "__main__":
    main()
