// The same squares; what is done is shown at once, as a bar in a terminal and
// as plain lines elsewhere. The results lie in the order of the numbers.

#include <cfutures.h>
#include <stdio.h>
#include <unistd.h>

static cf_value square(cf_value number)
{
    const int64_t n = cf_as_int(number);
    sleep(n == 1 ? 3 : 1);
    return cf_int(n * n);
}

// [show]
static void show_progress(int done, int total)
{
    if (!isatty(STDOUT_FILENO)) {
        printf("%d of %d\n", done, total);  // a file keeps every line
        return;
    }
    printf("\r[");  // back to the beginning of the same line
    for (int i = 0; i < total; i++) {
        putchar(i < done ? '=' : ' ');
    }
    printf("] %d of %d%s", done, total, done == total ? "\n" : "");
    fflush(stdout);  // a line without its end is kept back otherwise
}
// [/show]

int main(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 5)) {
        cf_future *squares[5];
        for (int i = 0; i < 5; i++) {
            squares[i] = cf_submit(pool, square, i + 1);
        }
        // [loops]
        int done = 0;
        cf_for_completed (square_done, squares, 5) {
            done++;
            show_progress(done, 5);
        }
        for (int i = 0; i < 5; i++) {
            printf("%d\n", (int)cf_as_int(cf_result(squares[i])));
        }
        // [/loops]
    }
    return 0;
}
