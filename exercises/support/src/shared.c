#include "shared.h"

#include "world.h"

enum { MOST_SHARED = 128 };

// Guarded by the world's lock:
static const void *shared[MOST_SHARED];
static size_t count;

static size_t find_locked(const void *object)
{
    size_t i = 0;
    while (i < count && shared[i] != object) {
        i++;
    }
    return i;
}

bool shared_note(const void *object, bool is_shared)
{
    world_lock();
    const size_t i = find_locked(object);
    const bool is_noted = i < count;
    const bool has_room = !is_shared || is_noted || count < MOST_SHARED;
    if (is_shared && !is_noted && has_room) {
        shared[count++] = object;
    } else if (!is_shared && is_noted) {
        shared[i] = shared[--count];
    }
    world_unlock();
    return has_room;
}

bool shared_is_noted(const void *object)
{
    world_lock();
    const bool is_noted = find_locked(object) < count;
    world_unlock();
    return is_noted;
}
