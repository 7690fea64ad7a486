// Blocks of memory and who owns them. See value.h.

#include "value.h"

#include <errno.h>
#include <string.h>

#include "internal.h"
#include "system.h"

static void add(struct cfi_owner *owner, struct cfi_block *block)
{
    block->owner = owner;
    block->previous = NULL;
    block->next = owner->first;
    if (block->next != NULL) {
        block->next->previous = block;
    }
    owner->first = block;
}

static void take_from_owner(struct cfi_block *block)
{
    if (block->owner == NULL) {
        return;
    }
    if (block->previous != NULL) {
        block->previous->next = block->next;
    } else {
        block->owner->first = block->next;
    }
    if (block->next != NULL) {
        block->next->previous = block->previous;
    }
    block->owner = NULL;
}

static struct cfi_block *block_of(cf_value value)
{
    unsigned char *data = cfi_address(value);
    return (struct cfi_block *)(void *)(data -
                                        offsetof(struct cfi_block, data));
}

static bool is_in_block(cf_value value)
{
    return (value.private_head & CFI_IN_BLOCK) != 0;
}

struct cfi_block *cfi_block_create(size_t size, struct cfi_owner *owner)
{
    if (size > SIZE_MAX - sizeof(struct cfi_block)) {
        return NULL;
    }
    struct cfi_block *block =
        cfi_system.allocate(sizeof(struct cfi_block) + size);
    if (block == NULL) {
        return NULL;
    }
    *block = (struct cfi_block){.owner = NULL};
    if (owner != NULL) {
        add(owner, block);
    }
    return block;
}

void cfi_block_destroy(struct cfi_block *block)
{
    take_from_owner(block);
    if (block->free_data != NULL) {
        struct cfi_taken taken;
        memcpy(&taken, block->data, sizeof taken);
        block->free_data(taken.data);
    }
    cfi_system.release(block);
}

void cfi_owner_free_all(struct cfi_owner *owner)
{
    // One by one from the front: a free function may make new loose values.
    while (owner->first != NULL) {
        cfi_block_destroy(owner->first);
    }
}

void cfi_owner_move_all(struct cfi_owner *from, struct cfi_owner *to)
{
    while (from->first != NULL) {
        struct cfi_block *block = from->first;
        take_from_owner(block);
        add(to, block);
    }
}

struct cfi_block *cfi_loose_block(cf_value value)
{
    if (!is_in_block(value)) {
        return NULL;
    }
    struct cfi_block *block = block_of(value);
    if (block->owner == NULL) {
        return block;
    }
    struct cfi_frame *task = cfi_frame_current();
    return task != NULL && block->owner == &task->loose ? block : NULL;
}

cf_value cfi_copy(cf_value value, struct cfi_owner *owner)
{
    if (cfi_kind(value) == CFI_ERROR) {
        return cfi_error_copy(cf_as_error(value), owner);
    }
    const bool is_text = cfi_kind(value) == CFI_TEXT;
    const size_t size = cf_size(value);
    struct cfi_block *block = cfi_block_create(size + is_text, owner);
    if (block == NULL) {
        return cfi_error_no_memory();
    }
    if (size > 0) {
        memcpy(block->data, cfi_address(value), size);
    }
    if (is_text) {
        block->data[size] = '\0';
    }
    return cfi_block_value(cfi_kind(value), size, block->data);
}

// A copy for the new owner, of what is not loose. See cfi_give.
static bool give_copy(cf_value *value, struct cfi_owner *to)
{
    const cf_value copy = cfi_copy(*value, to);
    *value = copy;
    return is_in_block(copy);
}

bool cfi_give(cf_value *value, struct cfi_owner *to)
{
    struct cfi_block *loose = cfi_loose_block(*value);
    if (loose != NULL) {
        take_from_owner(loose);
        add(to, loose);
        return true;
    }
    if (is_in_block(*value) && block_of(*value)->owner == to) {
        return true;
    }
    switch (cfi_kind(*value)) {
    case CFI_NONE:
    case CFI_INT:
    case CFI_DOUBLE:
    case CFI_POINTER:
        return true;
    case CFI_TAKEN:  // its first owner keeps it
        *value = cf_ptr(cf_as_ptr(*value));
        return true;
    case CFI_ERROR:
        if (!is_in_block(*value)) {
            return true;  // needs no owner
        }
        return give_copy(value, to);
    case CFI_TEXT:
    case CFI_BYTES:
        return give_copy(value, to);
    }
    return true;
}

cf_value cf_copy(cf_value value)
{
    struct cfi_frame *task = cfi_frame_current();
    struct cfi_owner *owner = task == NULL ? NULL : &task->loose;
    switch (cfi_kind(value)) {
    case CFI_TAKEN:
        return cfi_fail("cf_copy", EINVAL,
                        "a value made by cf_take cannot be copied: only its "
                        "owner knows what is behind the pointer");
    case CFI_TEXT:
    case CFI_BYTES:
        return cfi_copy(value, owner);
    case CFI_ERROR:
        return is_in_block(value) ? cfi_copy(value, owner) : value;
    case CFI_NONE:
    case CFI_INT:
    case CFI_DOUBLE:
    case CFI_POINTER:
        break;
    }
    return value;
}

void cf_free(cf_value value)
{
    struct cfi_block *block = cfi_loose_block(value);
    if (block != NULL) {
        cfi_block_destroy(block);
    }
}
