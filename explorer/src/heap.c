// The program's heap: a bump allocator in a mapping of its own. Nothing is used
// twice within a schedule, so a freed block stays recognisable, and addresses
// repeat. Between blocks lie 16 bytes that belong to nobody.

#include "internal.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { GRAIN = 16, GAP = 16 };

extern char __data_start[], _end[];

bool xp_is_on_heap(uintptr_t address)
{
    return address - XP_HEAP_AT < XP_HEAP_SIZE;
}

static struct xp_block *block_at(uintptr_t address)
{
    uint32_t index = XP->block_of[(address - XP_HEAP_AT) / GRAIN];
    return index == 0 ? NULL : &XP->block[index];
}

static void out_of_heap(size_t size, uintptr_t pc) __attribute__((noreturn));

static void out_of_heap(size_t size, uintptr_t pc)
{
    if (!XP->is_active) {
        _exit(3);  // constructors have used it up
    }
    xp_find(XP_LIMIT,
            "the program allocates more than %u MiB, or %u blocks, in one run",
            (unsigned)(XP_HEAP_SIZE >> 20), XP_MAX_BLOCKS);
    xp_note("access", XP->current, XP_ALLOC, 0, pc)->value = size;
    xp_end();
}

void *xp_allocate(size_t size, size_t alignment, bool zeroed, uintptr_t pc)
{
    xp_map_state();
    xp_not_in_handler("allocates memory", 0, pc);
    if (alignment < GRAIN) {
        alignment = GRAIN;
    }
    size_t used = size > 0 ? size : 1;
    uintptr_t start = (XP->heap_end + alignment - 1) & ~(alignment - 1);
    if (size > XP_HEAP_SIZE / 2) {  // so malloc can fail, but not for a crumb
        errno = ENOMEM;
        return NULL;
    }
    if (start + used + GAP > XP_HEAP_AT + XP_HEAP_SIZE ||
        XP->block_count + 1 >= XP_MAX_BLOCKS ||
        !xp_map_heap(start + used + GAP)) {
        out_of_heap(size, pc);
    }
    uint32_t index = ++XP->block_count;
    XP->block[index] = (struct xp_block){
        .start = start,
        .size = (uint32_t)size,
        .allocated_by = (uint8_t)XP->current,
        .allocated_pc = (uint32_t)pc,
        .allocated_caller = XP->is_active ? xp_caller(XP->current, 0) : 0,
    };
    for (uintptr_t a = start; a < start + used; a += GRAIN) {
        XP->block_of[(a - XP_HEAP_AT) / GRAIN] = index;
    }
    XP->heap_end = (start + used + GAP + GRAIN - 1) & ~(uintptr_t)(GRAIN - 1);
    memset((void *)start, zeroed ? 0 : 0xBE, size);
    xp_past_learn(start);
    return (void *)start;
}

static void note_block(const struct xp_block *block)
{
    struct xp_note *note = xp_note("allocated", block->allocated_by, XP_ALLOC,
                                   block->start, block->allocated_pc);
    note->value = block->size;
    note->calls[0] = block->allocated_caller;
    if (block->is_freed) {
        note = xp_note("freed", block->freed_by, XP_FREED, block->start,
                       block->freed_pc);
        note->calls[0] = block->freed_caller;
    }
}

static void memory_bug(enum xp_bug bug, const struct xp_block *block, int how,
                       uintptr_t address, uintptr_t pc, const char *text)
    __attribute__((noreturn));

static void memory_bug(enum xp_bug bug, const struct xp_block *block, int how,
                       uintptr_t address, uintptr_t pc, const char *text)
{
    xp_find(bug, "%s", text);
    xp_note("access", XP->current, XP_HOW | (unsigned)how, address, pc);
    if (block != NULL) {
        note_block(block);
    }
    xp_end();
}

static void stack_check(uintptr_t address, int how, uintptr_t pc)
{
    int owner = (int)((address - XP_STACKS_AT) / XP_STACK_SIZE);
    if (owner < XP->thread_count && owner != XP->current &&
        XP->thread[owner].state == XP_ENDED) {
        xp_find(XP_USE_AFTER_FREE,
                "a local variable of a thread that has ended is used");
        xp_note("access", XP->current, XP_HOW | (unsigned)how, address, pc);
        xp_note("owner", owner, XP_EXIT, address, XP->thread[owner].last_pc);
        xp_end();
    }
}

static void block_check(uintptr_t address, size_t size, int how, uintptr_t pc)
{
    const struct xp_block *block = block_at(address);
    if (block == NULL) {
        const struct xp_block *before =
            address > XP_HEAP_AT + GRAIN ? block_at(address - GRAIN) : NULL;
        memory_bug(XP_OUT_OF_BOUNDS, before, how, address, pc,
                   "memory outside of any allocated block is touched");
    }
    if (block->is_freed) {
        memory_bug(XP_USE_AFTER_FREE, block, how, address, pc,
                   "memory is used after it was freed");
    }
    if (address + size > block->start + block->size) {
        memory_bug(XP_OUT_OF_BOUNDS, block, how, address, pc,
                   "memory past the end of a block is touched");
    }
}

void xp_heap_check(uintptr_t address, size_t size, int how, uintptr_t pc)
{
    if (!XPS->options.checks_heap) {
        return;
    }
    if (xp_is_on_heap(address)) {
        block_check(address, size, how, pc);
    } else if (address - XP_STACKS_AT < XP_MAX_THREADS * XP_STACK_SIZE) {
        stack_check(address, how, pc);
    }
}

void xp_free(void *pointer, uintptr_t pc)
{
    uintptr_t address = (uintptr_t)pointer;
    if (pointer == NULL || !XP->is_active) {
        return;  // what constructors allocate stays
    }
    xp_not_in_handler("frees memory", address, pc);
    xp_step(XP_FREED, address, pc);
    if (!xp_is_on_heap(address) || block_at(address) == NULL ||
        block_at(address)->start != address) {
        xp_misuse(address, pc,
                  "free is given a pointer that malloc did not return");
    }
    struct xp_block *block = block_at(address);
    if (block->is_freed && !XPS->options.checks_heap) {
        return;
    }
    if (block->is_freed) {
        memory_bug(XP_DOUBLE_FREE, block, XP_WRITE | XP_FREE, address, pc,
                   "memory is freed twice");
    }
    xp_event(XP_FREED, address, pc, 0);
    if (block->size > 0) {
        xp_access(address, block->size, XP_WRITE | XP_FREE, pc);
    }
    xp_object_forget_range(address, block->size);
    block->is_freed = true;
    block->freed_by = (uint8_t)XP->current;
    block->freed_pc = (uint32_t)pc;
    block->freed_caller = xp_caller(XP->current, 0);
    xp_changed();
}

size_t xp_block_size(const void *pointer)
{
    const struct xp_block *block =
        xp_is_on_heap((uintptr_t)pointer) ? block_at((uintptr_t)pointer) : NULL;
    return block == NULL ? 0 : block->size;
}

void *xp_reallocate(void *pointer, size_t size, uintptr_t pc)
{
    void *fresh = xp_allocate(size, GRAIN, false, pc);
    if (fresh == NULL || pointer == NULL) {
        return fresh;
    }
    size_t kept = xp_block_size(pointer);
    kept = kept < size ? kept : size;
    if (kept > 0 && XP->is_active) {
        xp_access((uintptr_t)pointer, kept, 0, pc);
    }
    memcpy(fresh, pointer, kept);
    xp_free(pointer, pc);
    return fresh;
}

// ---------------------------------------------------------------------------
// Leaks: blocks that nothing reachable points to
// ---------------------------------------------------------------------------

// Marks the blocks that the words in a range point to, and lists them.
static void mark(uintptr_t from, uintptr_t to, uint32_t *found, uint32_t *count)
{
    for (uintptr_t a = (from + 7) & ~7ULL; a + 8 <= to; a += 8) {
        uintptr_t word = *(const uintptr_t *)a;
        if (!xp_is_on_heap(word)) {
            continue;
        }
        struct xp_block *block = block_at(word);
        if (block != NULL && !block->is_freed && !block->is_reached) {
            block->is_reached = true;
            found[(*count)++] = (uint32_t)(block - XP->block);
        }
    }
}

// A thread that has not ended still holds what its stack and its keys point to.
static void mark_stack(int thread, uint32_t *found, uint32_t *count)
{
    const struct xp_thread *t = &XP->thread[thread];
    if (t->state == XP_ENDED) {
        return;
    }
    uintptr_t top = XP_STACKS_AT + (uintptr_t)(thread + 1) * XP_STACK_SIZE;
    uintptr_t bottom = thread == XP->current
                           ? (uintptr_t)__builtin_frame_address(0)
                           : (uintptr_t)t->stack_pointer;
    if (top - bottom < XP_STACK_USABLE) {
        mark(bottom, top, found, count);
    }
    mark((uintptr_t)t->keys, (uintptr_t)(t->keys + XP_MAX_KEYS), found, count);
}

void xp_find_leaks(void)
{
    if (XP->block_count == XP->blocks_at_start) {
        return;
    }
    uint32_t *found = XP->leak_stack;
    uint32_t count = 0;
    for (uint32_t i = 1; i <= XP->block_count; i++) {
        XP->block[i].is_reached = false;
    }
    mark((uintptr_t)__data_start, (uintptr_t)_end, found, &count);
    for (int i = 0; i < XP->thread_count; i++) {
        mark_stack(i, found, &count);
    }
    for (uint32_t i = 1; i <= XP->blocks_at_start; i++) {
        mark(XP->block[i].start, XP->block[i].start + XP->block[i].size, found,
             &count);
    }
    while (count > 0) {
        const struct xp_block *block = &XP->block[found[--count]];
        mark(block->start, block->start + block->size, found, &count);
    }
    for (uint32_t i = XP->blocks_at_start + 1; i <= XP->block_count; i++) {
        const struct xp_block *block = &XP->block[i];
        if (!block->is_freed && !block->is_reached) {
            xp_find(XP_LEAK,
                    "%u bytes were allocated, never freed, and nothing points "
                    "to them any more",
                    block->size);
            note_block(block);
            return;
        }
    }
}
