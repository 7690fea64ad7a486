#include "watch.h"

#include "fault.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    FLOOD_BYTES = 4 << 20,
    PIECE = 1 << 16,
    IGNORED = -1,  // for poll: this descriptor has nothing more to say
};

enum reading_of {
    READ_SOMETHING,
    READ_NOTHING_YET,
    READ_THE_END,
};

double seconds_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void observed_clear(struct observed *observed)
{
    buffer_clear(&observed->words);
    buffer_clear(&observed->output);
    buffer_clear(&observed->record);
}

static enum reading_of reading_of(ssize_t n)
{
    if (n > 0) {
        return READ_SOMETHING;
    }
    const bool nothing_yet = n < 0 && (errno == EAGAIN || errno == EINTR);
    return nothing_yet ? READ_NOTHING_YET : READ_THE_END;
}

static void answer_with_nonce(struct observed *observed, int socket)
{
    if (observed->nonce_sent) {
        return;
    }
    if (getrandom(observed->nonce, NONCE_SIZE, 0) != NONCE_SIZE) {
        fault("no random bytes: %s", strerror(errno));
    }
    observed->nonce_sent = true;
    // If the test's process is gone by now, its status says why.
    (void)send(socket, observed->nonce, NONCE_SIZE,
               MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void take_message(struct observed *observed, int socket,
                         enum message_kind kind, const char *body, size_t size)
{
    switch (kind) {
    case MESSAGE_WORDS:
        buffer_add(&observed->words, body, size);
        break;
    case MESSAGE_DONE:
        answer_with_nonce(observed, socket);
        break;
    case MESSAGE_RECORD:
        observed->nonsense |= observed->record.size > 0;
        buffer_add(&observed->record, body, size);
        break;
    case MESSAGE_NOT_LOADED:
        observed->not_loaded = true;
        buffer_add(&observed->words, body, size);
        break;
    case MESSAGE_DEADLOCK:
        observed->deadlocked = true;
        buffer_add(&observed->words, body, size);
        break;
    case MESSAGE_OTHER_PROCESS:
        observed->came_back = true;
        break;
    case MESSAGE_FAULT:
        fault("in the process of a test: %.*s", (int)size, body);
    }
}

static void take_messages(struct observed *observed, struct buffer *received,
                          int socket)
{
    enum message_kind kind;
    const char *body;
    size_t size;
    for (;;) {
        switch (channel_parse(received, &kind, &body, &size)) {
        case PARSED_NOTHING:
            return;
        case PARSED_NONSENSE:
            observed->nonsense = true;
            return;
        case PARSED_MESSAGE:
            take_message(observed, socket, kind, body, size);
            buffer_drop(received, MESSAGE_HEADER + size);
            break;
        }
    }
}

static enum reading_of read_channel(struct observed *observed,
                                    struct buffer *received, int socket)
{
    char piece[4096];
    const ssize_t n = recv(socket, piece, sizeof piece, MSG_DONTWAIT);
    if (n > 0) {
        buffer_add(received, piece, (size_t)n);
        take_messages(observed, received, socket);
    }
    return observed->nonsense ? READ_THE_END : reading_of(n);
}

static enum reading_of read_output(struct observed *observed, int pipe,
                                   size_t keep)
{
    static char piece[PIECE];
    const ssize_t n = read(pipe, piece, sizeof piece);
    if (n > 0) {
        const size_t got = (size_t)n;
        const size_t kept = observed->output.size;
        const size_t room = keep > kept ? keep - kept : 0;
        buffer_add(&observed->output, piece, got < room ? got : room);
        observed->output_total += got;
        observed->flooded = observed->output_total > FLOOD_BYTES;
    }
    return observed->flooded ? READ_THE_END : reading_of(n);
}

static int milliseconds_until(double deadline)
{
    const double left = deadline - seconds_now();
    if (left <= 0) {
        return 0;
    }
    return left > 1e6 ? (int)1e9 : (int)(left * 1e3) + 1;
}

static void watch_until(double deadline, const struct watched *watched,
                        size_t output_bytes, struct buffer *received,
                        struct observed *observed)
{
    struct pollfd all[] = {
        {.fd = watched->process, .events = POLLIN},
        {.fd = watched->socket, .events = POLLIN},
        {.fd = watched->output, .events = POLLIN},
    };
    while (all[0].revents == 0 && !observed->nonsense && !observed->flooded) {
        const int wait = milliseconds_until(deadline);
        const int ready = poll(all, 3, wait);
        if (ready < 0 && errno != EINTR) {
            fault("a test cannot be watched: %s", strerror(errno));
        }
        if (ready == 0 && wait == 0) {
            observed->timed_out = true;
            return;
        }
        if (all[1].revents != 0 &&
            read_channel(observed, received, watched->socket) == READ_THE_END) {
            all[1].fd = IGNORED;
        }
        if (all[2].revents != 0 && read_output(observed, watched->output,
                                               output_bytes) == READ_THE_END) {
            all[2].fd = IGNORED;
        }
    }
}

void watch(const struct watched *watched, double seconds, size_t output_bytes,
           struct observed *observed)
{
    struct buffer received = {0};
    const double started = seconds_now();
    watch_until(started + seconds, watched, output_bytes, &received, observed);
    observed->seconds = seconds_now() - started;
    // What was sent before the end is there now, and nothing is waited for:
    // a process that was left behind may hold the other ends.
    while (read_channel(observed, &received, watched->socket) ==
           READ_SOMETHING) {
    }
    while (read_output(observed, watched->output, output_bytes) ==
           READ_SOMETHING) {
    }
    buffer_clear(&received);
}
