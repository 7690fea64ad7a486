"""Real reports of both compilers' sanitizers, in plain sentences."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from grader.sanitizer_words import explain_report

SHOWN = "exercises/01_tiny/misuse.c"
MISUSE = r"""
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static void *use(void *p)
{
    printf("%d", *(int *)p);           // 8
    return NULL;
}
static int *local(void)                // 11
{
    int x = 3;
    int *volatile p = &x;
    return p;
}
static void misuse(int which, char *volatile block, volatile int i)
{
    int array[4] = {0};
    pthread_t thread;
    switch (which) {
    case 0: free(block); block[0] = 1; break;    // 22
    case 1: block[10] = 1; break;                // 23
    case 2: array[i] = 1; break;                 // 24
    case 3: free(block); free(block); break;     // 25
    case 4: printf("%d", *local()); break;       // 26
    case 5: free(array); break;                  // 27
    case 6: *(volatile char *)1234567 = 1; break;  // 28
    case 7: i = 2147483647; i++; break;          // 29
    // 8: see main
    case 9:
        free(block);                             // 32
        pthread_create(&thread, NULL, use, block);
        pthread_join(thread, NULL);
        break;
    case 10: memcpy(array, local(), 4);          // 36
    }
}
int main(int argc, char **argv)
{
    (void)argc;
    const int which = atoi(argv[1]);
    char *block = malloc(10);                    // 43
    if (which != 8) misuse(which, block, 4);  // a copy on the stack would keep it
    block = NULL;
    return 0;
}
"""
CASES = [
    (0, "misuse.c:22, in misuse: memory that was freed already is written again.", "freed at {shown}:22"),
    (1, "misuse.c:23, in misuse: memory beyond the bounds of an allocated block is written.", "allocated at {shown}:43"),
    (2, "misuse.c:24: undefined behaviour: there is no element 4", ""),
    (3, "misuse.c:25, in misuse: the same memory is freed twice.", "freed at {shown}:25"),
    (4, "misuse.c:26, in misuse: the local variable `x` is used after its function has returned.",
     "It is declared at {shown}:13, in local."),
    (5, "misuse.c:27, in misuse: something is freed that did not come from malloc.", ""),
    (6, "misuse.c:28, in misuse: an invalid address is used.", ""),
    (7, "misuse.c:29: undefined behaviour: signed integer overflow", ""),
    (8, "misuse.c:43, in main: 10 bytes allocated here are never freed.", ""),
    (9, "misuse.c:8, in use: memory that was freed already is read again.", "freed at {shown}:32"),
    (10, "misuse.c:36, in misuse: the local variable `x` is used after", "declared at {shown}:13, in local."),
]  # fmt: skip


@pytest.fixture(scope="module", params=["gcc", "clang"])
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed")
    folder = tmp_path_factory.mktemp("misuse")
    (folder / SHOWN).parent.mkdir(parents=True)
    (folder / SHOWN).write_text(MISUSE)
    subprocess.run(
        [request.param, "-g", "-w", "-O0", "-pthread", "-fsanitize=address,undefined",
         "-fno-sanitize-recover=all", "-fno-omit-frame-pointer", f"-ffile-prefix-map={folder}=.",
         SHOWN, "-o", "misuse"],
        cwd=folder, check=True,
    )  # fmt: skip
    return folder / "misuse"


@pytest.mark.parametrize(("which", "first", "then"), CASES)
def test_a_report_becomes_sentences(program: Path, which: int, first: str, then: str) -> None:
    done = subprocess.run(
        [program, str(which)],
        capture_output=True,
        text=True,
        env={**os.environ, "ASAN_OPTIONS": "detect_stack_use_after_return=1"},
    )
    words = explain_report(done.stderr, SHOWN)
    assert words is not None, done.stderr
    lines = words.message.splitlines()
    assert lines[0].startswith(f"exercises/01_tiny/{first}")
    assert len(lines) <= 3 and "0x" not in lines[0]
    assert words.place == lines[0].partition(": ")[0].partition(",")[0]
    assert then.format(shown=SHOWN) in words.message


def test_a_call_by_a_null_pointer_is_not_blamed_on_who_called_the_caller() -> None:
    words = explain_report(
        "==1==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000000 (pc 0x000000000000 T0)\n"
        "==1==Hint: pc points to the zero page.\n==1==Hint: address points to the zero page.\n"
        "    #0 0x0  (<unknown module>)\n"
        "    #1 0x7fd4ba6e12b9 in cooks exercises/00_kitchen/test_card.c:25\n",
        "exercises/00_kitchen/card.c",
    )
    assert words is not None and words.place == "" and words.code == "W506"
    assert words.message.startswith("In your code a function is called by a pointer that is NULL")
    assert "It was called from exercises/00_kitchen/test_card.c:25." in words.message


def test_what_is_no_report_is_not_explained() -> None:
    assert explain_report("Segmentation fault", SHOWN) is None
    assert explain_report("", SHOWN) is None


def test_a_report_cut_short_is_explained_as_far_as_it_goes() -> None:
    words = explain_report("==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x6\n", SHOWN)
    assert words is not None
    assert (words.message, words.place) == ("memory that was freed already is used again.", "")


def test_a_dead_local_that_a_library_reads_is_blamed_on_who_declared_it() -> None:
    words = explain_report(
        "==1==ERROR: AddressSanitizer: stack-use-after-return on address 0x7f59b2dff120\n"
        "READ of size 11 at 0x7f59b2dff120 thread T1\n"
        "    #0 0x7f59 in __interceptor_memcpy ../sanitizer_common/interceptors.inc:827\n"
        "    #1 0x562e in cfi_copy cfutures/src/block.c:111\n"
        "Address 0x7f59b2dff120 is located in stack of thread T1 at offset 32 in frame\n"
        "    #0 0x7f59 in visit exercises/01_submit/failed_task.c:7\n"
        "    [32, 64) 'text' (line 8) <== Memory access at offset 32 is inside this variable\n",
        "exercises/01_submit/failed_task.c",
    )
    assert words is not None and words.place == "exercises/01_submit/failed_task.c:8"
    assert words.message == (
        "exercises/01_submit/failed_task.c:8, in visit: "
        "the local variable `text` is used after its function has returned."
    )
