"""Mistakes that the compiler's words alone tell. The patterns cover gcc and clang."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.advice.case import Advice, Case, say
from grader.failures import Failure

Rule = Callable[[re.Match[str], Case], Advice | None]


def advise(case: Case) -> Advice | None:
    """Return the first rule's advice that fits the complaint or one of its notes."""
    for pattern, rule in _RULES:
        for text in (case.text, *case.notes):
            match = re.search(pattern, text)
            found = rule(match, case) if match else None
            if found:
                return found
    return None


def _say(code: Failure, *sentences: str) -> Rule:
    """Return a rule that always says the same; \\1 and so on stand for groups."""
    return lambda match, case: say(code, *(match.expand(sentence) for sentence in sentences))


def _no_return(match: re.Match[str], case: Case) -> Advice:
    said = "The function promises a result, but its end is reached without a `return`."
    for text in case.above():
        if re.search(r"\bcf_with\b", text):
            return say(Failure.NO_RETURN, said, "A cf_with needs one behind its closing brace, too.")
        if re.match(r"\w.*\)$", text):
            break
    return say(Failure.NO_RETURN, said)


_NAME_TAKEN = _say(
    Failure.NAME_TAKEN, r"\1 is a name of cfutures: give yours another name, one that does not begin with cf_."
)


def _hidden(match: re.Match[str], case: Case) -> Advice:
    place = next((found for note in case.notes if (found := re.match(r"[^:]+\.h:\d+", note))), None)
    return say(
        Failure.NAME_TAKEN,
        f"{match[1]} is declared {f'at {place[0]}' if place else 'already'}, for all to call.",
        "If you are to write it, leave `static` away; if it is given to you, delete yours.",
    )


def _other_contract(match: re.Match[str], case: Case) -> Advice:
    place = next((found for note in case.notes if (found := re.match(r"[^:]+\.h:\d+", note))), None)
    if not place:
        return say(Failure.OTHER_CONTRACT, f"{match[1]} is declared twice, with different types.")
    return say(
        Failure.OTHER_CONTRACT,
        f"The header declares {match[1]} with other types: see {place[0]}.",
        "The header is the contract: copy its line, and leave it as it is.",
    )


def _count(match: re.Match[str], case: Case) -> Advice:
    place = next((found for note in case.notes if (found := re.match(r"[^:]+\.h:\d+", note))), None)
    where = f" It is declared at {place[0]}." if place and not place[0].startswith("/") else ""
    return say(
        Failure.WRONG_COUNT,
        f"The call and the declaration of the function differ in the number of arguments.{where}",
    )


def _address(match: re.Match[str], case: Case) -> Advice:
    if re.search(r"\bcf_struct\s*\(\s*&", case.code):
        return say(_TYPE, "cf_struct gets the variable itself, without an `&`.")
    return say(_TYPE, "Only what has a place in memory has an address: a variable, not a result in passing.")


def _macro(match: re.Match[str], case: Case) -> Advice:
    form = {
        "cf_submit": "`cf_submit(pool, task, argument)`: three things, with commas between them.",
        "cf_submit_with": "`cf_submit_with(pool, task, context, argument)`: four things.",
        "cf_with": "`cf_with (pool, cf_thread_pool()) {`: a name, and the pool.",
    }
    name = match[1] if match.re.groups else ""
    named = re.search(r"macro '(cf_\w+)'", " ".join(case.notes))
    name = named[1] if named else name
    return say(Failure.WRONG_COUNT, form.get(name, f"{name} takes another number of arguments: see cfutures.h."))


_A_VALUE_TO_PRINTF = _say(
    Failure.VALUE_MIXED_UP,
    "A cf_value can't be printed as it is: take out what it holds first.",
    "A number: cf_as_int(v) or cf_as_double(v); a text: cf_as_str(v), with %s.",
)
_TYPE, _MARK = Failure.WRONG_TYPE, Failure.PUNCTUATION

_RULES: tuple[tuple[str, Rule], ...] = (
    (r"[Ff]ormat .*(?:type|has type) 'cf_value'", _A_VALUE_TO_PRINTF),
    (r"[Ff]ormat '(%\w+)' expects argument of type '([^']+)'.* has type '([^']+)'",
     _say(_TYPE, r"\1 prints a value of type `\2`, and gets one of type `\3`.")),
    (r"format specifies type '([^']+)' but the argument has type '([^']+)'",
     _say(_TYPE, r"The format prints a value of type `\1`, and gets one of type `\2`.")),
    (r"too many arguments for format|data argument not used by format",
     _say(Failure.WRONG_COUNT, "The format has fewer `%` than values follow it.")),
    (r"expects a matching '[^']+' argument|more '%' conversions than data arguments",
     _say(Failure.WRONG_COUNT, "The format has a `%` without a value: each one wants a value behind the text.")),
    (r"(?:'(\w+)'|member reference type '[^']+') is a pointer; did you mean to use '->'",
     _say(_TYPE, "This is a pointer: its members are reached by `->`, not by a dot.")),
    (r"invalid type argument of '->' \(have '[^*]+'\)|is not a pointer; did you mean to use '\.'",
     _say(_TYPE, "This is no pointer: its members are reached by a dot, not by `->`.")),
    (r"invalid operands to binary \+|invalid operands to binary expression .*char",
     _say(_TYPE, 'Texts can\'t be added in C. cf_format("Hello, %s!", text) puts them together.')),
    (r"invalid operands to binary (?:==|!=|expression).*'(?:struct )?cf_value'|"
     r"used struct type value where scalar|requires expression of scalar type .*cf_value",
     _say(Failure.VALUE_MIXED_UP, "A cf_value can't be compared or asked as it is: read it first, with cf_as_int(v)",
          "or its kind. Whether it is an error: cf_failed(v), or cf_exception(future).")),
    (r"void value not ignored|incompatible type 'void'",
     _say(_TYPE, "This function returns nothing that could be kept or used.")),
    (r"'return' with a value, in function returning void|void function '\w+' should not return",
     _say(Failure.NO_RETURN, "This function returns nothing (void): write `return;`, or leave it away.")),
    (r"'return' with no value|non-void function '\w+' should return a value",
     _say(Failure.NO_RETURN, "This function promises a result: `return` needs a value.")),
    (r"(?:assignment of )?read-only (?:location|variable)",
     _say(_TYPE, "What is declared const can be read, but not changed.")),
    (r"discards '?(?:const'? )?qualifier",
     _say(_TYPE, "This may be read, but not changed: it needs a `const` in front, as in `const cf_error *error`.")),
    (r"(?:conflicting types for|static declaration of|redefinition of|^)\s*'(cf_\w+)'(?! undeclared)", _NAME_TAKEN),
    (r"static declaration of '(\w+)' follows", _hidden),
    (r"'(\w+)' redeclared as different|redefinition of '(\w+)' as different", _other_contract),
    (r"conflicting types for '(\w+)'", _other_contract),
    (r"lvalue required as unary '&' operand|cannot take the address of an rvalue", _address),
    (r"too (?:few|many) arguments to function", _count),
    (r'macro "(cf_\w+)" (?:requires|passed) (\d+)', _macro),
    (r"too (?:few|many) arguments provided to function-like macro", _macro),
    (r"cf_THE_NUMBER_OF_ITEMS_is_missing",
     _say(Failure.WRONG_COUNT, "`cf_map(pool, task, array, count)`: the number of items is missing.")),
    (r"no member named '(\w+)'|'(\w+)' does not refer to any field",
     _say(Failure.UNKNOWN_NAME, "There is no member of this name: look it up in the header.")),
    (r"(?:^|: )(?:fatal error: )?'?([\w./]+\.h)'?(?: file not found|: No such file)",
     _say(Failure.UNKNOWN_NAME, r"There is no header \1 here. Is its name spelled right?")),
    (r"expected declaration or statement at end of input|expected '}'",
     _say(_MARK, "A `}` is missing: some block above is never closed.")),
    (r"expected '\(' (?:before|after)",
     _say(_MARK, "In C, what follows `if`, `for` or `while` stands in parentheses: `if (...) {`.")),
    (r"ISO C forbids nested functions|function definition is not allowed|invalid storage class for function",
     _say(_MARK, "A function can't be written inside another one. Is a `}` missing above?")),
    # Not "expected ')' before ';'": there the `;` is all right.
    (r"expected (?:(?! before ).)*';'", _say(_MARK, "A `;` is missing at the end of this line.")),
    (r"expected '([,)\]])'", _say(_MARK, r"A `\1` is missing.")),
    (r"makes (?:pointer from integer|integer from pointer)|"
     r"incompatible (?:integer to pointer|pointer to integer) conversion",
     _say(_TYPE, "A number and an address are mixed up here.")),
    (r"expected identifier or '\(' before '}' token|extraneous closing brace",
     _say(_MARK, "There is one `}` too many, here or above.")),
    (r"control reaches end of non-void function|non-void function does not return a value", _no_return),
    (r"redefinition of '(\w+)'", _say(Failure.UNKNOWN_NAME, r"\1 is defined twice.")),
    (r"function pointer", _say(_TYPE, "The name of a function is wanted here, without parentheses.")),
    (r"'(\w+)' is (?:used )?uninitialized",
     _say(Failure.UNDEFINED, r"\1 is read before it ever got a value: give it one where it is declared.")),
    (r"dangling pointer to '(\w+)'|function returns address of local variable|"
     r"address of stack memory associated with local variable '(\w+)'",
     _say(Failure.GONE_LOCAL, "A local variable is gone when its function has returned, or its block has ended:",
          "nobody may use its address after that.")),
    (r"assignment used as truth value|result of an assignment as a condition",
     _say(_TYPE, "One `=` stores a value; `==` compares two.")),
)  # fmt: skip
