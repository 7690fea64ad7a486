"""The symbols of an object or a program, as readelf lists them.

nm would list them, too, but it first loads each linker plugin that it finds,
which may be all of LLVM: ten times the work of the listing itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LIST_SYMBOLS = ("--syms", "--wide")  # the arguments of readelf
_ROW = re.compile(
    r" *\d+: (?P<address>[0-9a-f]+) +(?P<size>\w+) (?P<kind>\w+) +(?P<binding>\w+) .* "
    r"(?P<section>\w+) (?P<name>[^\s@]+)(?:@\S+)?(?: \(\d+\))?"
)


@dataclass(frozen=True)
class Symbol:
    """A name, and what it stands for."""

    name: str
    address: int
    size: int
    is_defined: bool  # here, and not elsewhere
    is_for_others: bool
    is_variable: bool


def read_symbols(listing: str) -> Iterator[Symbol]:
    """Yield the symbols that readelf has listed."""
    for line in listing.splitlines():
        if found := _ROW.fullmatch(line):
            yield Symbol(
                name=found["name"],
                address=int(found["address"], 16),
                size=int(found["size"], 0),
                is_defined=found["section"] != "UND",
                is_for_others=found["binding"] != "LOCAL",
                is_variable=found["kind"] == "OBJECT",
            )
