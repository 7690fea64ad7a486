"""Read which type was wanted and which was given out of a compiler's complaint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TYPE = r"'(?P<{0}>[^']+)'(?: [({{]aka '(?P<{0}_aka>[^']+)'[)}}])?"
_WANTED, _GOT = _TYPE.format("wanted"), _TYPE.format("got")
_PHRASES = tuple(
    re.compile(phrase)
    for phrase in (
        # gcc
        rf"expected {_WANTED} but argument is of type {_GOT}",
        rf"initialization of {_WANTED} from (?:incompatible pointer type )?{_GOT}",
        rf"assignment to {_WANTED} from (?:incompatible pointer type )?{_GOT}",
        rf"incompatible types when initializing type {_WANTED} using type {_GOT}",
        rf"incompatible types when assigning to type {_WANTED} from type {_GOT}",
        rf"incompatible types when returning type {_GOT} but {_WANTED} was expected",
        rf"returning {_GOT} from a function with (?:incompatible )?return type {_WANTED}",
        # clang
        rf"passing {_GOT} to parameter of (?:incompatible )?type {_WANTED}",
        rf"initializing {_WANTED} with an expression of (?:incompatible )?type {_GOT}",
        rf"assigning to {_WANTED} from (?:incompatible type )?{_GOT}",
        rf"returning {_GOT} from a function with (?:incompatible )?result type {_WANTED}",
    )
)
_TEXT = re.compile(r"^char ?(?:\*|\[\d*\])$")
_NUMBERS = re.compile(
    r"^(?:unsigned |signed |long |short |size_t|u?int\d+_t|int|long|short|double|float|bool|_Bool)+"
)


@dataclass(frozen=True)
class Mismatch:
    """Two types that do not fit; qualifiers are left out."""

    wanted: str
    got: str
    wants_function: bool
    way: str  # passed, set or returned

    @property
    def is_returned(self) -> bool:
        """Whether it is about a return."""
        return self.way == "returned"

    @property
    def wants_number(self) -> bool:
        """Whether a number was wanted."""
        return bool(_NUMBERS.match(self.wanted)) and "*" not in self.wanted

    @property
    def gets_number(self) -> bool:
        """Whether a number was given."""
        return bool(_NUMBERS.match(self.got)) and "*" not in self.got

    @property
    def wants_text(self) -> bool:
        """Whether a text was wanted."""
        return bool(_TEXT.match(self.wanted))

    @property
    def gets_text(self) -> bool:
        """Whether a text was given."""
        return bool(_TEXT.match(self.got))


def mismatches(words: tuple[str, ...]) -> Iterator[Mismatch]:
    """Yield what a complaint and its notes tell of two types."""
    for text in words:
        for phrase in _PHRASES:
            if match := phrase.search(text):
                found = match.groupdict()
                wanted, got = _plain(found["wanted"]), _plain(found["got"])
                yield Mismatch(wanted, got, "(*)" in f"{wanted} {found['wanted_aka']}", _way(text))


def _way(text: str) -> str:
    if re.search(r"initializ|assign", text):
        return "set"
    return "returned" if "returning" in text else "passed"


def _plain(name: str) -> str:
    """Leave out what does not matter here: qualifiers, the word struct before a cf_ type."""
    name = re.sub(r"\b(?:const|restrict|volatile)\b ?", "", name)
    return re.sub(r"\bstruct (?=cf_)", "", name).strip()
