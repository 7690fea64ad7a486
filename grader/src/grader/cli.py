"""The command line: find the command, run it, and turn errors into words.

A command's module is imported only when it is called, and lessons are read only
for a command that is about them: a start costs little more than Python's own.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import io
import os
import sys
import traceback
from pathlib import Path
from typing import NoReturn

from grader.errors import GraderError, UsageError
from grader.paths import HOME, Tree

# In the order of the help: what it does, and for whom.
COMMANDS = {
    "check": "grade exercises",
    "watch": "grade an exercise each time its file is saved",
    "list": "show all lessons and exercises, and where you stand",
    "read": "show a lesson's text",
    "explain": "say what a kind of failure means, by its code, such as W301",
    "hint": "show the next hint for what fails",
    "reset": "put the handed-out file back; yours is kept as a backup",
    "diff": "compare your code with the reference solution",
    "pack": "write the zip file that you hand in",
    "explore": "run any pthreads program under many interleavings, and find its bugs",
    "replay": "run an interleaving that showed a bug again, step by step",
    "doctor": "say what is missing on this machine",
    "selftest": "run the whole project's own tests",
    "dev new": "for authors: create an exercise's files",
    "dev check": "for authors: prove that the course is sound",
    "dev coverage": "for authors: count what the library's tests run of it",
    "dev export": "for authors: write a release for students, without solutions",
    "dev reference": "for authors: write docs/api.md from the library's header",
}
_START = "start"  # without a command
# Commands that a release for students lacks, with much of what they look at.
_FOR_AUTHORS = {name for name in COMMANDS if name == "selftest" or name.startswith("dev ")}
_CTRL_C = 130
_CLOSED_PIPE = 141


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    _print_anything()
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except GraderError as error:
        gap = "\n" if "\n" in error.message else " "
        print(f"{error.message}{gap}{error.hint}".rstrip(), file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return _CTRL_C
    except BrokenPipeError:
        # Whoever read our output has had enough; Python must not try again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _CLOSED_PIPE
    except Exception as error:
        return _our_bug(error)


def _print_anything() -> None:
    """A character that the terminal's encoding lacks must not stop us."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(arguments: list[str]) -> int:
    root, arguments = _root(arguments)
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        print(_help(Tree(root)))
        return 0
    name, rest = _command(arguments)
    if name in _FOR_AUTHORS and Tree(root).is_release:
        raise UsageError(
            f"`./workbook {name}` needs the full repository, and this is a release for students.",
            "`./workbook doctor` looks at what students need.",
        )
    module = importlib.import_module(f"grader.commands.{name.replace(' ', '_')}")
    parser = _Parser(prog=f"./workbook {name}", description=getattr(module, "HELP", COMMANDS.get(name)))
    module.add_arguments(parser)
    own, passed_on = _split(rest) if getattr(module, "PASSES_ON", False) else (rest, [])
    args = parser.parse_args(own, argparse.Namespace(passed_on=passed_on))
    tree = Tree(root)
    code: int = module.run(tree if getattr(module, "WITHOUT_LESSONS", False) else _course(tree), args)
    return code


def _course(tree: Tree) -> object:
    return importlib.import_module("grader.course").load_course(tree)


def _root(arguments: list[str]) -> tuple[Path, list[str]]:
    """Take `--root DIR` off the front; tests give a course of their own."""
    if arguments[:1] == ["--root"]:
        if len(arguments) < 2:
            raise UsageError("--root needs a folder.")
        return Path(arguments[1]).resolve(), arguments[2:]
    return Path(os.environ.get("WORKBOOK_ROOT", HOME)).resolve(), arguments


def _command(arguments: list[str]) -> tuple[str, list[str]]:
    """Split off the command's name, of one word or two."""
    if not arguments:
        return _START, []
    for words in (2, 1):
        name = " ".join(arguments[:words])
        if name in COMMANDS:
            return name, arguments[words:]
    wanted = " ".join(arguments[:2]) if arguments[0] == "dev" else arguments[0]
    near = difflib.get_close_matches(wanted, COMMANDS, n=1)
    hint = f"Did you mean `./workbook {near[0]}`?" if near else "`./workbook --help` lists all."
    raise UsageError(f"There is no command '{wanted}'.", hint)


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Split at `--`: what follows is for another program."""
    at = arguments.index("--") if "--" in arguments else len(arguments)
    return arguments[:at], arguments[at + 1 :]


def _help(tree: Tree) -> str:
    lines = ["usage: ./workbook [COMMAND [ARGUMENTS]]", ""]
    lines += ["Without a command: where you stand, and what is next.", ""]
    missing = _missing(tree)
    lines += [f"  {name:<13} {text}" for name, text in COMMANDS.items() if name not in missing]
    return "\n".join([*lines, "", "`./workbook COMMAND --help` says more about one."])


def _missing(tree: Tree) -> set[str]:
    """Return the commands that can't work in this copy."""
    authors = _FOR_AUTHORS if tree.is_release else set()
    return authors if tree.has_solutions else authors | {"diff"}


def _our_bug(error: Exception) -> int:
    """Own up to a bug: it is never the learner's fault."""
    if os.environ.get("WORKBOOK_DEBUG") == "1":
        traceback.print_exception(error)
    print(
        f"This is a bug in the workbook, not in your code: {type(error).__name__}: {error}\n"
        "Run the command again with WORKBOOK_DEBUG=1 and report what it prints: see docs/students.md.",
        file=sys.stderr,
    )
    return GraderError.exit_code


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, with exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Complain."""
        raise UsageError(f"{self.prog}: {message}.", f"See `{self.prog} --help`.")
