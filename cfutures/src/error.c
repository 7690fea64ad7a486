// Errors: a block that holds the whole chain, the texts behind the links.
//
//     | link | its cause's link | ... | message \0 | cause's message \0 | ... |
//
// File, function and task label are literals of the program and are not
// copied, unless they come from another process. Messages are.

#include "value.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"
#include "report.h"

// ----- errors without memory -----

#define STATIC_ERROR(code_, function_, message_, cause_) \
    {                                                    \
        .error = {.code = (code_),                       \
                  .file = "cfutures",                    \
                  .function = (function_),               \
                  .message = (message_),                 \
                  .cause = (cause_)},                    \
    }

const struct cfi_error_link cfi_no_memory =
    STATIC_ERROR(ENOMEM, "cfutures", "no memory for a value or a future", NULL);
const struct cfi_error_link cfi_no_pool =
    STATIC_ERROR(CF_EBROKEN, "cf_submit", "the pool could not be made",
                 &cfi_no_memory.error);
const struct cfi_error_link cfi_no_pool_any_more =
    STATIC_ERROR(CF_ESHUTDOWN, "cf_then", "the pool was closed before", NULL);
const struct cfi_error_link cfi_forked =
    STATIC_ERROR(CF_EFORKED, "fork",
                 "the pool is the parent's: a forked child has none of its "
                 "threads",
                 NULL);
const struct cfi_error_link cfi_timeout =
    STATIC_ERROR(CF_ETIMEOUT, "cf_result_within",
                 "the time was over before the task was", NULL);
const struct cfi_error_link cfi_map_timeout =
    STATIC_ERROR(CF_ETIMEOUT, "cf_map",
                 "the time was over before all results had come", NULL);
const struct cfi_error_link cfi_cancelled =
    STATIC_ERROR(CF_ECANCELLED, "cf_cancel",
                 "the task was cancelled before it started", NULL);

const struct cfi_error_link cfi_pointer_sent =
    STATIC_ERROR(CF_EPOINTER, "cf_process_pool",
                 "a pointer means nothing in another process: send what it "
                 "points to, by cf_str, cf_bytes or cf_struct",
                 NULL);

cf_value cfi_error_static(const struct cfi_error_link *link)
{
    return cfi_value(CFI_ERROR, 0, (uintptr_t)link);
}

cf_value cfi_error_no_memory(void)
{
    return cfi_error_static(&cfi_no_memory);
}

// ----- chains -----

static const struct cfi_error_link *link_of(const cf_error *error)
{
    return (const struct cfi_error_link *)(const void *)error;
}

// A chain that is being written into a block.
struct chain {
    struct cfi_error_link *next_link;
    char *next_text;
};

const char *cfi_error_task(const cf_error *error)
{
    return link_of(error)->task;
}

static size_t size_of_text(const char *text)
{
    return text == NULL ? 0 : strlen(text) + 1;
}

static size_t size_of_chain(const cf_error *error)
{
    size_t size = 0;
    for (; error != NULL; error = error->cause) {
        const struct cfi_error_link *link = link_of(error);
        size += sizeof *link + size_of_text(error->message);
        if (link->has_texts) {
            size += size_of_text(error->file) + size_of_text(error->function) +
                    size_of_text(link->task);
        }
    }
    return size;
}

static size_t length_of_chain(const cf_error *error)
{
    size_t length = 0;
    for (; error != NULL; error = error->cause) {
        length++;
    }
    return length;
}

// Prepares a block for `links` links and what their texts need.
static struct chain chain_in(struct cfi_block *block, size_t links)
{
    struct cfi_error_link *first = (void *)block->data;
    return (struct chain){first, (char *)(first + links)};
}

static const char *add_text(struct chain *chain, const char *text)
{
    if (text == NULL) {
        return NULL;
    }
    const size_t size = size_of_text(text);
    char *copy = memcpy(chain->next_text, text, size);
    chain->next_text += size;
    return copy;
}

// Adds copies of an error and its causes.
static void add_copies(struct chain *chain, const cf_error *error)
{
    for (; error != NULL; error = error->cause) {
        struct cfi_error_link *link = chain->next_link++;
        *link = *link_of(error);
        link->error.message = add_text(chain, error->message);
        link->error.cause = error->cause ? &chain->next_link->error : NULL;
        if (link->has_texts) {
            link->error.file = add_text(chain, error->file);
            link->error.function = add_text(chain, error->function);
            link->task = add_text(chain, link->task);
        }
    }
}

cf_value cfi_error_copy(const cf_error *error, struct cfi_owner *owner)
{
    struct cfi_block *block = cfi_block_create(size_of_chain(error), owner);
    if (block == NULL) {
        return cfi_error_no_memory();
    }
    struct chain chain = chain_in(block, length_of_chain(error));
    add_copies(&chain, error);
    return cfi_block_value(CFI_ERROR, 0, block->data);
}

static cf_value create(const struct cfi_error_facts *facts, const char *format,
                       va_list args)
{
    va_list again;
    va_copy(again, args);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    const size_t size = length < 0 ? 1 : (size_t)length + 1;

    struct cfi_block *block = cfi_block_create(
        sizeof(struct cfi_error_link) + size + size_of_chain(facts->cause),
        facts->owner);
    if (block == NULL) {
        return cfi_error_no_memory();
    }
    struct chain chain = chain_in(block, 1 + length_of_chain(facts->cause));
    struct cfi_error_link *link = chain.next_link++;
    char *message = chain.next_text;
    message[0] = '\0';  // stays so if printf cannot print the format
    vsnprintf(message, size, format, args);
    chain.next_text += size;
    *link = (struct cfi_error_link){
        .error = {.code = facts->code,
                  .line = facts->place.line,
                  .file = facts->place.file,
                  .function = facts->place.function,
                  .message = message,
                  .cause = facts->cause ? &chain.next_link->error : NULL},
        .task = facts->task,
    };
    add_copies(&chain, facts->cause);
    return cfi_block_value(CFI_ERROR, 0, block->data);
}

cf_value cfi_error_create(const struct cfi_error_facts *facts,
                          const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const cf_value error = create(facts, format, args);
    va_end(args);
    return error;
}

cf_place cfi_place_in_library(const char *function)
{
    return (cf_place){.file = "cfutures", .function = function, .line = 0};
}

// ----- errors of the running task, or of no task -----

static struct cfi_error_facts facts_here(cf_place place, int code)
{
    struct cfi_frame *task = cfi_frame_current();
    return (struct cfi_error_facts){
        .place = place,
        .code = code,
        .task = task == NULL ? NULL : task->label,
        .owner = task == NULL ? NULL : &task->loose,
    };
}

cf_value cfi_fail(const char *function, int code, const char *format, ...)
{
    const struct cfi_error_facts facts =
        facts_here(cfi_place_in_library(function), code);
    va_list args;
    va_start(args, format);
    const cf_value error = create(&facts, format, args);
    va_end(args);
    return error;
}

cf_value cf_fail_at(cf_place place, int code, const char *format, ...)
{
    const struct cfi_error_facts facts = facts_here(place, code);
    va_list args;
    va_start(args, format);
    const cf_value error = create(&facts, format, args);
    va_end(args);
    return error;
}

cf_value cf_fail_because_at(cf_place place, cf_value cause, int code,
                            const char *format, ...)
{
    struct cfi_error_facts facts = facts_here(place, code);
    facts.cause = cf_as_error(cause);
    if (facts.cause == NULL) {
        cfi_stop_wrong_kind(place, "cf_fail_because", "an error as its cause",
                            cause);
    }
    va_list args;
    va_start(args, format);
    const cf_value error = create(&facts, format, args);
    va_end(args);
    return error;
}

bool cf_failed(cf_value value)
{
    return cfi_kind(value) == CFI_ERROR;
}

const cf_error *cf_as_error(cf_value value)
{
    return cf_failed(value) ? cfi_address(value) : NULL;
}
