// A film of five frames, a second each, and 2.5 seconds of time. With the
// argument "listens" it can be asked to stop, else it can't.

#include <cfutures.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static cf_value deaf_film(cf_value frames)
{
    for (int64_t i = 0; i < cf_as_int(frames); i++) {
        sleep(1);  // stands for drawing a frame
    }
    puts("film: complete");
    return frames;
}

// [film]
static cf_value listening_film(cf_value frames)
{
    for (int i = 0; i < (int)cf_as_int(frames); i++) {
        if (cf_stopping()) {
            puts("film: stopped");
            return cf_fail(CF_ECANCELLED, "stopped after %d frames", i);
        }
        sleep(1);  // stands for drawing a frame
    }
    puts("film: complete");
    return frames;
}
// [/film]

int main(int argc, char *argv[])
{
    const bool listens = argc > 1 && strcmp(argv[1], "listens") == 0;

    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *jobs[] = {
            cf_submit(pool, listens ? listening_film : deaf_film, 5)};
        // [wait]
        size_t done = cf_wait(jobs, 1, CF_ALL_COMPLETED, 2.5);
        printf("done in time: %zu of 1\n", done);
        if (cf_stop(jobs[0])) {
            puts("the film is late");
        }
        // [/wait]
    }
    puts("closed");
    return 0;
}
