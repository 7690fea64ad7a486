"""Name the part of a variable that an address is in: `accounts[1].lock`.

Read from the program's own debug information, as readelf shows it. Only needed
for variables that have parts, so nothing is read before one is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import prod
from pathlib import Path

from grader.run import Limits, run

_LIMITS = Limits(seconds=30, output_bytes=16 * 1024 * 1024)
_DIE = re.compile(r" *<([0-9a-f]+)><([0-9a-f]+)>: Abbrev Number: \d+ \(DW_TAG_(\w+)\)")
_ATTRIBUTE = re.compile(r" +<[0-9a-f]+> +DW_AT_(\w+) *: (?:\(.*?\): )?(.*)")
_ADDRESS = re.compile(r"\(DW_OP_addr: ([0-9a-f]+)\)")
_SAME = ("typedef", "const_type", "volatile_type", "atomic_type")  # as what they refer to


@dataclass
class _Entry:
    """An entry of the debug information, with those inside of it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[_Entry] = field(default_factory=list)

    def number(self, name: str) -> int:
        """Return a number, or 0 where it is missing or has to be computed."""
        text = self.attributes.get(name, "0").split("\t")[0].strip()
        return int(text, 0) if re.fullmatch(r"\d+|0x[0-9a-f]+", text) else 0

    @property
    def type(self) -> str:
        """Return which entry is its type: the offset, in hexadecimal."""
        return self.attributes.get("type", "").strip("<> ").removeprefix("0x")

    @property
    def address(self) -> int:
        """Return where a variable is, or 0."""
        found = _ADDRESS.search(self.attributes.get("location", ""))
        return int(found[1], 16) if found else 0


class Variables:
    """The variables of one program."""

    def __init__(self, program: Path) -> None:
        self._program = program
        self._entries: dict[str, _Entry] | None = None

    def part(self, start: int, offset: int) -> str:
        """Return which part of the variable at `start` an offset is in: "[1].lock"; "" if it has none."""
        for entry in self._all().values():
            if entry.tag == "variable" and entry.address == start:
                return "".join(self._parts(entry.type, offset))
        return ""

    def _all(self) -> dict[str, _Entry]:
        if self._entries is None:
            shown = run(["readelf", "-wi", self._program], _LIMITS, cwd=self._program.parent)
            self._entries = _read(shown.output.splitlines())
        return self._entries

    def _plain(self, offset: str) -> _Entry:
        entry = self._all().get(offset, _Entry("void"))
        return self._plain(entry.type) if entry.tag in _SAME else entry

    def _parts(self, type_: str, offset: int) -> Iterator[str]:
        entry = self._plain(type_)
        if entry.tag == "structure_type":
            members = [m for m in entry.inside if m.tag == "member" and _start(m) <= offset]
            if members:
                member = max(members, key=_start)
                yield f".{member.attributes.get('name', '?')}"
                yield from self._parts(member.type, offset - _start(member))
        elif entry.tag == "array_type":
            counts = _counts(entry)
            for i in range(len(counts)):  # of several dimensions, the last one lies closest together
                step = self._size(entry.type) * prod(counts[i + 1 :]) or 1
                yield f"[{offset // step}]"
                offset %= step
            yield from self._parts(entry.type, offset)

    def _size(self, type_: str) -> int:
        entry = self._plain(type_)
        size = entry.number("byte_size")
        if entry.tag == "array_type":
            size = self._size(entry.type) * prod(_counts(entry))
        return size


def _start(member: _Entry) -> int:
    return member.number("data_member_location")


def _counts(array: _Entry) -> list[int]:
    ranges = [entry for entry in array.inside if entry.tag == "subrange_type"]
    return [entry.number("count") or entry.number("upper_bound") + 1 for entry in ranges]


def _read(lines: Iterable[str]) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    around: list[_Entry] = []  # the entries that the current one is in, by depth
    for line in lines:
        if found := _DIE.match(line):
            depth, entry = int(found[1], 16), _Entry(found[3])
            entries[found[2]] = entry
            del around[depth:]
            if around:
                around[-1].inside.append(entry)
            around.append(entry)
        elif around and (found := _ATTRIBUTE.match(line)):
            around[-1].attributes[found[1]] = found[2]
    return entries
