// The part of the port layer that is the same everywhere: time and CPUs.

#ifdef __linux__
#define _GNU_SOURCE  // sched_getaffinity, CPU_COUNT
#endif

#include "port.h"

#include <errno.h>
#include <sched.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "lock.h"

int64_t cfi_port_now(void)
{
    struct timespec now;
    cfi_must(clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? 0 : errno,
             "clock_gettime");
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void cfi_port_name_thread(const char *name)
{
#ifdef __linux__
    (void)prctl(PR_SET_NAME, name);  // a name is never worth a failure
#else
    (void)name;
#endif
}

int64_t cfi_port_deadline(double seconds)
{
    static const double no_limit = 1e9;  // 31 years
    if (seconds >= no_limit) {
        return CFI_NO_DEADLINE;
    }
    const double ahead = seconds > 0 ? seconds * 1e9 : 0;
    return cfi_port_now() + (int64_t)ahead;
}

int cfi_port_usable_cpus(void)
{
#ifdef __linux__
    // What taskset, a container or a batch system leaves to this process.
    // Fails on machines of more CPUs than the set holds: then count them all.
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
        return CPU_COUNT(&allowed);
    }
#endif
    const long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : (int)online;
}
