// A worker, as its attendant sees it. See host.h.

#define _GNU_SOURCE  // ppoll, POLLRDHUP

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../port.h"
#include "../system.h"
#include "channel.h"
#include "host.h"
#include "system.h"

struct cfi_child {
    // Set at creation, then read only.
    struct cfi_host *host;
    struct cfi_channel *channel;
    uint32_t slot;
    int wake_worker;
    int wake_parent;
    long pid;
    // The attendant's own.
    struct cfi_channel_end end;
};

// ----- waking and sleeping -----

static struct cfi_child *child_of(struct cfi_channel_end *end)
{
    return (struct cfi_child *)(void *)((char *)end -
                                        offsetof(struct cfi_child, end));
}

static void wake(struct cfi_channel_end *end)
{
    const uint64_t one = 1;
    (void)!write(child_of(end)->wake_worker, &one, sizeof one);
}

static bool has_ended(const struct cfi_child *child)
{
    const struct cfi_entry *entry = &child->host->board[child->slot];
    // Acquire: pairs with the release in zygote.c.
    return atomic_load_explicit(&entry->has_ended, memory_order_acquire) != 0;
}

static bool time_until(int64_t deadline, struct timespec *left)
{
    const int64_t second = 1000000000;
    const int64_t ahead = deadline - cfi_port_now();
    if (deadline != CFI_NO_DEADLINE && ahead > 0) {
        *left = (struct timespec){.tv_sec = ahead / second,
                                  .tv_nsec = ahead % second};
    }
    return deadline == CFI_NO_DEADLINE || ahead > 0;
}

static enum cfi_receipt sleep_until_woken(struct cfi_channel_end *end,
                                          int64_t deadline)
{
    const struct cfi_child *child = child_of(end);
    struct pollfd events[] = {
        {.fd = child->wake_parent, .events = POLLIN},
        {.fd = child->host->socket, .events = POLLRDHUP},
    };
    struct timespec left;
    uint64_t count;
    if (has_ended(child)) {
        return CFI_IS_DEAD;
    }
    if (!time_until(deadline, &left)) {
        return CFI_TOO_LATE;
    }
    if (ppoll(events, 2, deadline == CFI_NO_DEADLINE ? NULL : &left, NULL) <=
        0) {
        return CFI_DELIVERED;
    }
    (void)!read(child->wake_parent, &count, sizeof count);
    // Without the zygote nobody will say that the worker has ended; but the
    // system ends it, too.
    return events[1].revents != 0 ? CFI_IS_DEAD : CFI_DELIVERED;
}

static void destroy_child(struct cfi_child *child)
{
    cfi_host_unequip(child->host, child->slot);
    cfi_system.release(child);
}

// ----- starting -----

static void equip(struct cfi_child *child)
{
    const struct cfi_held *held = &child->host->held[child->slot];
    child->channel = held->channel;
    child->wake_worker = held->wake_worker;
    child->wake_parent = held->wake_parent;
    child->end = cfi_channel_parent_end(child->channel);
    child->end.wake = wake;
    child->end.sleep = sleep_until_woken;
}

static int spawn(void *context, struct cfi_child **result)
{
    struct cfi_host *host = context;
    struct cfi_child *child = cfi_system.allocate(sizeof *child);
    if (child == NULL) {
        return ENOMEM;
    }
    *child = (struct cfi_child){.host = host};
    int rc = cfi_host_equip(host, &child->slot);
    if (rc != 0) {
        cfi_system.release(child);
        return rc;
    }
    equip(child);
    rc = cfi_host_spawn(host, child->slot, &child->pid);
    if (rc != 0) {
        destroy_child(child);
        return rc;
    }
    *result = child;
    return 0;
}

// ----- messages -----

static enum cfi_receipt send_to(struct cfi_child *child,
                                const struct cfi_bytes *bytes, int64_t deadline)
{
    return cfi_channel_send(&child->end, bytes, deadline);
}

static enum cfi_receipt receive_from(struct cfi_child *child,
                                     struct cfi_bytes *bytes, int64_t deadline)
{
    return cfi_channel_receive(&child->end, bytes, deadline);
}

static uint32_t started(const struct cfi_child *child)
{
    // Acquire: pairs with the release in worker.c.
    return atomic_load_explicit(&child->channel->started, memory_order_acquire);
}

static void ask_to_stop(struct cfi_child *child, bool is_to_stop)
{
    // Relaxed: the request carries no data.
    atomic_store_explicit(&child->channel->is_to_stop, is_to_stop,
                          memory_order_relaxed);
}

// ----- ending -----

static void kill_one(struct cfi_child *child, int signal)
{
    cfi_host_kill(child->host, child->slot, signal);
}

static struct cfi_death bury(struct cfi_child *child)
{
    struct cfi_death death = {.end = CFI_VANISHED, .pid = child->pid};
    while (sleep_until_woken(&child->end, CFI_NO_DEADLINE) != CFI_IS_DEAD) {
    }
    if (has_ended(child)) {
        const int status = atomic_load_explicit(
            &child->host->board[child->slot].status, memory_order_relaxed);
        death.end = WIFSIGNALED(status) ? CFI_KILLED : CFI_EXITED;
        death.number =
            WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    }
    destroy_child(child);
    return death;
}

const struct cfi_transport cfi_process_transport = {
    .spawn = spawn,
    .send = send_to,
    .receive = receive_from,
    .started = started,
    .ask_to_stop = ask_to_stop,
    .kill = kill_one,
    .bury = bury,
    .kill_all = cfi_host_kill_all,
    .forget = cfi_host_forget,
    .destroy = cfi_host_destroy,
};
