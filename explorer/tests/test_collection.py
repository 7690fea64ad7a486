"""Every broken program is found out, no mended one is accused, every trace replays."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from statistics import median

import pytest
from collection import BUGS, Examined, Lab, Pair, pairs
from cross import NO_BUG_THERE


@pytest.fixture(scope="module")
def examined(lab: Lab, request: pytest.FixtureRequest) -> Iterator[dict[str, Future[Examined]]]:
    """Return the result of each pair that was asked for; all cores work on them."""
    seeds, replays = (30, 100) if request.config.getoption("full") else (1, 1)
    wanted = {item.callspec.params["pair"] for item in request.session.items if hasattr(item, "callspec")
              and "pair" in item.callspec.params}  # fmt: skip
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        asked_for = [pair for pair in pairs() if pair in wanted]
        yield {pair.name: workers.submit(lab.examine, pair, seeds, replays) for pair in asked_for}


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.name)
def test_the_bug_is_found_and_its_mending_is_not_flagged(
    pair: Pair, examined: dict[str, Future[Examined]], request: pytest.FixtureRequest
) -> None:
    machine = request.config.getoption("cross") or platform.machine()
    if pair.name in NO_BUG_THERE.get(machine, {}):
        pytest.skip(f"{machine}: {NO_BUG_THERE[machine][pair.name]}")
    complaints = examined[pair.name].result().complaints
    assert not complaints, "\n".join(complaints)


def test_half_of_the_bugs_are_found_within_half_a_second(
    examined: dict[str, Future[Examined]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Only tells the figure: how long it takes depends on the machine."""
    seconds = [future.result().seconds for future in examined.values()]
    if seconds:
        with capsys.disabled():
            print(f"\ncompiled and found: median {median(seconds):.2f} s, longest {max(seconds):.2f} s")


def test_no_program_of_the_folder_is_left_out() -> None:
    expected = {path for pair in pairs() for path in (pair.broken, pair.mended)}
    assert set(BUGS.glob("*.c")) == expected
