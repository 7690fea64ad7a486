// Waits for a worker to end. A worker that stands still in the kernel, in a
// call that the explorer does not control (pause, a read from the terminal,
// waiting for a child), would be waited for until the end of days: it gets a
// signal by which it tells where it stands.

#include "internal.h"

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Real time, so generous: a busy machine lets a process stand still, too.
enum { LOOK_EVERY_MS = 500, LOOKS_OF_PATIENCE = 6 };

static int64_t processor_time(pid_t worker)
{
    clockid_t clock;
    struct timespec used;
    if (clock_getcpuclockid(worker, &clock) != 0 ||
        clock_gettime(clock, &used) != 0) {
        return -1;
    }
    return (int64_t)used.tv_sec * 1000000000 + used.tv_nsec;
}

// Returns when the worker has ended, or stands still for good.
static void watch(pid_t worker, int descriptor)
{
    struct pollfd end = {.fd = descriptor, .events = POLLIN};
    int64_t before = -1;
    for (int looks = 0; looks < LOOKS_OF_PATIENCE; looks++) {
        if (poll(&end, 1, LOOK_EVERY_MS) > 0) {
            return;
        }
        int64_t now = processor_time(worker);
        looks = now == before ? looks : 0;
        before = now;
    }
    kill(worker, XP_STANDS_STILL);
}

int xp_await(pid_t worker)
{
    int descriptor = (int)syscall(SYS_pidfd_open, worker, 0);
    if (descriptor >= 0) {  // else an old kernel: without the watch
        watch(worker, descriptor);
        close(descriptor);
    }
    int status;
    while (waitpid(worker, &status, 0) < 0) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
