"""Addresses are told by the program's own names."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from grader.exploring.places import Places
from grader.exploring.program import Program

INNER, OUTER = 6 * 8 + 40, 8 + 2 * (6 * 8 + 40)  # bytes of the structs in has_parts.c


def address_of(program: Program, name: str) -> int:
    listing = subprocess.run(["nm", program.path], capture_output=True, text=True, check=True).stdout
    (line,) = (line for line in listing.splitlines() if line.endswith(f" {name}"))
    return int(line.split()[0], 16)


@pytest.mark.parametrize(
    ("offset", "name"),
    [
        (0, "table[0].number"),
        (OUTER, "table[1].number"),
        (2 * OUTER + 8 + INNER + 5 * 8, "table[2].inner[1].numbers[1][2]"),
        (3 * OUTER + 8 + 3 * 8 + 4, "table[3].inner[0].numbers[1][0]"),
        (3 * OUTER + 8 + INNER + 6 * 8 + 16, "table[3].inner[1].lock"),
    ],
)
def test_a_part_of_a_variable_is_named(build: Callable[..., Program], offset: int, name: str) -> None:
    program = build("has_parts")
    assert Places(program.path).name_of(address_of(program, "table") + offset) == name


def test_what_has_no_parts_is_named_by_its_byte(build: Callable[..., Program]) -> None:
    program = build("has_parts")
    places = Places(program.path)
    assert places.name_of(address_of(program, "plain")) == "plain"
    assert places.name_of(address_of(program, "plain") + 2) == "plain (byte 2)"
