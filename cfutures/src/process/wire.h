// Values as bytes, for their way from one process to another: memory of the one
// is not there in the other, so everything goes by copy.
//
// What comes out of a worker is not trusted: a task may have overwritten
// anything. Reading checks each length, and gives up on the first wrong one.

#ifndef CFI_WIRE_H
#define CFI_WIRE_H

#include <cfutures.h>
#include <stddef.h>

#include "../value.h"

#pragma GCC visibility push(hidden)

// ----- writing -----

// Bytes that grow. Small ones need no memory but their own.
struct cfi_bytes {
    unsigned char *data;  // `fixed`, or allocated
    size_t size;
    size_t room;
    bool is_short;  // there was no memory: something is missing
    unsigned char fixed[512];
};

void cfi_bytes_init(struct cfi_bytes *bytes);
void cfi_bytes_deinit(struct cfi_bytes *bytes);

// Forgets what is in it, and keeps its memory for the next, unless it is large.
void cfi_bytes_clear(struct cfi_bytes *bytes);

// Makes room for so many bytes more. NULL: there is no memory, and `is_short`
// says so from now on.
void *cfi_bytes_grow(struct cfi_bytes *bytes, size_t size);

void cfi_bytes_put(struct cfi_bytes *bytes, const void *data, size_t size);

// A pointer means nothing elsewhere: the error CF_EPOINTER goes in its place.
void cfi_wire_put(struct cfi_bytes *bytes, cf_value value);

// ----- reading -----

struct cfi_reader {
    const unsigned char *next;
    size_t left;
    bool is_bad;  // something was wrong; all that is read after it is zero
};

struct cfi_reader cfi_reader_of(const struct cfi_bytes *bytes);

void cfi_wire_read(struct cfi_reader *reader, void *to, size_t size);

// A value whose memory belongs to `owner`. Without memory: an error value,
// ENOMEM, and the next value can be read all the same.
cf_value cfi_wire_get(struct cfi_reader *reader, struct cfi_owner *owner);

#pragma GCC visibility pop

#endif
