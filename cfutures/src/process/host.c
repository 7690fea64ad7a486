// A pool's zygote, as the program sees it. See host.h.

#define _POSIX_C_SOURCE 200809L

#include "host.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../system.h"
#include "census.h"
#include "channel.h"
#include "system.h"

static void close_known(int *descriptor)
{
    if (*descriptor >= 0) {
        (void)close(*descriptor);
        *descriptor = -1;
    }
}

static const struct cfi_held nothing_held = {
    .memory = -1, .wake_worker = -1, .wake_parent = -1};

// ----- commands -----

// Fails if the zygote is gone.
static int command(struct cfi_host *host, const struct cfi_command *command,
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

static int await_spawned(struct cfi_host *host, struct cfi_spawned *answer)
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

int cfi_host_spawn(struct cfi_host *host, uint32_t slot, long *pid)
{
    const struct cfi_command spawn = {.kind = CFI_SPAWN, .slot = slot};
    struct cfi_spawned spawned = {.pid = 0};
    cfi_lock_acquire(&host->lock);
    struct cfi_held *held = &host->held[slot];
    const int descriptors[CFI_SPAWN_DESCRIPTORS] = {
        held->memory, held->wake_worker, held->wake_parent};
    atomic_store_explicit(&host->board[slot].has_ended, 0,
                          memory_order_relaxed);
    int rc = command(host, &spawn, descriptors);
    if (rc == 0) {
        rc = await_spawned(host, &spawned);
    }
    cfi_census_change_begins();
    close_known(&held->memory);  // who has to see it has mapped it
    cfi_census_change_ends();
    cfi_lock_release(&host->lock);
    *pid = spawned.pid;
    return rc;
}

// If the zygote is gone, so are the workers.
void cfi_host_kill(struct cfi_host *host, uint32_t slot, int signal)
{
    const struct cfi_command kill = {
        .kind = CFI_KILL, .slot = slot, .signal = signal};
    (void)command(host, &kill, NULL);
}

void cfi_host_kill_all(void *context, int signal)
{
    struct cfi_host *host = context;
    const struct cfi_command kill = {.kind = CFI_KILL_ALL, .signal = signal};
    (void)command(host, &kill, NULL);
}

// ----- slots -----

// Gives back what is there. Needs no lock in a forked child.
static void let_go(struct cfi_held *held)
{
    if (held->channel != NULL) {
        (void)cfi_process_system.unmap(held->channel, sizeof *held->channel);
    }
    close_known(&held->memory);
    close_known(&held->wake_worker);
    close_known(&held->wake_parent);
    *held = nothing_held;
}

static int equip(struct cfi_held *held)
{
    held->memory = cfi_process_system.create_memory(sizeof *held->channel);
    if (held->memory < 0) {
        return errno;
    }
    held->channel = cfi_process_system.map(held->memory, sizeof *held->channel);
    if (held->channel == NULL) {
        return errno;
    }
    held->wake_worker = cfi_process_system.create_event();
    if (held->wake_worker < 0) {
        return errno;
    }
    held->wake_parent = cfi_process_system.create_event();
    return held->wake_parent < 0 ? errno : 0;
}

int cfi_host_equip(struct cfi_host *host, uint32_t *slot)
{
    *slot = 0;
    cfi_lock_acquire(&host->lock);
    while (host->held[*slot].is_taken) {
        (*slot)++;  // there are as many as the pool may have threads
    }
    host->held[*slot].is_taken = true;
    cfi_census_change_begins();
    const int rc = equip(&host->held[*slot]);
    cfi_census_change_ends();
    cfi_lock_release(&host->lock);
    if (rc != 0) {
        cfi_host_unequip(host, *slot);
    }
    return rc;
}

void cfi_host_unequip(struct cfi_host *host, uint32_t slot)
{
    cfi_lock_acquire(&host->lock);
    cfi_census_change_begins();
    let_go(&host->held[slot]);
    cfi_census_change_ends();
    cfi_lock_release(&host->lock);
}

// ----- the zygote -----

// The parent's end goes with the pool: see open_pools.c.
_Noreturn static void become_zygote(const struct cfi_host *host,
                                    struct cfi_zygote zygote)
{
    (void)close(host->socket);
    cfi_zygote_main(&zygote);
}

static int fork_zygote(struct cfi_host *host, int inner_threads,
                       const char **what)
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
        become_zygote(host, (struct cfi_zygote){
                                .socket = sockets[1],
                                .board = host->board,
                                .children = children,
                                .slots = host->slots,
                                .inner_threads = inner_threads,
                                .parent = parent,
                            });
    }
    const int rc = host->zygote < 0 ? errno : 0;
    (void)close(sockets[1]);
    cfi_system.release(children);
    return rc;
}

void cfi_host_destroy(void *context)
{
    struct cfi_host *host = context;
    close_known(&host->socket);  // which tells the zygote to end
    while (host->zygote > 0 && waitpid(host->zygote, NULL, 0) < 0 &&
           errno == EINTR) {
    }
    if (host->board != NULL) {
        (void)cfi_process_system.unmap(host->board,
                                       host->slots * sizeof host->board[0]);
    }
    cfi_lock_deinit(&host->lock);
    cfi_system.release(host->held);
    cfi_system.release(host);
}

void cfi_host_forget(void *context)
{
    struct cfi_host *host = context;
    close_known(&host->socket);
    for (size_t slot = 0; slot < host->slots; slot++) {
        let_go(&host->held[slot]);
    }
}

int cfi_host_create(const struct cfi_host_options *options, void **result,
                    const char **what)
{
    struct cfi_host *host = cfi_system.allocate(sizeof *host);
    *what = "memory";
    if (host == NULL) {
        return ENOMEM;
    }
    *host =
        (struct cfi_host){.socket = -1, .zygote = -1, .slots = options->slots};
    int rc = cfi_lock_init(&host->lock);
    if (rc != 0) {
        cfi_system.release(host);
        return rc;
    }
    host->held = cfi_system.allocate(host->slots * sizeof host->held[0]);
    if (host->held == NULL) {
        cfi_host_destroy(host);
        return ENOMEM;
    }
    for (size_t slot = 0; slot < host->slots; slot++) {
        host->held[slot] = nothing_held;
    }
    *what = "mmap";
    host->board =
        cfi_process_system.map(-1, host->slots * sizeof host->board[0]);
    rc = host->board == NULL ? errno
                             : fork_zygote(host, options->inner_threads, what);
    if (rc != 0) {
        cfi_host_destroy(host);
        return rc;
    }
    *result = host;
    return 0;
}
