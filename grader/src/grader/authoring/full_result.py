"""The dated page that `selftest --full --record` leaves in docs/."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime

from grader.authoring.step import StepResult


def page(results: Sequence[StepResult], sources: str) -> str:
    """Return the page's Markdown."""
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    failed = sum(result.is_failure for result in results)
    lines = [
        "# The full selftest",
        "",
        f"Written by `./workbook selftest --full --record` on {today}: {platform.system()}",
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}. Sources: `{sources[:16]}`. Steps that did not pass: {failed}.",
        "",
        "| step | what it shows | result | seconds |",
        "| --- | --- | --- | --- |",
    ]
    for result in results:
        why = f" ({result.why})" if result.why else ""
        ending = f"{result.ending.value.lower()}{why}"
        lines.append(f"| `{result.step.name}` | {result.step.says} | {ending} | {result.seconds:.0f} |")
    return "\n".join([*lines, ""])
