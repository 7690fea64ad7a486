// What printf and its kind read: the texts among their arguments.

#include "entry.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

// A va_list that helpers can move on: passed by itself, it may be a copy.
struct arguments {
    va_list list;
};

// A number after the percent sign; a star takes it from the arguments. -1:
// none.
static int take_number(const char **at, struct arguments *arguments)
{
    if (**at == '*') {
        (*at)++;
        return va_arg(arguments->list, int);
    }
    size_t digits = strspn(*at, "0123456789");
    int number = digits > 0 ? atoi(*at) : -1;
    *at += digits;
    return number;
}

// No more than `most` bytes; the end is read only if it comes before.
static void read_text(const char *text, int most, uintptr_t pc)
{
    if (text == NULL) {
        return;  // printed as "(null)"
    }
    if (most < 0) {
        xp_reads_text(text, pc);
        return;
    }
    size_t length = strnlen(text, (size_t)most);
    xp_reads(text, length < (size_t)most ? length + 1 : length, pc);
}

static void take_integer(bool is_long, struct arguments *arguments)
{
    if (is_long) {
        (void)va_arg(arguments->list, long);
    } else {
        (void)va_arg(arguments->list, int);
    }
}

static void take_floating(bool is_long, struct arguments *arguments)
{
    if (is_long) {
        (void)va_arg(arguments->list, long double);
    } else {
        (void)va_arg(arguments->list, double);
    }
}

// One conversion, from behind its percent sign; returns its last character, or
// NULL where the rest can't be followed.
static const char *follow(const char *at, struct arguments *arguments,
                          uintptr_t pc)
{
    at += strspn(at, "-+ #0'I");
    take_number(&at, arguments);
    if (*at == '$') {
        return NULL;  // numbered arguments
    }
    int precision = -1;
    if (*at == '.') {
        at++;
        precision = take_number(&at, arguments);
        precision = precision < 0 && at[-1] == '.' ? 0 : precision;
    }
    size_t modifiers = strspn(at, "hlLqjzt");
    bool is_long = modifiers > 0 && *at != 'h';
    at += modifiers;
    if (*at == '\0') {
        return NULL;
    }
    if (strchr("diouxXcC", *at) != NULL) {
        take_integer(is_long && *at != 'c' && *at != 'C', arguments);
    } else if (strchr("aAeEfFgG", *at) != NULL) {
        take_floating(is_long && *(at - 1) == 'L', arguments);
    } else if (*at == 's' && !is_long) {
        read_text(va_arg(arguments->list, const char *), precision, pc);
    } else if (strchr("sSpn", *at) != NULL) {
        (void)va_arg(arguments->list, void *);
    } else if (*at != 'm') {
        return NULL;
    }
    return at;
}

void xp_reads_arguments(const char *format, va_list list, uintptr_t pc)
{
    xp_reads_text(format, pc);
    struct arguments arguments;
    va_copy(arguments.list, list);
    for (const char *at = format; at != NULL && *at != '\0'; at++) {
        if (*at != '%') {
            continue;
        }
        at++;
        if (*at != '%' && (at = follow(at, &arguments, pc)) == NULL) {
            break;
        }
    }
    va_end(arguments.list);
}
