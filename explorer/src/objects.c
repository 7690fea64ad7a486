// Synchronisation objects, found by their address. A static initialiser needs
// no call, so an object is made when it is first seen.

#include "internal.h"

#include <string.h>

static uint32_t slot_of(uintptr_t address)
{
    return (uint32_t)((address * 0x9E3779B97F4A7C15ULL) >> 50) &
           (XP_MAX_OBJECTS - 1);
}

static struct xp_object *find_slot(uintptr_t address)
{
    for (uint32_t i = slot_of(address);; i = (i + 1) & (XP_MAX_OBJECTS - 1)) {
        struct xp_object *object = &XP->object[i];
        if (object->run != XP->run || object->address == address) {
            return object;
        }
    }
}

static void make(struct xp_object *object, uintptr_t address, enum xp_kind kind)
{
    bool is_known = object->run == XP->run;
    if (!is_known) {
        if (XP->objects_used >= XP_MAX_OBJECTS * 3 / 4) {
            xp_find(XP_LIMIT, "more than %u synchronisation objects",
                    XP->objects_used);
            xp_end();
        }
        XP->object_list[XP->objects_used++] = (uint32_t)(object - XP->object);
    }
    memset(object, 0, offsetof(struct xp_object, clock));
    if (is_known) {  // else its clocks are of an earlier schedule
        xp_clock_clear(&object->clock);
        xp_clock_clear(&object->readers_clock);
    }
    object->run = XP->run;
    object->address = address;
    object->kind = kind;
    object->owner = -1;
}

struct xp_object *xp_object(uintptr_t address, enum xp_kind kind, uintptr_t pc)
{
    if (XP->is_active && address < 4096 && kind != XP_MEETING) {
        xp_misuse(0, pc,
                  "a null pointer is given where a lock, a condition, a "
                  "semaphore or an atomic is due");
    }
    if (XP->is_active) {
        xp_heap_check(address, 1, XP_ATOMIC | XP_USE, pc);
    }
    struct xp_object *object = find_slot(address);
    bool is_new = object->run != XP->run || object->kind != kind;
    if (is_new) {
        make(object, address, kind);
    }
    return object;
}

struct xp_object *xp_object_if_known(uintptr_t address)
{
    struct xp_object *object = find_slot(address);
    return object->run == XP->run ? object : NULL;
}

void xp_object_forget_range(uintptr_t address, size_t size)
{
    // Objects keep their slot (open addressing); only their content goes.
    for (uint32_t i = 0; i < XP->objects_used; i++) {
        struct xp_object *object = &XP->object[XP->object_list[i]];
        if (object->address - address < size) {
            object->kind = XP_NO_KIND;
        }
    }
}
