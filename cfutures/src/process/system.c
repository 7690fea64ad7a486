// Memory, descriptors and processes from Linux. See system.h.

#define _GNU_SOURCE  // memfd_create

#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

// With all its pages: a lack of memory is to be an error here, and not a signal
// when it is used.
static int create_memory(size_t size)
{
    const int descriptor = memfd_create("cfutures", MFD_CLOEXEC);
    if (descriptor < 0) {
        return -1;
    }
    const int rc = posix_fallocate(descriptor, 0, (off_t)size);
    if (rc != 0) {
        (void)close(descriptor);
        errno = rc;
        return -1;
    }
    return descriptor;
}

static void *map(int descriptor, size_t size)
{
    const int flags = MAP_SHARED | (descriptor < 0 ? MAP_ANONYMOUS : 0);
    void *memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, flags, descriptor, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static int create_event(void)
{
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

// Messages keep their bounds, and a lost peer is seen at once.
static int create_sockets(int sockets[2])
{
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets);
}

static void nothing(void)
{
}

static void go_on(enum cfi_point point)
{
    (void)point;
}

struct cfi_process_system cfi_process_system = {
    .create_memory = create_memory,
    .map = map,
    .unmap = munmap,
    .create_event = create_event,
    .create_sockets = create_sockets,
    .fork_process = fork,
    .before_exit = nothing,
    .reached = go_on,
};

void cfi_leave_process(int status)
{
    cfi_process_system.before_exit();
    _exit(status);
}
