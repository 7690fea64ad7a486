// Reading and writing descriptors: pipes and sockets between the program's own
// threads.

#include "entry.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

ssize_t xpi_read(int descriptor, void *to, size_t size)
{
    uintptr_t pc = XP_PC;
    if (!xp_wait_for_descriptor(descriptor, POLLIN, pc)) {
        return -1;
    }
    ssize_t got = read(descriptor, to, size);
    if (got > 0) {
        xp_plain_access((uintptr_t)to, (size_t)got, XP_WRITE, pc);
    }
    return got;
}

ssize_t xpi_write(int descriptor, const void *from, size_t size)
{
    uintptr_t pc = XP_PC;
    if (!xp_wait_for_descriptor(descriptor, POLLOUT, pc)) {
        return -1;
    }
    if (size > 0) {
        xp_plain_access((uintptr_t)from, size, 0, pc);
    }
    ssize_t put = write(descriptor, from, size);
    if (put < 0 && errno == EPIPE) {
        xp_signal_send(SIGPIPE, XP->current, pc);  // the real one is ignored
        errno = EPIPE;
    }
    return put;
}

ssize_t xpi_recv(int descriptor, void *to, size_t size, int flags)
{
    uintptr_t pc = XP_PC;
    if (!xp_wait_for_descriptor(descriptor, POLLIN, pc)) {
        return -1;
    }
    return recv(descriptor, to, size, flags);
}

ssize_t xpi_send(int descriptor, const void *from, size_t size, int flags)
{
    uintptr_t pc = XP_PC;
    if (!xp_wait_for_descriptor(descriptor, POLLOUT, pc)) {
        return -1;
    }
    return send(descriptor, from, size, flags | MSG_NOSIGNAL);
}

int xpi_accept(int descriptor, struct sockaddr *address, socklen_t *size)
{
    if (!xp_wait_for_descriptor(descriptor, POLLIN, XP_PC)) {
        return -1;
    }
    return accept(descriptor, address, size);
}

int xpi_close(int descriptor)
{
    xp_step(XP_IO, (uintptr_t)descriptor, XP_PC);
    xp_changed();
    return close(descriptor);
}
