// Pipes and sockets between the program's own threads: before a call that could
// block, the thread waits until poll says that it will not.

#include "internal.h"

#include <errno.h>
#include <poll.h>

static bool is_ready(int descriptor, int events)
{
    struct pollfd one = {.fd = descriptor, .events = (short)events};
    return poll(&one, 1, 0) != 0;
}

bool xp_wait_for_descriptor(int descriptor, int events, uintptr_t pc)
{
    if (!XP->is_active) {
        return true;
    }
    xp_step(XP_IO, (uintptr_t)descriptor, pc);
    while (!is_ready(descriptor, events)) {
        XP_SELF->io_events = events;
        xp_block(XP_IO, (uintptr_t)descriptor, pc, 0);
        if (XP_SELF->interruption == XP_IS_BROKEN_OFF) {
            errno = EINTR;
            return false;
        }
    }
    xp_event(XP_IO, (uintptr_t)descriptor, pc, 1);
    xp_changed();
    return true;
}

bool xp_poll_descriptors(void)
{
    bool any = false;
    for (int i = 0; i < XP->thread_count; i++) {
        const struct xp_thread *t = &XP->thread[i];
        if (t->state == XP_BLOCKED && t->waits_for == XP_IO &&
            is_ready((int)t->waits_object, t->io_events)) {
            xp_wake_thread(i);
            any = true;
        }
    }
    return any;
}
