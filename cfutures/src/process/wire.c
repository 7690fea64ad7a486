// Values as bytes. See wire.h.
//
//     nothing        kind
//     int, double    kind, 8 bytes
//     text, bytes    kind, length, bytes
//     error          kind, then for each link of the chain: code, line, four
//                    texts (file, function, message, task), and whether another
//                    one follows

#include "wire.h"

#include <string.h>

#include "../system.h"

// ----- bytes -----

void cfi_bytes_init(struct cfi_bytes *bytes)
{
    bytes->data = bytes->fixed;
    bytes->size = 0;
    bytes->room = sizeof bytes->fixed;
    bytes->is_short = false;
}

void cfi_bytes_deinit(struct cfi_bytes *bytes)
{
    if (bytes->data != bytes->fixed) {
        cfi_system.release(bytes->data);
    }
}

enum { MOST_KEPT = 1 << 20 };

void cfi_bytes_clear(struct cfi_bytes *bytes)
{
    if (bytes->room > MOST_KEPT) {
        cfi_bytes_deinit(bytes);
        cfi_bytes_init(bytes);
    }
    bytes->size = 0;
    bytes->is_short = false;
}

static bool enlarge(struct cfi_bytes *bytes, size_t needed)
{
    const size_t doubled =
        bytes->room > SIZE_MAX / 2 ? needed : 2 * bytes->room;
    const size_t room = doubled > needed ? doubled : needed;
    unsigned char *data = cfi_system.allocate(room);
    if (data == NULL) {
        return false;
    }
    memcpy(data, bytes->data, bytes->size);
    cfi_bytes_deinit(bytes);
    bytes->data = data;
    bytes->room = room;
    return true;
}

void *cfi_bytes_grow(struct cfi_bytes *bytes, size_t size)
{
    if (bytes->is_short) {
        return NULL;
    }
    if (size > bytes->room - bytes->size &&
        (size > SIZE_MAX - bytes->size ||
         !enlarge(bytes, bytes->size + size))) {
        bytes->is_short = true;
        return NULL;
    }
    void *grown = bytes->data + bytes->size;
    bytes->size += size;
    return grown;
}

void cfi_bytes_put(struct cfi_bytes *bytes, const void *data, size_t size)
{
    void *room = cfi_bytes_grow(bytes, size);
    if (room != NULL && size > 0) {
        memcpy(room, data, size);
    }
}

// ----- writing values -----

static void put_byte(struct cfi_bytes *bytes, unsigned char byte)
{
    cfi_bytes_put(bytes, &byte, 1);
}

static void put_counted(struct cfi_bytes *bytes, const void *data, size_t size)
{
    const uint64_t length = size;
    cfi_bytes_put(bytes, &length, sizeof length);
    cfi_bytes_put(bytes, data, size);
}

// With its '\0', so that NULL is a text of no bytes.
static void put_text(struct cfi_bytes *bytes, const char *text)
{
    put_counted(bytes, text, text == NULL ? 0 : strlen(text) + 1);
}

static void put_error(struct cfi_bytes *bytes, const cf_error *error)
{
    for (; error != NULL; error = error->cause) {
        const int32_t numbers[2] = {error->code, error->line};
        cfi_bytes_put(bytes, numbers, sizeof numbers);
        put_text(bytes, error->file);
        put_text(bytes, error->function);
        put_text(bytes, error->message);
        put_text(bytes, cfi_error_task(error));
        put_byte(bytes, error->cause != NULL);
    }
}

void cfi_wire_put(struct cfi_bytes *bytes, cf_value value)
{
    const enum cfi_kind kind = cfi_kind(value);
    switch (kind) {
    case CFI_NONE:
        put_byte(bytes, (unsigned char)kind);
        break;
    case CFI_INT:
    case CFI_DOUBLE:
        put_byte(bytes, (unsigned char)kind);
        cfi_bytes_put(bytes, &value.private_bits, sizeof value.private_bits);
        break;
    case CFI_TEXT:
    case CFI_BYTES:
        put_byte(bytes, (unsigned char)kind);
        put_counted(bytes, cfi_address(value), cf_size(value));
        break;
    case CFI_POINTER:
    case CFI_TAKEN:
        put_byte(bytes, CFI_ERROR);
        put_error(bytes, &cfi_pointer_sent.error);
        break;
    case CFI_ERROR:
        put_byte(bytes, CFI_ERROR);
        put_error(bytes, cf_as_error(value));
        break;
    }
}

// ----- reading -----

struct cfi_reader cfi_reader_of(const struct cfi_bytes *bytes)
{
    return (struct cfi_reader){.next = bytes->data, .left = bytes->size};
}

// Returns where the bytes are. NULL: there are not so many.
static const unsigned char *skip(struct cfi_reader *reader, uint64_t size)
{
    if (reader->is_bad || size > reader->left) {
        reader->is_bad = true;
        return NULL;
    }
    const unsigned char *bytes = reader->next;
    reader->next += size;
    reader->left -= (size_t)size;
    return bytes;
}

void cfi_wire_read(struct cfi_reader *reader, void *to, size_t size)
{
    const unsigned char *bytes = skip(reader, size);
    if (bytes != NULL) {
        memcpy(to, bytes, size);
    } else {
        memset(to, 0, size);
    }
}

static unsigned char read_byte(struct cfi_reader *reader)
{
    unsigned char byte;
    cfi_wire_read(reader, &byte, 1);
    return byte;
}

static uint64_t read_number(struct cfi_reader *reader)
{
    uint64_t number;
    cfi_wire_read(reader, &number, sizeof number);
    return number;
}

static cf_value read_sized(struct cfi_reader *reader, enum cfi_kind kind,
                           struct cfi_owner *owner)
{
    const uint64_t length = read_number(reader);
    const unsigned char *data = skip(reader, length);
    if (data == NULL) {
        return cf_none();
    }
    return cfi_copy(cfi_value(kind, length, (uintptr_t)data), owner);
}

// A text inside of the message, or NULL: it ends in '\0' or it is wrong.
static const char *read_text(struct cfi_reader *reader)
{
    const uint64_t size = read_number(reader);
    const unsigned char *text = skip(reader, size);
    if (text == NULL || size == 0) {
        return NULL;
    }
    if (memchr(text, '\0', (size_t)size) != text + size - 1) {
        reader->is_bad = true;
        return NULL;
    }
    return (const char *)text;
}

// Reads one link, whose texts lie in the message. Returns whether another one
// follows.
static bool read_link(struct cfi_reader *reader, struct cfi_error_link *link)
{
    int32_t numbers[2];
    cfi_wire_read(reader, numbers, sizeof numbers);
    *link = (struct cfi_error_link){
        .error = {.code = numbers[0], .line = numbers[1]}, .has_texts = true};
    link->error.file = read_text(reader);
    link->error.function = read_text(reader);
    link->error.message = read_text(reader);
    link->task = read_text(reader);
    const bool goes_on = read_byte(reader) != 0;
    if (link->error.file == NULL || link->error.function == NULL ||
        link->error.message == NULL) {
        reader->is_bad = true;
    }
    return goes_on && !reader->is_bad;
}

// The chain is read twice: once to see how long it is, once into an array that
// stands only as long as it takes to make the error of it.
static cf_value read_error(struct cfi_reader *reader, struct cfi_owner *owner)
{
    struct cfi_reader again = *reader;
    struct cfi_error_link link;
    size_t length = 1;
    while (read_link(reader, &link)) {
        length++;
    }
    if (reader->is_bad) {
        return cf_none();
    }
    struct cfi_error_link *links =
        cfi_system.allocate(length * sizeof links[0]);
    if (links == NULL) {
        return cfi_error_no_memory();
    }
    for (size_t i = 0; i < length; i++) {
        (void)read_link(&again, &links[i]);
        links[i].error.cause = i + 1 < length ? &links[i + 1].error : NULL;
    }
    const cf_value error = cfi_error_copy(&links[0].error, owner);
    cfi_system.release(links);
    return error;
}

cf_value cfi_wire_get(struct cfi_reader *reader, struct cfi_owner *owner)
{
    const unsigned char kind = read_byte(reader);
    switch (kind) {
    case CFI_NONE:
        return cf_none();
    case CFI_INT:
    case CFI_DOUBLE:
        return cfi_value((enum cfi_kind)kind, 0, read_number(reader));
    case CFI_TEXT:
    case CFI_BYTES:
        return read_sized(reader, (enum cfi_kind)kind, owner);
    case CFI_ERROR:
        return read_error(reader, owner);
    default:
        reader->is_bad = true;
        return cf_none();
    }
}
