// The private line between the runner and the process of one test: a socket,
// on which the test's process sends messages and is answered once.
//
//     test's process                          runner
//     WORDS text          (any number)
//     DONE                               ->
//                                        <-   nonce: NONCE_SIZE random bytes
//     RECORD nonce, checks, failures     ->
//     (ends with status 0)
//
// The others stand in the place of DONE: NOT_LOADED, OTHER_PROCESS, FAULT,
// each with a text, and DEADLOCK, sent by whichever thread
// found out. A message is its kind, the size of what follows (4 bytes,
// in the machine's order), and that. Code under test can write here, too;
// docs/runner.md says what that means.

#ifndef CHANNEL_H
#define CHANNEL_H

#include "buffer.h"

enum {
    NONCE_SIZE = 16,
    LONGEST_MESSAGE = 1 << 20,
};

enum message_kind {
    MESSAGE_WORDS = 'W',          // to be shown if the test does not pass
    MESSAGE_DONE = 'D',           // the test has returned
    MESSAGE_RECORD = 'R',         // what it found
    MESSAGE_NOT_LOADED = 'N',     // the code cannot be loaded; why
    MESSAGE_OTHER_PROCESS = 'F',  // a process that the code forked is here
    MESSAGE_DEADLOCK = 'B',       // nobody can move any more; who waits
    MESSAGE_FAULT = 'X',          // the runner's own fault, in words
};

// Sends one message, all of it, waiting for room if need be. False if the
// line is cut. Only the first LONGEST_MESSAGE bytes are sent.
bool channel_send(int socket, enum message_kind kind, const void *bytes,
                  size_t size);

// Waits for the nonce. False if the line is cut.
bool channel_read_nonce(int socket, unsigned char nonce[NONCE_SIZE]);

enum parsed {
    PARSED_NOTHING,  // more bytes are needed
    PARSED_MESSAGE,
    PARSED_NONSENSE,  // these bytes are no message
};

// Looks at the message at the start of what was read. `body` points into
// `read`; the message takes 5 + *size bytes of it.
enum parsed channel_parse(const struct buffer *read, enum message_kind *kind,
                          const char **body, size_t *size);

enum { MESSAGE_HEADER = 5 };

// Numbers and texts inside a message's body.
void put_number(struct buffer *body, uint32_t number);
void put_text(struct buffer *body, const char *text);

struct reading {
    const char *at;
    size_t left;
    bool failed;  // the body was too short
};

uint32_t take_number(struct reading *body);

// A copy that the caller frees, or NULL with `failed` set.
char *take_text(struct reading *body);

#endif
