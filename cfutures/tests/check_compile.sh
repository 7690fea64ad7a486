#!/bin/sh
# What the compiler says to users of cfutures.h.
#
#     check_compile.sh COMPILER INCLUDE_FOLDER FOLDER
#
# Each wrong program in FOLDER says in its first line what the compiler has to
# say (an extended regular expression), and has a mark, "// here", in the line
# where the first error has to be. At most six lines may be said in all.
# right_use.c must compile without a word.

set -u
compiler=$1
include=$2
folder=$3

warnings='-std=c11 -Wall -Wextra -Wpedantic -Wconversion -Wshadow'
errors='-Werror=format -Werror=implicit-function-declaration
    -Werror=incompatible-pointer-types -Werror=int-conversion'
case $("$compiler" --version) in
*clang*) short='-fno-caret-diagnostics -fmacro-backtrace-limit=1
    -ferror-limit=1' ;;
*) short='-fno-diagnostics-show-caret -ftrack-macro-expansion=0
    -fmax-errors=1' ;;
esac

failures=0
fail()
{
    printf '%s: %s. The compiler said:\n%s\n\n' "$1" "$2" "$said"
    failures=$((failures + 1))
}

# shellcheck disable=SC2086  # the flags are lists
for file in "$folder"/*.c; do
    case $file in
    */right_use.c)
        for optimised in -O0 -O2; do
            said=$("$compiler" $warnings -Werror $optimised -I "$include" \
                -c "$file" -o /dev/null 2>&1) ||
                fail "$file" "a right use gave a warning ($optimised)"
        done
        continue
        ;;
    esac

    expected=$(sed -n '1s|^// expect: ||p' "$file")
    line=$(grep -n '// here$' "$file" | cut -d: -f1)
    if said=$("$compiler" $warnings $errors $short -isystem "$include" \
        -c "$file" -o /dev/null 2>&1); then
        fail "$file" "it compiled"
        continue
    fi
    first=$(printf '%s\n' "$said" | grep -m 1 -E 'error:')
    printf '%s\n' "$first" | grep -q -F "$(basename "$file"):$line:" ||
        fail "$file" "the first error is not in the learner's line $line"
    printf '%s\n' "$said" | grep -q -E "$expected" ||
        fail "$file" "no word of \"$expected\""
    [ "$(printf '%s\n' "$said" | wc -l)" -le 6 ] ||
        fail "$file" "more than six lines"
done
exit $((failures != 0))
