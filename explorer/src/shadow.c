// The shadow of the program's memory: for each 8 bytes, the accesses that may
// still be one side of a race. Every access comes through here, and most have
// nothing new to say: the same thread has just touched these bytes in the same
// way. So a cell is small and holds one access, the newest; the few older ones
// that matter besides hang on it as a list, and all of them are kept.
//
// Nothing is cleared between schedules: what has the epoch of an earlier one
// counts as forgotten.

#include "internal.h"

extern char _end[];

// The cell of 8 bytes, or NULL for memory that is not the program's.
static inline struct xp_seen *cell_of(uintptr_t address)
{
    uintptr_t base, offset;
    if (address - XP_HEAP_AT < XP_HEAP_SIZE) {
        base = XP_HEAP_SHADOW_AT;
        offset = address - XP_HEAP_AT;
    } else if (address - XP_STACKS_AT < XP_MAX_THREADS * XP_STACK_SIZE) {
        base = XP_STACK_SHADOW_AT;
        offset = address - XP_STACKS_AT;
    } else if (address < XP_DATA_LIMIT && address < (uintptr_t)_end) {
        base = XP_DATA_SHADOW_AT;
        offset = address;
    } else {
        return NULL;
    }
    return (struct xp_seen *)base + (offset >> 3);
}

// ---------------------------------------------------------------------------
// Questions about an access that is remembered. `mask` and `how` are those of
// the coming one, by the running thread.
// ---------------------------------------------------------------------------

static inline bool is_forgotten(const struct xp_seen *seen)
{
    return seen->epoch < XP->first_epoch;
}

static inline bool is_mine_of_now(const struct xp_seen *seen)
{
    return seen->epoch == XP->epoch;
}

// As all that the running thread itself did before.
static inline bool is_ordered_before_me(const struct xp_seen *seen)
{
    return seen->epoch <= XP_SELF->clock.of[seen->thread];
}

static inline bool conflicts(const struct xp_seen *seen, int how)
{
    bool is_write = ((seen->how | how) & XP_WRITE) != 0;
    bool both_atomic = (seen->how & how & XP_ATOMIC) != 0;
    return is_write && !both_atomic;
}

// Would the coming access conflict with whatever the older one conflicts with?
static inline bool is_as_strict(const struct xp_seen *seen, int how)
{
    return (how & XP_WRITE || !(seen->how & XP_WRITE)) &&
           (!(how & XP_ATOMIC) || seen->how & XP_ATOMIC);
}

// The other way round: would the new access add nothing to this one?
static inline bool says_it_all(const struct xp_seen *seen, uint8_t mask,
                               int how)
{
    return is_mine_of_now(seen) && (mask & ~seen->mask) == 0 &&
           (seen->how == how || (how == 0 && seen->how == XP_WRITE));
}

// The quick question. Others' accesses are passed over only where neither
// side writes; anything else deserves a closer look.
static inline bool is_nothing_new(const struct xp_seen *seen, uint8_t mask,
                                  int how)
{
    if (says_it_all(seen, mask, how)) {
        return true;  // nearly always
    }
    if (is_forgotten(seen)) {
        return false;
    }
    do {
        bool is_harmless =
            is_mine_of_now(seen) || ((seen->how | how) & XP_WRITE) == 0;
        if (!is_harmless || seen->older == 0) {
            return false;
        }
        seen = &XP->seen[seen->older];
    } while (!says_it_all(seen, mask, how));
    return true;
}

// ---------------------------------------------------------------------------
// Remembering
// ---------------------------------------------------------------------------

// Room for an access that the newest one leaves behind; 0: there is no more.
static uint32_t take_room(void)
{
    uint32_t room = XP->seen_free;
    if (room != 0) {
        XP->seen_free = XP->seen[room].older;
    } else if (XP->seen_used + 1 < XP_MAX_SEEN) {
        room = ++XP->seen_used;
    }
    return room;
}

// The new access meets one that is remembered, and tells if that is a race.
// Returns which bytes of the older one still matter.
static inline uint8_t meet(const struct xp_seen *seen, uint8_t mask, int how,
                           uintptr_t address, uintptr_t pc)
{
    if ((seen->mask & mask) == 0) {
        return seen->mask;
    }
    if (is_ordered_before_me(seen)) {
        return is_as_strict(seen, how) ? seen->mask & ~mask : seen->mask;
    }
    if (conflicts(seen, how)) {
        xp_found_race(seen, address, how, pc);
    }
    return seen->mask;
}

static void meet_older(uint32_t *link, uint8_t mask, int how, uintptr_t address,
                       uintptr_t pc)
{
    while (*link != 0) {
        uint32_t room = *link;
        struct xp_seen *seen = &XP->seen[room];
        uint8_t left = meet(seen, mask, how, address, pc);
        if (left != 0) {
            seen->mask = left;
            link = &seen->older;
        } else {
            *link = seen->older;
            seen->older = XP->seen_free;
            XP->seen_free = room;
        }
    }
}

// Moves the newest access, or these bytes of it, to the older ones.
static inline void keep_newest(struct xp_seen *cell, uint8_t mask)
{
    uint32_t room = take_room();
    if (room != 0) {
        XP->seen[room] = *cell;
        XP->seen[room].mask = mask;
        cell->older = room;
    }
}

// A loop over small elements comes to the same 8 bytes several times.
static bool is_continued(const struct xp_seen *cell, int how, uintptr_t pc)
{
    return is_mine_of_now(cell) && cell->how == how && cell->pc == pc;
}

static inline void check_and_remember(struct xp_seen *cell, uint8_t mask,
                                      int how, uintptr_t address, uintptr_t pc)
{
    if (is_forgotten(cell)) {
        cell->older = 0;
    } else if (is_continued(cell, how, pc)) {
        meet_older(&cell->older, mask, how, address, pc);
        cell->mask |= mask;
        return;
    } else {
        uint8_t left = meet(cell, mask, how, address, pc);
        meet_older(&cell->older, mask, how, address, pc);
        if (left != 0) {
            keep_newest(cell, left);
        }
    }
    cell->epoch = XP->epoch;
    cell->pc = (uint32_t)pc;
    cell->thread = (uint8_t)XP->current;
    cell->mask = mask;
    cell->how = (uint8_t)how;
}

void xp_shadow_begin(void)
{
    XP->first_epoch = XP->last_epoch + 1;
    XP->seen_used = XP->seen_free = 0;
}

// ---------------------------------------------------------------------------
// An access
// ---------------------------------------------------------------------------

// That another thread has ended is not to be seen in the shadow of its stack.
static bool is_on_stack_of_another(uintptr_t address)
{
    uintptr_t offset = address - XP_STACKS_AT;
    return offset < XP_MAX_THREADS * XP_STACK_SIZE &&
           offset / XP_STACK_SIZE != (uintptr_t)XP->current;
}

static bool may_be_gone(uintptr_t address)
{
    return address - XP_HEAP_AT < XP_HEAP_SIZE ||
           is_on_stack_of_another(address);
}

// No memory of the heap is given out twice in a schedule. So what was touched
// in it is still there, unless it was freed, which would be the newest access.
static inline bool is_still_there(const struct xp_seen *cell, uint8_t mask)
{
    return !is_forgotten(cell) && (mask & ~cell->mask) == 0 &&
           (cell->how & XP_FREE) == 0;
}

static uint8_t mask_of(uintptr_t offset, size_t size)
{
    return (uint8_t)(((1U << size) - 1) << offset);
}

// Something new, or a place that deserves a check.
static void look_closer(uintptr_t address, size_t size, int how, uintptr_t pc)
    __attribute__((noinline));

static void look_closer(uintptr_t address, size_t size, int how, uintptr_t pc)
{
    if (may_be_gone(address)) {
        xp_heap_check(address, size, how, pc);
    }
    while (size > 0) {
        size_t offset = address & 7;
        size_t part = 8 - offset < size ? 8 - offset : size;
        uint8_t mask = mask_of(offset, part);
        struct xp_seen *cell = cell_of(address);
        if (cell != NULL && !is_nothing_new(cell, mask, how)) {
            check_and_remember(cell, mask, how, address, pc);
        }
        address += part;
        size -= part;
    }
}

static void look_at_cell(struct xp_seen *cell, uintptr_t address, size_t size,
                         int how, uintptr_t pc) __attribute__((noinline));

static void look_at_cell(struct xp_seen *cell, uintptr_t address, size_t size,
                         int how, uintptr_t pc)
{
    uint8_t mask = mask_of(address & 7, size);
    if (address - XP_HEAP_AT < XP_HEAP_SIZE && !is_still_there(cell, mask)) {
        xp_heap_check(address, size, how, pc);
    }
    check_and_remember(cell, mask, how, address, pc);
}

// What was touched just now is still allocated: freeing it would have been
// seen here. So there is nothing to check.
static inline __attribute__((always_inline)) void
access(uintptr_t address, size_t size, int how, uintptr_t pc)
{
    size_t offset = address & 7;
    struct xp_seen *cell = cell_of(address);
    if (offset + size > 8 || cell == NULL || is_on_stack_of_another(address)) {
        look_closer(address, size, how, pc);
    } else if (!is_nothing_new(cell, mask_of(offset, size), how)) {
        look_at_cell(cell, address, size, how, pc);
    }
}

void xp_access(uintptr_t address, size_t size, int how, uintptr_t pc)
{
    access(address, size, how, pc);
}

// A switch point, where memory is one.
static void maybe_step(uintptr_t address, size_t size, int how, uintptr_t pc)
    __attribute__((noinline));

static void maybe_step(uintptr_t address, size_t size, int how, uintptr_t pc)
{
    if (xp_is_racy((uint32_t)pc)) {
        xp_step(XP_MEMORY, address, pc);
        xp_event(XP_MEMORY, address, pc, how);
        XP->racy_before = XP->racy_now;
        XP->racy_now = (struct xp_racy_step){
            .step = XP->steps, .pc = (uint32_t)pc, .thread = XP->current};
        if (how & XP_WRITE) {
            xp_changed();
        }
    } else if (XP->accesses >= XP->loop_suspected_at) {
        xp_yield(XP_SPIN, address, pc);
    }
    access(address, size, how, pc);
}

void xp_plain_access(uintptr_t address, size_t size, int how, uintptr_t pc)
{
    if (!XP->is_active) {
        return;
    }
    if (++XP->accesses >= XP->loop_suspected_at || XPS->racy_count > 0) {
        maybe_step(address, size, how, pc);
    } else {
        access(address, size, how, pc);
    }
}
