"""Names that the compiler does not know: a slip, a missing header, a block that has ended."""

from __future__ import annotations

import re

from grader.advice.case import Advice, Case, say
from grader.failures import Failure

_PATTERNS = (
    r"implicit declaration of function '(\w+)'",
    r"call to undeclared (?:library )?function '(\w+)'",
    r"implicitly declaring library function '(\w+)'",
    r"(?:use of )?undeclared identifier '([^']+)'",
    r"'(\w+)' undeclared",
    r"unknown type name '(\w+)'",
    r"must use 'struct' tag to refer to type '(\w+)'",
)
_HEADERS = {
    "stdio.h": ("printf", "snprintf", "fprintf", "puts", "FILE", "stdout", "stderr"),
    "stdlib.h": ("malloc", "calloc", "free", "abs", "exit"),
    "string.h": ("strlen", "strcmp", "strcpy", "strdup", "memcpy", "memset"),
    "stdbool.h": ("bool", "true", "false"),
    "stdint.h": ("int64_t", "uint64_t", "uint8_t"),
    "stddef.h": ("size_t", "NULL"),
    "errno.h": ("errno", "EDOM", "EINVAL", "ERANGE", "ENOENT", "ENOMEM", "EAGAIN"),
    "assert.h": ("assert",),
    "math.h": ("sqrt",),
    "unistd.h": ("sleep",),
}
_HEADER_OF = {name: header for header, names in _HEADERS.items() for name in names}
_OF_OTHER_LANGUAGES = {
    "True": "true", "False": "false", "None": "NULL", "nullptr": "NULL", "null": "NULL",
    "elif": "else if", "string": "const char *", "def": "a type, such as int",
}  # fmt: skip


def advise(case: Case) -> Advice | None:
    """Return what to do about an unknown name, or None if it is about something else."""
    match = next((found for pattern in _PATTERNS if (found := re.search(pattern, case.text))), None)
    if match is None:
        return None
    sentences = _cfutures(match[1], case) or _block(match[1], case) or _known(match[1], case)
    return say(Failure.UNKNOWN_NAME, *(sentences or _unknown(match[1], case)))


def _cfutures(name: str, case: Case) -> tuple[str, ...]:
    if name.startswith(("cf_", "CF_")) and not _may_include_cfutures(case):
        return (f"{name} belongs to cfutures: add `#include <cfutures.h>` at the top.",)
    if name == "cf_thread_pool":
        return ("A pool is made by a call: `cf_thread_pool()`, with parentheses.",)
    if name == "max_workers":
        return ("A dot is missing: `cf_thread_pool(.max_workers = 2)`.",)
    return ()


def _may_include_cfutures(case: Case) -> bool:
    """An exercise's own header brings cfutures.h along."""
    own = re.compile(r'^\s*#\s*include\s*"')
    return case.includes("cfutures.h") or any(own.match(line) for line in case.lines)


def _block(name: str, case: Case) -> tuple[str, ...]:
    """The name is there, but in a block that has ended, or only further below."""
    word = re.escape(name)
    above, below = case.lines[: max(case.line - 1, 0)], case.lines[case.line :]
    if any(re.search(rf"\bcf_with\s*\(\s*{word}\s*,", text) for text in above):
        if re.search(r"\bcf_close\s*\(", case.code):
            return (f"{name} is known only inside the block of its cf_with, which closes it at its end:",
                    "no cf_close is needed.")  # fmt: skip
        return (
            f"{name} is known only inside the block of its cf_with.",
            "Put that block in braces: `cf_with (pool, ...) { ... }`.",
        )
    declared = re.compile(rf"^\s+(?:for \()?\s*(?:const )?(?:struct )?[a-z]\w*\s+\**{word}\s*(?:[=;\[,]|$)")
    nearest = next((n for n in range(len(above), 0, -1) if declared.match(above[n - 1])), 0)
    if nearest and not any(text.startswith("}") for text in above[nearest:]):
        return (
            f"{name} is declared in line {nearest}, and known only until the block there ends.",
            "Declare it before that block begins, if it is needed behind it.",
        )
    defined = re.compile(rf"^[a-z][\w\s*]*\b{word}\s*\(")
    for number, text in enumerate(below, start=case.line + 1):
        if defined.match(text):
            return (
                f"{name} is defined only further below, in line {number}. C reads from top to bottom:",
                "move that function above this one.",
            )
    return ()


def _known(name: str, case: Case) -> tuple[str, ...]:
    if "'struct'" in case.text:
        return (f"A struct's name needs the word in front: `struct {name}`.",)
    if name in _OF_OTHER_LANGUAGES:
        return (f"C has no {name}; it is written {_OF_OTHER_LANGUAGES[name]}.",)
    header = "pthread.h" if name.startswith("pthread_") else _HEADER_OF.get(name, "")
    if header and not case.includes(header):
        return (f"{name} comes from a header: add `#include <{header}>` at the top.",)
    return ()


def _unknown(name: str, case: Case) -> tuple[str, ...]:
    suggestion = re.search(r"did you mean '(\w+)'", case.text)
    if suggestion:
        return (f"Nothing is called {name}. Did you mean {suggestion[1]}?",)
    if re.match(rf"\s*{re.escape(name)}\s*=[^=]", case.code) or re.search(
        rf"\bfor\s*\(\s*{re.escape(name)}\s*=", case.code
    ):
        return (f"{name} gets a value before it has a type. The first time, the type stands in front:",
                f"`int {name} = ...`, `cf_future *{name} = ...`.")  # fmt: skip
    said = f"Nothing is called {name} here: a typing error, a missing declaration, or a missing #include."
    if re.search(rf"\b{re.escape(name)}\s*\(", case.code):
        return (said,)
    return (said, 'If it is meant as a text, it needs double quotes: "..."')
