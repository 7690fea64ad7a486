"""Try out on this machine whether the sanitizers can be believed.

Some kernels, containers and debuggers keep a sanitizer from working. So it has
to be silent about good code and to report bad code, before it may judge a
learner's. If not, memory checks are `not_measurable`.
"""

from __future__ import annotations

from pathlib import Path

from grader.build import Builder, Flavour
from grader.paths import Tree
from grader.runner import Outcome, Record, Runner
from grader.source import read_source
from grader.toolchain import Compiler

_CODE = Path(__file__).parent / "probe_code"
_KEY = "probe/probe"
_TEST = "it_returns_one"
_SECONDS = 30.0


def sanitizers_problem(tree: Tree, compiler: Compiler, runner: Runner) -> str:
    """Return why the sanitizers can't be believed here, or ''."""
    builder = Builder(tree, compiler)
    modules: dict[str, Path] = {}
    for name in ("test_probe.c", "good.c", "leaky.c"):
        built = builder.build(read_source(_CODE / name, name), _KEY, Flavour.ASAN)
        if not built.module:
            return f"The sanitizers can't be used here: {_first_line(built.words)}"
        modules[name] = built.module
    good = runner.run_test(modules["test_probe.c"], modules["good.c"], _TEST, _SECONDS)
    if good.outcome is not Outcome.PASSED:
        return f"The sanitizers complain of good code here: {_said(good)}"
    leaky = runner.run_test(modules["test_probe.c"], modules["leaky.c"], _TEST, _SECONDS)
    if leaky.outcome is not Outcome.SANITIZER:
        return "The sanitizers do not see lost memory here (is a debugger attached, or ptrace forbidden?)."
    return ""


def _said(record: Record) -> str:
    return f"{record.outcome.value}: {_first_line(record.message or record.output)}"


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]
