// A worker process: its end of the channel, and its end.

#define _GNU_SOURCE  // prctl

#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "../port.h"
#include "../task.h"
#include "channel.h"
#include "system.h"
#include "transport.h"
#include "zygote.h"

struct linux_desk {
    struct cfi_desk desk;  // the first member
    struct cfi_channel_end end;
    struct cfi_channel *channel;
    int wake_worker;
    int wake_parent;
    bool is_sending;
};

static struct linux_desk *desk_of(struct cfi_channel_end *end)
{
    return (struct linux_desk *)(void *)((char *)end -
                                         offsetof(struct linux_desk, end));
}

static void wake(struct cfi_channel_end *end)
{
    const uint64_t one = 1;
    (void)!write(desk_of(end)->wake_parent, &one, sizeof one);
}

// Nobody has to tell a worker that the other side is gone: it is killed then.
static enum cfi_receipt sleep_until_woken(struct cfi_channel_end *end,
                                          int64_t deadline)
{
    (void)deadline;
    if (desk_of(end)->is_sending) {
        cfi_process_system.reached(CFI_POINT_SENDING);
    }
    struct pollfd event = {.fd = desk_of(end)->wake_worker, .events = POLLIN};
    uint64_t count;
    (void)poll(&event, 1, -1);
    (void)!read(event.fd, &count, sizeof count);
    return CFI_DELIVERED;
}

static bool receive(struct cfi_desk *desk, struct cfi_bytes *bytes)
{
    struct linux_desk *self = (struct linux_desk *)desk;
    return cfi_channel_receive(&self->end, bytes, CFI_NO_DEADLINE) ==
           CFI_DELIVERED;
}

static bool send(struct cfi_desk *desk, const struct cfi_bytes *bytes)
{
    struct linux_desk *self = (struct linux_desk *)desk;
    self->is_sending = true;
    const enum cfi_receipt receipt =
        cfi_channel_send(&self->end, bytes, CFI_NO_DEADLINE);
    self->is_sending = false;
    return receipt == CFI_DELIVERED;
}

static void note_start(struct cfi_desk *desk, uint32_t ticket)
{
    const struct linux_desk *self = (struct linux_desk *)desk;
    // Release: pairs with the acquire in host.c.
    atomic_store_explicit(&self->channel->started, ticket,
                          memory_order_release);
}

static void reached(struct cfi_desk *desk, enum cfi_point point)
{
    (void)desk;
    cfi_process_system.reached(point);
}

void cfi_worker_process_main(const int descriptors[3])
{
    struct linux_desk self = {
        .desk = {.receive = receive,
                 .send = send,
                 .note_start = note_start,
                 .reached = reached},
        .wake_worker = descriptors[1],
        .wake_parent = descriptors[2],
    };
    (void)prctl(PR_SET_NAME, "cf-worker");
    cfi_frame_forget();
    self.channel = cfi_process_system.map(descriptors[0], sizeof *self.channel);
    (void)close(descriptors[0]);
    if (self.channel != NULL) {
        self.end = cfi_channel_worker_end(self.channel);
        self.end.wake = wake;
        self.end.sleep = sleep_until_woken;
        self.desk.is_to_stop = &self.channel->is_to_stop;
        cfi_servant_run(&self.desk);
    }
    fflush(NULL);
    cfi_leave_process(self.channel == NULL);
}
