"""Turn addresses of a program into functions, lines, and names of variables."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.exploring.symbols import LIST_SYMBOLS, read_symbols
from grader.exploring.variables import Variables
from grader.paths import HOME
from grader.run import Limits, run

_LIMITS = Limits(seconds=30, output_bytes=4 * 1024 * 1024)
_HEAP = range(0x200000000000, 0x200000000000 + (256 << 20))
_STACKS = range(0x300000000000, 0x300000000000 + (200 << 20))
_STACK_SIZE = 1 << 20
_LARGEST_SIMPLE = 8  # bytes of a variable that has no parts
# Whose lines are not the program's: the library that it uses, the explorer, and what is linked with it.
_CFUTURES = tuple(HOME / part for part in ("cfutures/src", "explorer/cfutures"))
_OTHERS = tuple(HOME / part for part in ("explorer/src", "exercises/support"))


@dataclass(frozen=True)
class Place:
    """A line of the program."""

    function: str
    file: str  # as the compiler knew it, or ""
    line: int

    def __str__(self) -> str:
        return f"{Path(self.file).name}:{self.line}" if self.file else self.function

    @property
    def is_of_program(self) -> bool:
        """Tell the program's own places from the explorer's, and from those that nothing is known of."""
        return bool(self.file) and not self._is_in(_CFUTURES + _OTHERS)

    @property
    def library(self) -> str:
        """Return the library that the program uses there, or ''."""
        return "cfutures" if self.file and self._is_in(_CFUTURES) else ""

    def _is_in(self, folders: Sequence[Path]) -> bool:
        return any(Path(self.file).is_relative_to(folder) for folder in folders)


NOWHERE = Place("", "", 0)


class Places:
    """The places of one program; `copies`: a folder with its sources as they were."""

    def __init__(self, program: Path, copies: Path | None = None) -> None:
        self._program = program
        self._copies = copies
        self._known: dict[int, Place] = {}
        self._texts: dict[str, list[str]] = {}
        self._names: list[tuple[int, int, str]] | None = None
        self._parts = Variables(program)
        self._given: dict[int, str] = {}

    def learn(self, returns: Iterable[int], starts: Iterable[int] = ()) -> None:
        """Look up many addresses at once: starting addr2line costs more than asking.

        A return address belongs to the line after the call; the byte before, to the call.
        """
        asked_for = {pc: pc - 1 for pc in returns} | {pc: pc for pc in starts}
        wanted = sorted(pc for pc in asked_for if pc and pc not in self._known)
        if not wanted:
            return
        asked = [hex(asked_for[pc]) for pc in wanted]
        finished = run(["addr2line", "-f", "-e", self._program, *asked], _LIMITS, cwd=self._program.parent)
        lines = finished.output.splitlines()
        for pc, function, where in zip(wanted, lines[::2], lines[1::2], strict=False):
            file, _, line = where.split(" ")[0].rpartition(":")
            known = file not in ("", "??") and line.isdecimal()
            name = function.removeprefix("xpi_").replace("xp_program_main", "main")
            self._known[pc] = Place(name, file if known else "", int(line) if known else 0)

    def at(self, pc: int) -> Place:
        """Return the place of an address that was learned, or an empty one."""
        return self._known.get(pc, Place("?", "", 0))

    def text(self, file: str) -> Sequence[str]:
        """Return the lines of a source, as they were when the program was built; none if it is gone."""
        if file not in self._texts:
            copy = self._copies / Path(file).name if self._copies else None
            source = copy if copy and copy.is_file() else Path(file)
            try:
                self._texts[file] = source.read_text(errors="replace").splitlines()
            except OSError:
                self._texts[file] = []
        return self._texts[file]

    def line(self, place: Place) -> str:
        """Return the text of a source line, or ''."""
        lines = self.text(place.file)
        return lines[place.line - 1].strip() if 0 < place.line <= len(lines) else ""

    def call(self, names: Mapping[int, str]) -> None:
        """Take over the names that the program itself gave to addresses."""
        self._given = dict(names)

    def is_local(self, address: int) -> bool:
        """Tell whether an address is that of some thread's local variable."""
        return address in _STACKS

    def name_of(self, address: int) -> str:
        """Return what the program calls the object at an address."""
        if address in self._given:
            return self._given[address]
        if address in _HEAP:
            return "memory from malloc"
        if address in _STACKS:
            thread = (address - _STACKS.start) // _STACK_SIZE
            return f"a local variable of {'main' if thread == 0 else f'T{thread}'}"
        names = self._variables()
        at = bisect.bisect_right(names, (address, 1 << 62, "")) - 1
        if at >= 0:
            start, size, name = names[at]
            if address < start + max(size, 1):
                return self._with_part(name, start, size, address - start)
        return f"address {address:#x}"

    def _with_part(self, name: str, start: int, size: int, offset: int) -> str:
        part = self._parts.part(start, offset) if size > _LARGEST_SIMPLE else ""
        return f"{name}{part}" if part or not offset else f"{name} (byte {offset})"

    def _variables(self) -> list[tuple[int, int, str]]:
        if self._names is None:
            listed = run(["readelf", *LIST_SYMBOLS, self._program], _LIMITS, cwd=self._program.parent)
            symbols = read_symbols(listed.output)
            self._names = sorted((s.address, s.size, s.name) for s in symbols if s.is_variable and s.is_defined)
        return self._names
