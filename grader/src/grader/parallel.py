"""Do a few things at the same time, and look at what came out one after another."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_order(
    function: Callable[[Item], Result], items: Iterable[Item], most: int = 2
) -> Iterator[tuple[Item, Result]]:
    """Yield each item with its result, in order; whoever stops early lets the others not begin.

    The same results come out on any machine: how many are done at once is a
    matter of time alone.
    """
    with ThreadPoolExecutor(max_workers=min(most, os.cpu_count() or 1)) as threads:
        futures = [(item, threads.submit(function, item)) for item in items]
        try:
            for item, future in futures:
                yield item, future.result()
        finally:
            for _, future in futures:
                future.cancel()
