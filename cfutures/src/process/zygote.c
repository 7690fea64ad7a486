// The zygote's life. See zygote.h.
//
// It calls nothing that could wait for a lock: at the fork other threads may
// have held any (.start = CF_FORK).

#define _GNU_SOURCE  // ppoll, MSG_CMSG_CLOEXEC

#include "zygote.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "system.h"

struct state {
    const struct cfi_zygote *zygote;
    int parent_watch;  // a pidfd, readable when the parent has ended; or -1
    sigset_t usual;    // the signals that workers block
    sigset_t open;     // those that the zygote blocks while it sleeps
    bool starts_no_more;
};

// ----- starting -----

static void close_all(const int *descriptors, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        (void)close(descriptors[i]);
    }
}

// In the new process: nothing of the zygote's stays but what is the worker's.
_Noreturn static void become_worker(struct state *state, pid_t zygote_pid,
                                    const int *descriptors)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != zygote_pid) {
        _exit(1);  // the zygote has ended before it could be heard of
    }
    (void)close(state->zygote->socket);
    if (state->parent_watch >= 0) {
        (void)close(state->parent_watch);
    }
    for (size_t i = 0; i < state->zygote->slots; i++) {
        if (state->zygote->children[i].pid != 0) {
            (void)close(state->zygote->children[i].wake_parent);
        }
    }
    (void)cfi_process_system.unmap(state->zygote->board,
                                   state->zygote->slots *
                                       sizeof state->zygote->board[0]);
    (void)signal(SIGCHLD, SIG_DFL);
    (void)signal(SIGTERM, SIG_DFL);
    (void)sigprocmask(SIG_SETMASK, &state->usual, NULL);
    cfi_worker_process_main(descriptors);
}

// Returns the pid, or -1 and sets errno.
static pid_t start(struct state *state, const int *descriptors, size_t count)
{
    const pid_t self = getpid();
    if (state->starts_no_more) {
        errno = ECANCELED;
        return -1;
    }
    if (count != CFI_SPAWN_DESCRIPTORS) {
        errno = EMFILE;  // there was no room for them here
        return -1;
    }
    const pid_t pid = cfi_process_system.fork_process();
    if (pid == 0) {
        become_worker(state, self, descriptors);
    }
    return pid;
}

static void spawn(struct state *state, uint32_t slot, const int *descriptors,
                  size_t count)
{
    const pid_t pid = start(state, descriptors, count);
    const struct cfi_spawned answer = {.error_number = pid < 0 ? errno : 0,
                                       .pid = (int32_t)pid};
    if (pid < 0) {
        close_all(descriptors, count);
    } else {
        state->zygote->children[slot] =
            (struct cfi_zygote_child){pid, descriptors[2]};
        close_all(descriptors, 2);
    }
    // If it fails, the program is gone, and the next command will say so.
    (void)!write(state->zygote->socket, &answer, sizeof answer);
}

// ----- ending -----

static void kill_worker(struct state *state, size_t slot, int signal)
{
    const pid_t pid = state->zygote->children[slot].pid;
    if (pid != 0) {
        (void)kill(pid, signal);
    }
}

static void kill_all(struct state *state, int signal)
{
    for (size_t slot = 0; slot < state->zygote->slots; slot++) {
        kill_worker(state, slot, signal);
    }
}

// Tells the program, and frees the slot.
static void bury(struct state *state, pid_t pid, int status)
{
    const uint64_t one = 1;
    for (size_t slot = 0; slot < state->zygote->slots; slot++) {
        struct cfi_zygote_child *child = &state->zygote->children[slot];
        struct cfi_entry *entry = &state->zygote->board[slot];
        if (child->pid == pid) {
            child->pid = 0;
            atomic_store_explicit(&entry->status, status, memory_order_relaxed);
            // Release: pairs with the acquire in the program (host.c).
            atomic_store_explicit(&entry->has_ended, 1, memory_order_release);
            // Fails only if the count is full, and then it is readable as well.
            (void)!write(child->wake_parent, &one, sizeof one);
            (void)close(child->wake_parent);
            return;
        }
    }
}

// Only once it is waited for may a pid come again, so `kill` never hits a
// stranger.
static void bury_the_dead(struct state *state)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        bury(state, pid, status);
    }
}

_Noreturn static void end(struct state *state)
{
    kill_all(state, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) {
    }
    cfi_leave_process(0);
}

// ----- commands -----

// Returns how many descriptors came along.
static size_t take_descriptors(struct msghdr *message, int *descriptors)
{
    const struct cmsghdr *header = CMSG_FIRSTHDR(message);
    if (header == NULL) {
        return 0;
    }
    const size_t size = header->cmsg_len - CMSG_LEN(0);
    memcpy(descriptors, CMSG_DATA(header), size);
    return size / sizeof descriptors[0];
}

// Returns false if the program is gone.
static bool receive(struct state *state, struct cfi_command *command,
                    int *descriptors, size_t *count)
{
    union {
        char bytes[CMSG_SPACE(CFI_SPAWN_DESCRIPTORS * sizeof(int))];
        struct cmsghdr alignment;
    } control;
    struct iovec part = {.iov_base = command, .iov_len = sizeof *command};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    ssize_t size;
    do {
        size = recvmsg(state->zygote->socket, &message, MSG_CMSG_CLOEXEC);
    } while (size < 0 && errno == EINTR);
    if (size != (ssize_t)sizeof *command) {
        return false;
    }
    *count = take_descriptors(&message, descriptors);
    return true;
}

// Returns false if the program is gone.
static bool obey(struct state *state)
{
    struct cfi_command command;
    int descriptors[CFI_SPAWN_DESCRIPTORS];
    size_t count;
    if (!receive(state, &command, descriptors, &count)) {
        return false;
    }
    switch (command.kind) {
    case CFI_SPAWN:
        spawn(state, command.slot, descriptors, count);
        break;
    case CFI_KILL:
        kill_worker(state, command.slot, command.signal);
        break;
    case CFI_KILL_ALL:
        state->starts_no_more = true;
        kill_all(state, command.signal);
        break;
    }
    return true;
}

// ----- the process -----

static void wake_up(int signal)
{
    (void)signal;  // ppoll returns, which is all that it is for
}

static void prepare_signals(struct state *state)
{
    sigset_t child_ends;
    cfi_forget_signals();
    (void)signal(SIGTERM, SIG_IGN);
    (void)signal(SIGPIPE, SIG_IGN);
    struct sigaction action = {.sa_handler = wake_up};
    sigemptyset(&action.sa_mask);
    (void)sigaction(SIGCHLD, &action, NULL);
    sigemptyset(&child_ends);
    sigaddset(&child_ends, SIGCHLD);
    (void)sigprocmask(SIG_BLOCK, &child_ends, &state->usual);
    state->open = state->usual;
    sigdelset(&state->open, SIGCHLD);
}

// A socket's other end may have got into a stranger's process; the parent's end
// cannot be mistaken. Without it (an old kernel) the socket has to do.
static int watch_parent(pid_t parent)
{
#ifdef SYS_pidfd_open
    const int watch = (int)syscall(SYS_pidfd_open, parent, 0);
#else
    const int watch = -1;
#endif
    if (getppid() != parent) {
        _exit(0);
    }
    return watch;
}

void cfi_zygote_main(const struct cfi_zygote *zygote)
{
    struct state state = {.zygote = zygote};
    (void)prctl(PR_SET_NAME, "zygote");
    prepare_signals(&state);
    state.parent_watch = watch_parent(zygote->parent);
    cfi_limit_inner_threads(zygote->inner_threads);
    struct pollfd events[] = {
        {.fd = zygote->socket, .events = POLLIN},
        {.fd = state.parent_watch, .events = POLLIN},
    };
    bool goes_on = true;
    while (goes_on) {
        const int ready = ppoll(events, 2, NULL, &state.open);
        bury_the_dead(&state);
        if (ready > 0 && events[0].revents != 0) {
            goes_on = obey(&state);
        } else if (ready > 0 && events[1].revents != 0) {
            goes_on = false;
        }
    }
    end(&state);
}
