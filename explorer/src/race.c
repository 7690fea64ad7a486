// Data races by happens-before: two accesses to the same byte, at least one a
// write, not both atomic, and neither ordered before the other by locks,
// creation, joining, or release and acquire. Each thread has a vector clock;
// for each 8 bytes the last few accesses are remembered (as ThreadSanitizer
// does), with the time of the accessing thread.
//
// Code that orders its accesses correctly is never flagged. A race can escape
// when more than XP_SLOTS threads touch the same 8 bytes in one schedule.

#include "internal.h"

#include <string.h>

extern char _end[];

void xp_clock_join(struct xp_clock *into, const struct xp_clock *from)
{
    for (int i = 0; i < XP->thread_count; i++) {
        if (from->of[i] > into->of[i]) {
            into->of[i] = from->of[i];
        }
    }
}

void xp_tick(void)
{
    XP_SELF->clock.of[XP->current]++;
}

void xp_acquire(const struct xp_object *object)
{
    xp_clock_join(&XP_SELF->clock, &object->clock);
}

void xp_release(struct xp_object *object)
{
    xp_clock_join(&object->clock, &XP_SELF->clock);
    xp_tick();
}

// ---------------------------------------------------------------------------
// Places where a race was seen become switch points in later schedules
// ---------------------------------------------------------------------------

// Where the place is in the set, or would be.
static uint32_t racy_slot(uint32_t pc)
{
    uint32_t i = pc * 0x9E3779B1U >> 20;
    while (XPS->racy[i] != 0 && XPS->racy[i] != pc) {
        i = (i + 1) & (XP_MAX_RACY - 1);
    }
    return i;
}

bool xp_is_racy(uint32_t pc)
{
    return XPS->racy_count > 0 && XPS->racy[racy_slot(pc)] == pc;
}

void xp_adopt_racy(uint32_t pc)
{
    uint32_t i = racy_slot(pc);
    if (XPS->racy[i] == 0 && XPS->racy_count < XP_MAX_RACY / 2) {
        XPS->racy[i] = pc;
        XPS->racy_count++;
    }
}

// Only noted: the set must not change within a schedule, or it could not be
// replayed. search.c adds them before the next one.
static void note_racy(uint32_t pc)
{
    for (uint32_t i = 0; i < XPS->newly_racy_count; i++) {
        if (XPS->newly_racy[i] == pc) {
            return;
        }
    }
    if (!xp_is_racy(pc) && XPS->newly_racy_count < 256) {
        XPS->newly_racy[XPS->newly_racy_count++] = pc;
    }
}

static void found_race(const struct xp_slot *other, uintptr_t address, int how,
                       uintptr_t pc)
{
    note_racy(other->pc);
    note_racy((uint32_t)pc);
    if (XPS->finding.bug != XP_CLEAN) {
        return;  // the first one counts; the schedule goes on
    }
    XPS->is_adjacent = XP->racy_before.pc == other->pc &&
                       XP->racy_before.thread == other->thread &&
                       XP->racy_before.step + 1 == XP->racy_now.step &&
                       XP->racy_now.pc == (uint32_t)pc;
    int both = how | other->how;
    if (both & (XP_MAKE | XP_END) && both & (XP_USE | XP_MAKE | XP_END)) {
        xp_find(XP_MISUSE,
                "a lock, condition or semaphore is %s while another thread may "
                "use it: nothing orders the two",
                both & XP_END ? "destroyed" : "initialised");
    } else if (both & XP_FREE) {
        xp_find(XP_USE_AFTER_FREE,
                "memory is freed while another thread may still use it: "
                "nothing orders the two");
    } else {
        xp_find(XP_RACE, "two threads touch the same memory at the same time, "
                         "and nothing orders them");
    }
    xp_note("access", XP->current, XP_HOW | (unsigned)how, address, pc);
    xp_note("other", other->thread, XP_HOW | other->how, address, other->pc);
}

// ---------------------------------------------------------------------------
// The shadow
// ---------------------------------------------------------------------------

// The cell of 8 bytes, or NULL for memory that is not the program's.
static struct xp_cell *cell_of(uintptr_t address)
{
    uint64_t base;
    uint64_t offset;
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
    struct xp_cell *cell = (struct xp_cell *)base + (offset >> 3);
    if (cell->run != XP->run) {
        cell->run = XP->run;
        cell->used = 0;
    }
    return cell;
}

static bool is_ordered_before_me(const struct xp_slot *slot)
{
    return slot->epoch <= XP_SELF->clock.of[slot->thread];
}

static bool conflicts(const struct xp_slot *slot, uint8_t mask, int how)
{
    bool overlap = (slot->mask & mask) != 0;
    bool is_write = ((slot->how | how) & XP_WRITE) != 0;
    bool both_atomic = (slot->how & how & XP_ATOMIC) != 0;
    return slot->thread != XP->current && overlap && is_write && !both_atomic &&
           !is_ordered_before_me(slot);
}

// A new access makes an older one needless when it covers it, comes after it,
// and conflicts with whatever the older one would conflict with.
static bool is_superseded(const struct xp_slot *slot, uint8_t mask, int how)
{
    bool covers = (slot->mask & ~mask) == 0;
    bool as_strict = (how & XP_WRITE || !(slot->how & XP_WRITE)) &&
                     (!(how & XP_ATOMIC) || slot->how & XP_ATOMIC);
    return covers && as_strict &&
           (slot->thread == XP->current || is_ordered_before_me(slot));
}

static void remember(struct xp_cell *cell, uint8_t mask, int how, uintptr_t pc)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < cell->used; i++) {
        if (!is_superseded(&cell->slot[i], mask, how)) {
            cell->slot[kept++] = cell->slot[i];
        }
    }
    if (kept == XP_SLOTS) {  // no room: the oldest goes
        kept--;
        memmove(&cell->slot[0], &cell->slot[1], kept * sizeof cell->slot[0]);
    }
    cell->slot[kept] = (struct xp_slot){
        .epoch = XP_SELF->clock.of[XP->current],
        .pc = (uint32_t)pc,
        .thread = (uint8_t)XP->current,
        .mask = mask,
        .how = (uint8_t)how,
    };
    cell->used = kept + 1;
}

static void access_cell(uintptr_t address, uint8_t mask, int how, uintptr_t pc)
{
    struct xp_cell *cell = cell_of(address & ~(uintptr_t)7);
    if (cell == NULL) {
        return;
    }
    // The commonest case: the same thread again, with nothing new to say.
    if (cell->used == 1) {
        struct xp_slot *slot = &cell->slot[0];
        if (slot->thread == XP->current && slot->mask == mask &&
            slot->how == how) {
            slot->epoch = XP_SELF->clock.of[XP->current];
            slot->pc = (uint32_t)pc;
            return;
        }
    }
    for (uint32_t i = 0; i < cell->used; i++) {
        if (conflicts(&cell->slot[i], mask, how)) {
            found_race(&cell->slot[i], address, how, pc);
        }
    }
    remember(cell, mask, how, pc);
}

void xp_access(uintptr_t address, size_t size, int how, uintptr_t pc)
{
    xp_heap_check(address, size, how, pc);
    size_t first = address & 7;
    if (first + size <= 8) {  // nearly always
        access_cell(address, (uint8_t)(((1U << size) - 1) << first), how, pc);
        return;
    }
    while (size > 0) {
        size_t offset = address & 7;
        size_t part = 8 - offset < size ? 8 - offset : size;
        uint8_t mask = (uint8_t)(((1U << part) - 1) << offset);
        access_cell(address, mask, how, pc);
        address += part;
        size -= part;
    }
}

void xp_forget_accesses(uintptr_t address, size_t size)
{
    for (uintptr_t a = address & ~7ULL; a < address + size; a += 8) {
        struct xp_cell *cell = cell_of(a);
        if (cell != NULL) {
            cell->used = 0;
        }
    }
}

enum { ACCESSES_BEFORE_STEP = 3000 };  // a plain loop that waits for others

void xp_plain_access(uintptr_t address, size_t size, int how, uintptr_t pc)
{
    if (!XP->is_active) {
        return;
    }
    XP->accesses++;
    if (xp_is_racy((uint32_t)pc)) {
        xp_step(XP_MEMORY, address, pc);
        xp_event(XP_MEMORY, address, pc, how);
        XP->racy_before = XP->racy_now;
        XP->racy_now = (struct xp_racy_step){
            .step = XP->steps, .pc = (uint32_t)pc, .thread = XP->current};
        if (how & XP_WRITE) {
            xp_changed();
        }
    } else if (++XP_SELF->accesses > ACCESSES_BEFORE_STEP) {
        XP_SELF->accesses = 0;
        xp_yield(XP_SPIN, address, pc);
    }
    xp_access(address, size, how, pc);
}
