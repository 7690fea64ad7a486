"""What the commonest mistakes mean, in the words of this workbook.

A rule has a pattern for the compiler's message and the sentences to say. The
patterns cover gcc and clang. Where the cause is seen better in the source than
in the message (a missing brace), the rule is a function that looks there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from grader.source import Source

Rule = Callable[[re.Match[str], Sequence[str], int, Source], tuple[str, ...]]

_HEADERS = {
    "printf": "stdio.h",
    "snprintf": "stdio.h",
    "fprintf": "stdio.h",
    "puts": "stdio.h",
    "FILE": "stdio.h",
    "malloc": "stdlib.h",
    "calloc": "stdlib.h",
    "free": "stdlib.h",
    "abs": "stdlib.h",
    "strlen": "string.h",
    "strcmp": "string.h",
    "strcpy": "string.h",
    "memcpy": "string.h",
    "memset": "string.h",
    "bool": "stdbool.h",
    "true": "stdbool.h",
    "false": "stdbool.h",
    "int64_t": "stdint.h",
    "uint64_t": "stdint.h",
    "uint8_t": "stdint.h",
    "size_t": "stddef.h",
    "NULL": "stddef.h",
    "errno": "errno.h",
    "EDOM": "errno.h",
    "EINVAL": "errno.h",
    "ERANGE": "errno.h",
    "ENOENT": "errno.h",
    "ENOMEM": "errno.h",
    "assert": "assert.h",
    "pthread_t": "pthread.h",
    "pthread_mutex_t": "pthread.h",
    "sqrt": "math.h",
}


def advise(text: str, notes: Sequence[str], line: int, source: Source) -> tuple[str, ...]:
    """Return sentences about a mistake that is known here, else none."""
    for pattern, rule in _RULES:
        match = re.search(pattern, text) or next(
            (found for found in (re.search(pattern, note) for note in notes) if found), None
        )
        if match:
            said = rule(match, notes, line, source)
            if said:
                return said
    return ()


def _say(*sentences: str) -> Rule:
    """Return a rule that always says the same; \\1 and so on stand for groups."""
    return lambda match, notes, line, source: tuple(match.expand(sentence) for sentence in sentences)


def _unknown_name(match: re.Match[str], notes: Sequence[str], line: int, source: Source) -> tuple[str, ...]:
    name = match[1]
    if name == "cf_with" and not re.search(r"\bcf_with\s*\(", _code(source, line)):
        return ("C writes it `cf_with (pool, cf_thread_pool()) {`.",)
    if name.startswith(("cf_", "CF_")) and not _may_include_cfutures(source):
        return (f"{name} belongs to cfutures: add `#include <cfutures.h>` at the top.",)
    if _pool_block_without_brace(name, line, source):
        return (
            f"{name} is known only inside the block of its cf_with.",
            "Put that block in braces: `cf_with (pool, ...) { ... }`.",
        )
    header = _header(name)
    if header and not _includes(source, header):
        return (f"{name} comes from a header: add `#include <{header}>` at the top.",)
    suggestion = re.search(r"did you mean '(\w+)'", match.string)
    if suggestion:
        return (f"Nothing is called {name}. Did you mean {suggestion[1]}?",)
    return (f"Nothing is called {name} here: a typing error, a missing declaration, or a missing #include.",)


def _code(source: Source, line: int) -> str:
    """Return one line of the learner's; "" if the error is elsewhere."""
    return source.lines[line - 1] if 0 < line <= len(source.lines) else ""


def _header(name: str) -> str:
    if name.startswith("pthread_"):
        return "pthread.h"
    return _HEADERS.get(name, "")


def _includes(source: Source, header: str) -> bool:
    pattern = re.compile(rf'^\s*#\s*include\s*[<"]{re.escape(header)}[>"]')
    return any(pattern.match(line) for line in source.lines)


def _may_include_cfutures(source: Source) -> bool:
    """An exercise's own header brings cfutures.h along."""
    own = re.compile(r'^\s*#\s*include\s*"')
    return _includes(source, "cfutures.h") or any(own.match(line) for line in source.lines)


def _pool_block_without_brace(name: str, line: int, source: Source) -> bool:
    """Look above the line for `cf_with (name, ...)`."""
    opening = re.compile(rf"\bcf_with\s*\(\s*{re.escape(name)}\s*,")
    return any(opening.search(text) for text in source.lines[:line])


def _declaration_after_with(
    match: re.Match[str], notes: Sequence[str], line: int, source: Source
) -> tuple[str, ...]:
    """A declaration can't be the one statement of a cf_with without braces."""
    above = [text.strip() for text in source.lines[: line - 1] if text.strip()]
    if above and re.search(r"\bcf_with\b", above[-1]) and not above[-1].endswith("{"):
        return (
            "After cf_with a block in braces has to follow:",
            "`cf_with (pool, ...) {` above this line, and `}` after the last one that uses the pool.",
        )
    return ()


def _called_task(match: re.Match[str], notes: Sequence[str], line: int, source: Source) -> tuple[str, ...]:
    """A call where the task's name belongs: the pool would get what it returns."""
    call = re.search(r"\bcf_submit(?:_with)?\s*\([^,()]*,\s*(\w+)\s*\(", _code(source, line))
    if not call:
        return ()
    return (
        f"This calls {call[1]} here and now. Give the pool its name alone:",
        f"`{call[1]}`, without parentheses.",
    )


def _no_return(match: re.Match[str], notes: Sequence[str], line: int, source: Source) -> tuple[str, ...]:
    said = "The function promises a result, but its end is reached without a `return`."
    for text in reversed(source.lines[: line - 1]):
        if text.startswith("}"):
            break
        if re.search(r"\bcf_with\b", text):
            return (said, "A cf_with needs one behind its closing brace, too.")
    return (said,)


def _other_signature(
    match: re.Match[str], notes: Sequence[str], line: int, source: Source
) -> tuple[str, ...]:
    place = next((re.match(r"[^:]+\.h:\d+", note) for note in notes if re.match(r"[^:]+\.h:\d+", note)), None)
    if not place:
        return (f"{match[1]} is declared twice, with different types.",)
    return (
        f"The header declares {match[1]} with other types: see {place[0]}.",
        "The header is the contract: copy its line, and leave it as it is.",
    )


_A_VALUE_TO_PRINTF = _say(
    "A cf_value can't be printed as it is: take out what it holds first.",
    "A number: cf_as_int(v) or cf_as_double(v); a text: cf_as_str(v), with %s.",
)
_WRONG_TASK = _say(
    "The second argument has to be a task: a function `cf_value NAME(cf_value arg)`.",
    "Yours has another type. cf_as_int(arg) or its kind reads the argument, cf_int(...) makes the result.",
)
_WRONG_CONTEXT_TASK = _say(
    "The second argument has to be a function `cf_value NAME(cf_value context, cf_value arg)`.",
    "Yours has another type.",
)
_WRONG_ARGUMENT = _say(
    "An array, a pointer or a struct can't be an argument as it is. Say how it is meant:",
    "cf_bytes(array, size) and cf_struct(variable) copy it, cf_ptr(pointer) hands on the address.",
)

_RULES: tuple[tuple[str, Rule], ...] = (
    (r"cf_WRONG_TASK|incompatible type", _called_task),
    (r"cf_WRONG_TASK_write_cf_value_NAME_cf_value_context", _WRONG_CONTEXT_TASK),
    (r"cf_WRONG_TASK", _WRONG_TASK),
    (r"passing argument to parameter 'task'", _WRONG_TASK),
    (r"cf_WRONG_ARGUMENT", _WRONG_ARGUMENT),
    (r"passing argument to parameter 'argument'", _WRONG_ARGUMENT),
    (r"[Ff]ormat .*(?:type|has type) 'cf_value'", _A_VALUE_TO_PRINTF),
    (r"[Ff]ormat '(%\w+)' expects argument of type '([^']+)'.* has type '([^']+)'",
     _say(r"\1 prints a value of type `\2`, and gets one of type `\3`.")),
    (r"format specifies type '([^']+)' but the argument has type '([^']+)'",
     _say(r"The format prints a value of type `\1`, and gets one of type `\2`.")),
    (r"initializing '(.+)' with an expression of .*type 'cf_value'|invalid initializer|"
     r"incompatible types when (?:assigning|initializing).*'cf_value'|"
     r"assigning to '(.+)' from incompatible type 'cf_value'",
     _say("A cf_value is no number and no text: take out what it holds, with cf_as_int(v) or its kind.")),
    (r"(?:returning|when returning) .*but 'cf_value' was expected|"
     r"from a function with incompatible result type 'cf_value'",
     _say("This function returns a cf_value: wrap the result, as in `return cf_int(n);`.")),
    (r"argument is of type 'cf_future \*'|passing 'cf_future \*'",
     _say("A future is only the receipt: ask it for the value first, with cf_result(future).")),
    (r"expected '(?:const )?char \*' but argument is of type 'cf_value'|"
     r"passing 'cf_value' to parameter of incompatible type '(?:const )?char \*'",
     _say("A cf_value is no text: take the text out, with cf_as_str(v).")),
    (r"expected expression", _declaration_after_with),
    (r"conflicting types for '(\w+)'", _other_signature),
    (r"too (?:few|many) arguments to function (?:call|'(\w+)')",
     _say("The call and the declaration of the function differ in the number of arguments.")),
    (r"implicit declaration of function '(\w+)'", _unknown_name),
    (r"call to undeclared (?:library )?function '(\w+)'", _unknown_name),
    (r"implicitly declaring library function '(\w+)'", _unknown_name),
    (r"(?:use of )?undeclared identifier '(\w+)'", _unknown_name),
    (r"'(\w+)' undeclared", _unknown_name),
    (r"unknown type name '(\w+)'", _unknown_name),
    (r"(?:^|: )(?:fatal error: )?'?([\w./]+\.h)'?(?: file not found|: No such file)",
     _say(r"There is no header \1 here. Is its name spelled right?")),
    (r"expected declaration or statement at end of input|expected '}'",
     _say("A `}` is missing: some block above is never closed.")),
    # Not "expected ')' before ';'": there the `;` is all right.
    (r"expected (?:(?! before ).)*';'", _say("A `;` is missing at the end of this line.")),
    (r"expected '([,)\]])'", _say(r"A `\1` is missing.")),
    (r'macro "(cf_\w+)" (?:requires|passed) (\d+)', _say(r"\1 takes \2 arguments: see cfutures.h.")),
    (r"makes (?:pointer from integer|integer from pointer)|"
     r"incompatible (?:integer to pointer|pointer to integer) conversion",
     _say("A number and a pointer are mixed up here.",
          "From a cf_value: cf_as_int(v) gives a number, cf_as_str(v) a text, cf_as_ptr(v) a pointer.")),
    (r"expected identifier or '\(' before '}' token|extraneous closing brace",
     _say("There is one `}` too many, here or above.")),
    (r"control reaches end of non-void function|non-void function does not return a value",
     _no_return),
    (r"redefinition of '(\w+)'", _say(r"\1 is defined twice.")),
)  # fmt: skip
