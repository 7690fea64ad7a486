// Values inside the library: how the 16 bytes are used, and who owns blocks.
//
// A value whose memory is the library's points into a *block*. A block is
// always in the hands of one of these owners:
//
//     nobody      loose, made outside of any task: the user frees it, or gives
//                 it away
//     a task      loose, made inside that task: freed when the task ends,
//                 unless it was given away by then. Only that task's own
//                 thread touches the list.
//     a future    held: what the future was given as argument, context and
//                 result. Freed with the future.
//
// cfi_give is the one way from one owner to the next.

#ifndef CFI_VALUE_H
#define CFI_VALUE_H

#include <cfutures.h>
#include <stdalign.h>
#include <stdarg.h>

#pragma GCC visibility push(hidden)

// ----- the 16 bytes -----

enum cfi_kind {
    CFI_NONE,  // 0, so that an all-zero value means "nothing"
    CFI_INT,
    CFI_DOUBLE,
    CFI_TEXT,
    CFI_BYTES,
    CFI_POINTER,
    CFI_TAKEN,  // cf_take's: the block holds a struct cfi_taken
    CFI_ERROR,  // points to a struct cfi_error_link
};

enum {
    CFI_KIND_BITS = 8,
    CFI_IN_BLOCK = 0x80,  // flag in the kind: the address is a block's data
    CFI_KIND_MASK = 0x7f,
};

cf_value cfi_value(enum cfi_kind kind, uint64_t length, uint64_t bits);
cf_value cfi_block_value(enum cfi_kind kind, uint64_t length, const void *data);

enum cfi_kind cfi_kind(cf_value value);
uint64_t cfi_length(cf_value value);
void *cfi_address(cf_value value);

// Does it mean something in this process only? A view is none.
bool cfi_is_pointer(cf_value value);

// ----- blocks and their owners -----

struct cfi_owner {
    struct cfi_block *first;  // may be all-zero: owns nothing
};

struct cfi_block {
    struct cfi_owner *owner;  // NULL: loose, made outside of any task
    struct cfi_block *next;   // in the owner's list
    struct cfi_block *previous;
    void (*free_data)(void *data);  // cf_take's; NULL for all other blocks
    alignas(max_align_t) unsigned char data[];
};

// What the data of cf_take's block holds.
struct cfi_taken {
    void *data;
};

// Creates a block with room for `size` bytes. `owner` may be NULL. Returns
// NULL if there is no memory.
struct cfi_block *cfi_block_create(size_t size, struct cfi_owner *owner);

// Takes the block from its owner and frees it, with what cf_take put in.
void cfi_block_destroy(struct cfi_block *block);

// Frees all that the owner has.
void cfi_owner_free_all(struct cfi_owner *owner);

// Gives all that one owner has to another.
void cfi_owner_move_all(struct cfi_owner *from, struct cfi_owner *to);

// Gives *value away to `to` (a future's): afterwards it lives as long as `to`.
// A loose block moves. What the user or another future owns is copied, except
// that a cf_take of another future goes on as a plain pointer. What `to` has
// already stays as it is. Out of memory: false, and *value is the error.
bool cfi_give(cf_value *value, struct cfi_owner *to);

// The value's block if the calling thread's task, or nobody, owns it, and it
// may therefore be moved or freed here. Else NULL.
struct cfi_block *cfi_loose_block(cf_value value);

// A copy of a text, bytes or error in a block of `owner`.
cf_value cfi_copy(cf_value value, struct cfi_owner *owner);

// ----- errors -----

// One error of a chain. All errors that values point to are of this form, so
// that a cf_error's address is the address of its link.
struct cfi_error_link {
    cf_error error;
    const char *task;  // label of the task in which it was made, or NULL
    // It came from another process: file, function and task are no literals of
    // this one, and are copied as the message is.
    bool has_texts;
};

// NULL: it was made in none.
const char *cfi_error_task(const cf_error *error);

// What an error is made of, besides its message.
struct cfi_error_facts {
    cf_place place;
    const char *task;  // or NULL
    int code;
    const cf_error *cause;    // copied; or NULL
    struct cfi_owner *owner;  // who will own the error
};

// An error that the user's call of `function` leads to, loose.
cf_value cfi_fail(const char *function, int code, const char *format, ...)
    CF_PRINTF_LIKE(3, 4);

cf_value cfi_error_create(const struct cfi_error_facts *facts,
                          const char *format, ...) CF_PRINTF_LIKE(2, 3);

// A copy of the error and its whole chain.
cf_value cfi_error_copy(const cf_error *error, struct cfi_owner *owner);

// The place in an error that the library makes itself: no file, no line.
cf_place cfi_place_in_library(const char *function);

// Errors that need no memory. Never freed; nobody owns them.
extern const struct cfi_error_link cfi_no_memory;
extern const struct cfi_error_link cfi_no_pool;
extern const struct cfi_error_link cfi_no_pool_any_more;
extern const struct cfi_error_link cfi_forked;
extern const struct cfi_error_link cfi_timeout;
extern const struct cfi_error_link cfi_map_timeout;
extern const struct cfi_error_link cfi_cancelled;
extern const struct cfi_error_link cfi_pointer_sent;
cf_value cfi_error_static(const struct cfi_error_link *link);
cf_value cfi_error_no_memory(void);

#pragma GCC visibility pop

#endif
