"""Other machines that the explorer's tests can be run on, through an emulator."""

from __future__ import annotations

import os
import shutil

from grader.exploring.library import Target
from grader.toolchain import Compiler, find_compiler


def _debian_target(machine: str) -> Target:
    return Target(
        machine,
        binutils=f"{machine}-linux-gnu-",
        cmake=("-DCMAKE_SYSTEM_NAME=Linux", f"-DCMAKE_SYSTEM_PROCESSOR={machine}"),
        emulator=(f"qemu-{machine}", "-L", f"/usr/{machine}-linux-gnu"),
    )


# There are fibers for the first one; the other one stands for all that have none.
TARGETS = {machine: _debian_target(machine) for machine in ("aarch64", "riscv64")}
# What of the collection can't show there, and why.
NO_BUG_THERE = {
    "aarch64": {"divisor_not_yet_set": "an integer divided by 0 is 0 there"},
    "riscv64": {"divisor_not_yet_set": "an integer divided by 0 is -1 there"},
}
# An emulated x86-64 has no fsgsbase in Debian 12: real threads have to be used.
EMULATED_HERE = Target(emulator=("qemu-x86_64",))


def compiler_for(target: Target) -> Compiler:
    """Return gcc for another machine, or what is usual for this one."""
    if not target.name:
        return find_compiler()
    return find_compiler({**os.environ, "WORKBOOK_CC": f"{target.binutils}gcc"})


def missing(target: Target) -> list[str]:
    """Return the programs that are not there, of those that building and running needs."""
    needed = (f"{target.binutils}gcc", f"{target.binutils}objcopy", target.emulator[0])
    return [name for name in needed if not shutil.which(name)]
