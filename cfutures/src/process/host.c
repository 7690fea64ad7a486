// The program's side of the transport by processes. See host.h.

#define _GNU_SOURCE  // ppoll, POLLRDHUP

#include "host.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../lock.h"
#include "../port.h"
#include "../system.h"
#include "channel.h"
#include "system.h"
#include "zygote.h"

struct host {
    // Set at creation, then read only.
    int socket;  // to the zygote; -1 in a forked child
    pid_t zygote;
    struct cfi_entry *board;
    size_t slots;

    struct cfi_lock lock;  // also held from a command to its answer
    // lock guards:
    bool *is_taken;  // slots
};

struct cfi_child {
    // Set at creation, then read only.
    struct host *host;
    struct cfi_channel *channel;
    uint32_t slot;
    int wake_worker;
    int wake_parent;
    long pid;
    // The attendant's own.
    struct cfi_channel_end end;
};

// ----- commands -----

// Fails if the zygote is gone.
static int command(struct host *host, const struct cfi_command *command,
                   const int *descriptors)
{
    union {
        char bytes[CMSG_SPACE(CFI_SPAWN_DESCRIPTORS * sizeof(int))];
        struct cmsghdr alignment;
    } control = {.bytes = {0}};
    struct cfi_command copy = *command;
    struct iovec part = {.iov_base = &copy, .iov_len = sizeof copy};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (descriptors != NULL) {
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof control.bytes;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(CFI_SPAWN_DESCRIPTORS * sizeof(int));
        memcpy(CMSG_DATA(header), descriptors,
               CFI_SPAWN_DESCRIPTORS * sizeof(int));
    }
    ssize_t sent;
    do {
        sent = sendmsg(host->socket, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}

static int await_spawned(struct host *host, struct cfi_spawned *answer)
{
    ssize_t size;
    do {
        size = recv(host->socket, answer, sizeof *answer, 0);
    } while (size < 0 && errno == EINTR);
    if (size != (ssize_t)sizeof *answer) {
        return size < 0 ? errno : EPIPE;
    }
    return answer->error_number;
}

// ----- starting a worker -----

static void close_known(int descriptor)
{
    if (descriptor >= 0) {
        (void)close(descriptor);
    }
}

static uint32_t take_slot(struct host *host)
{
    uint32_t slot = 0;
    cfi_lock_acquire(&host->lock);
    while (host->is_taken[slot]) {
        slot++;  // there are as many as the pool has threads
    }
    host->is_taken[slot] = true;
    cfi_lock_release(&host->lock);
    return slot;
}

static void give_slot_back(struct host *host, uint32_t slot)
{
    cfi_lock_acquire(&host->lock);
    host->is_taken[slot] = false;
    cfi_lock_release(&host->lock);
}

static void destroy_child(struct cfi_child *child)
{
    if (child->channel != NULL) {
        (void)cfi_process_system.unmap(child->channel, sizeof *child->channel);
    }
    close_known(child->wake_worker);
    close_known(child->wake_parent);
    give_slot_back(child->host, child->slot);
    cfi_system.release(child);
}

static int ask_for_worker(struct cfi_child *child, const int *descriptors)
{
    struct host *host = child->host;
    struct cfi_entry *entry = &host->board[child->slot];
    const struct cfi_command spawn = {.kind = CFI_SPAWN, .slot = child->slot};
    struct cfi_spawned spawned = {.pid = 0};
    cfi_lock_acquire(&host->lock);
    atomic_store_explicit(&entry->has_ended, 0, memory_order_relaxed);
    int rc = command(host, &spawn, descriptors);
    if (rc == 0) {
        rc = await_spawned(host, &spawned);
    }
    cfi_lock_release(&host->lock);
    child->pid = spawned.pid;
    return rc;
}

static void wake(struct cfi_channel_end *end);
static enum cfi_receipt sleep_until_woken(struct cfi_channel_end *end,
                                          int64_t deadline);

static int equip(struct cfi_child *child, int *memory)
{
    *memory = cfi_process_system.create_memory(sizeof *child->channel);
    if (*memory < 0) {
        return errno;
    }
    child->channel = cfi_process_system.map(*memory, sizeof *child->channel);
    if (child->channel == NULL) {
        return errno;
    }
    child->wake_worker = cfi_process_system.create_event();
    if (child->wake_worker < 0) {
        return errno;
    }
    child->wake_parent = cfi_process_system.create_event();
    if (child->wake_parent < 0) {
        return errno;
    }
    child->end = cfi_channel_parent_end(child->channel);
    child->end.wake = wake;
    child->end.sleep = sleep_until_woken;
    return 0;
}

static int spawn(void *context, struct cfi_child **result)
{
    struct host *host = context;
    struct cfi_child *child = cfi_system.allocate(sizeof *child);
    int memory = -1;
    if (child == NULL) {
        return ENOMEM;
    }
    *child = (struct cfi_child){.host = host,
                                .slot = take_slot(host),
                                .wake_worker = -1,
                                .wake_parent = -1};
    int rc = equip(child, &memory);
    if (rc == 0) {
        const int descriptors[CFI_SPAWN_DESCRIPTORS] = {
            memory, child->wake_worker, child->wake_parent};
        rc = ask_for_worker(child, descriptors);
    }
    close_known(memory);
    if (rc != 0) {
        destroy_child(child);
        return rc;
    }
    *result = child;
    return 0;
}

// ----- sending and receiving -----

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

// ----- ending a worker -----

static void kill_one(struct cfi_child *child, int signal)
{
    const struct cfi_command kill = {
        .kind = CFI_KILL, .slot = child->slot, .signal = signal};
    // If the zygote is gone, so is the worker.
    (void)command(child->host, &kill, NULL);
}

static void kill_all(void *context, int signal)
{
    struct host *host = context;
    const struct cfi_command kill = {.kind = CFI_KILL_ALL, .signal = signal};
    (void)command(host, &kill, NULL);
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

// ----- the zygote -----

// The parent's end goes with the pool: see open_pools.c.
_Noreturn static void become_zygote(const struct host *host, int socket,
                                    struct cfi_zygote_child *children,
                                    pid_t parent)
{
    const struct cfi_zygote zygote = {.socket = socket,
                                      .board = host->board,
                                      .children = children,
                                      .slots = host->slots,
                                      .parent = parent};
    (void)close(host->socket);
    cfi_zygote_main(&zygote);
}

static int fork_zygote(struct host *host, const char **what)
{
    int sockets[2];
    *what = "socketpair";
    if (cfi_process_system.create_sockets(sockets) != 0) {
        return errno;
    }
    host->socket = sockets[0];
    *what = "memory";
    struct cfi_zygote_child *children =
        cfi_system.allocate(host->slots * sizeof children[0]);
    if (children == NULL) {
        (void)close(sockets[1]);
        return ENOMEM;
    }
    memset(children, 0, host->slots * sizeof children[0]);
    *what = "fork";
    const pid_t parent = getpid();
    fflush(NULL);  // or the workers would print it again
    host->zygote = cfi_process_system.fork_process();
    if (host->zygote == 0) {
        become_zygote(host, sockets[1], children, parent);
    }
    const int rc = host->zygote < 0 ? errno : 0;
    (void)close(sockets[1]);
    cfi_system.release(children);
    return rc;
}

static void destroy(void *context)
{
    struct host *host = context;
    close_known(host->socket);  // which tells the zygote to end
    while (host->zygote > 0 && waitpid(host->zygote, NULL, 0) < 0 &&
           errno == EINTR) {
    }
    if (host->board != NULL) {
        (void)cfi_process_system.unmap(host->board,
                                       host->slots * sizeof host->board[0]);
    }
    cfi_lock_deinit(&host->lock);
    cfi_system.release(host->is_taken);
    cfi_system.release(host);
}

static void forget(void *context)
{
    struct host *host = context;
    close_known(host->socket);
    host->socket = -1;
}

int cfi_host_create(const struct cfi_host_options *options, void **result,
                    const char **what)
{
    struct host *host = cfi_system.allocate(sizeof *host);
    *what = "memory";
    if (host == NULL) {
        return ENOMEM;
    }
    *host = (struct host){.socket = -1, .zygote = -1, .slots = options->slots};
    int rc = cfi_lock_init(&host->lock);
    if (rc != 0) {
        cfi_system.release(host);
        return rc;
    }
    host->is_taken = cfi_system.allocate(host->slots * sizeof(bool));
    if (host->is_taken == NULL) {
        destroy(host);
        return ENOMEM;
    }
    memset(host->is_taken, 0, host->slots * sizeof(bool));
    *what = "mmap";
    host->board =
        cfi_process_system.map(-1, host->slots * sizeof host->board[0]);
    rc = host->board == NULL ? errno : fork_zygote(host, what);
    if (rc != 0) {
        destroy(host);
        return rc;
    }
    *result = host;
    return 0;
}

const struct cfi_transport cfi_process_transport = {
    .spawn = spawn,
    .send = send_to,
    .receive = receive_from,
    .started = started,
    .ask_to_stop = ask_to_stop,
    .kill = kill_one,
    .bury = bury,
    .kill_all = kill_all,
    .forget = forget,
    .destroy = destroy,
};
