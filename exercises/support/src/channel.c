#include "channel.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static bool send_all(int socket, const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size > 0) {
        const ssize_t sent = send(socket, at, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        at += sent;
        size -= (size_t)sent;
    }
    return true;
}

bool channel_send(int socket, enum message_kind kind, const void *bytes,
                  size_t size)
{
    const uint32_t length =
        size < LONGEST_MESSAGE ? (uint32_t)size : LONGEST_MESSAGE;
    char header[MESSAGE_HEADER] = {(char)kind};
    memcpy(header + 1, &length, sizeof length);
    return send_all(socket, header, sizeof header) &&
           send_all(socket, bytes, length);
}

bool channel_read_nonce(int socket, unsigned char nonce[NONCE_SIZE])
{
    size_t got = 0;
    while (got < NONCE_SIZE) {
        const ssize_t n = read(socket, nonce + got, NONCE_SIZE - got);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        got += (size_t)n;
    }
    return true;
}

static bool is_known(char kind)
{
    return kind != '\0' && strchr("WDRNFBX", kind) != NULL;
}

enum parsed channel_parse(const struct buffer *read, enum message_kind *kind,
                          const char **body, size_t *size)
{
    if (read->size < MESSAGE_HEADER) {
        return PARSED_NOTHING;
    }
    uint32_t length;
    memcpy(&length, read->bytes + 1, sizeof length);
    if (!is_known(read->bytes[0]) || length > LONGEST_MESSAGE) {
        return PARSED_NONSENSE;
    }
    if (read->size - MESSAGE_HEADER < length) {
        return PARSED_NOTHING;
    }
    *kind = (enum message_kind)read->bytes[0];
    *body = read->bytes + MESSAGE_HEADER;
    *size = length;
    return PARSED_MESSAGE;
}

void put_number(struct buffer *body, uint32_t number)
{
    buffer_add(body, &number, sizeof number);
}

void put_text(struct buffer *body, const char *text)
{
    put_number(body, (uint32_t)strlen(text));
    buffer_add_text(body, text);
}

// The next `size` bytes of the body, or NULL.
static const char *take(struct reading *body, size_t size)
{
    if (body->failed || body->left < size) {
        body->failed = true;
        return NULL;
    }
    const char *at = body->at;
    body->at += size;
    body->left -= size;
    return at;
}

uint32_t take_number(struct reading *body)
{
    uint32_t number = 0;
    const char *at = take(body, sizeof number);
    if (at != NULL) {
        memcpy(&number, at, sizeof number);
    }
    return number;
}

char *take_text(struct reading *body)
{
    const uint32_t length = take_number(body);
    const char *at = take(body, length);
    char *text = at != NULL ? strndup(at, length) : NULL;
    if (text == NULL) {
        body->failed = true;
    }
    return text;
}
