// Atomics, as the compiler calls them. Values are sequentially consistent:
// each operation takes effect at once and for all. What a weak memory order
// does not promise shows only in happens-before: plain data that relies on it
// is reported as a race.

#include "internal.h"

static bool acquires(int order)
{
    return order == __ATOMIC_CONSUME || order == __ATOMIC_ACQUIRE ||
           order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

static bool releases(int order)
{
    return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL ||
           order == __ATOMIC_SEQ_CST;
}

static struct xp_object *begin(const volatile void *address, size_t size,
                               bool writes, uintptr_t pc)
{
    xp_step(XP_ATOMIC_OP, (uintptr_t)address, pc);
    xp_access((uintptr_t)address, size, XP_ATOMIC | (writes ? XP_WRITE : 0),
              pc);
    xp_event(XP_ATOMIC_OP, (uintptr_t)address, pc, writes);
    if (writes) {
        xp_changed();
    }
    return xp_object((uintptr_t)address, XP_ATOMIC_OBJECT, pc);
}

static void ordered_load(const struct xp_object *object, int order)
{
    struct xp_thread *self = XP_SELF;
    xp_clock_join(acquires(order) ? &self->clock : &self->for_acquire_fence,
                  &object->clock);
}

// A plain store ends the release sequence of what was there before.
static void ordered_store(struct xp_object *object, int order)
{
    if (releases(order)) {
        xp_clock_copy(&object->clock, &XP_SELF->clock);
        xp_tick();
    } else {
        xp_clock_copy(&object->clock, &XP_SELF->at_release_fence);
    }
}

// A read-modify-write continues it.
static void ordered_update(struct xp_object *object, int order)
{
    ordered_load(object, order);
    if (releases(order)) {
        xp_release(object);
    } else {
        xp_clock_join(&object->clock, &XP_SELF->at_release_fence);
    }
}

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order)
{
    if (!XP->is_active) {
        return;
    }
    xp_step(XP_ATOMIC_OP, 0, XP_PC);
    struct xp_thread *self = XP_SELF;
    if (acquires(order)) {
        xp_clock_join(&self->clock, &self->for_acquire_fence);
    }
    if (releases(order)) {
        xp_clock_copy(&self->at_release_fence, &self->clock);
        xp_tick();
    }
}

void __tsan_atomic_signal_fence(int order);
void __tsan_atomic_signal_fence(int order)
{
    (void)order;
}

#define LOAD_AND_STORE(bits, type)                                            \
    type __tsan_atomic##bits##_load(const volatile type *address, int order); \
    type __tsan_atomic##bits##_load(const volatile type *address, int order)  \
    {                                                                         \
        if (XP->is_active) {                                                  \
            ordered_load(begin(address, sizeof(type), false, XP_PC), order);  \
        }                                                                     \
        return *address;                                                      \
    }                                                                         \
    void __tsan_atomic##bits##_store(volatile type *address, type value,      \
                                     int order);                              \
    void __tsan_atomic##bits##_store(volatile type *address, type value,      \
                                     int order)                               \
    {                                                                         \
        if (XP->is_active) {                                                  \
            ordered_store(begin(address, sizeof(type), true, XP_PC), order);  \
        }                                                                     \
        *address = value;                                                     \
    }

#define UPDATE(bits, type, name, expression)                                  \
    type __tsan_atomic##bits##_##name(volatile type *address, type value,     \
                                      int order);                             \
    type __tsan_atomic##bits##_##name(volatile type *address, type value,     \
                                      int order)                              \
    {                                                                         \
        if (XP->is_active) {                                                  \
            ordered_update(begin(address, sizeof(type), true, XP_PC), order); \
        }                                                                     \
        type old = *address;                                                  \
        *address = (type)(expression);                                        \
        return old;                                                           \
    }

// Whether it writes is known only after the switch point, in begin().
#define COMPARE(bits, type)                                                    \
    static type compare##bits(volatile type *address, type expected,           \
                              type wanted, int order, int order_of_failure,    \
                              bool may_fail, uintptr_t pc)                     \
    {                                                                          \
        if (!XP->is_active) {                                                  \
            type now = *address;                                               \
            *address = now == expected ? wanted : now;                         \
            return now;                                                        \
        }                                                                      \
        xp_step(XP_ATOMIC_OP, (uintptr_t)address, pc);                         \
        type old = *address;                                                   \
        bool fits =                                                            \
            old == expected && !(may_fail && xp_unlikely(XP_SPURIOUS, 32));    \
        int how = XP_ATOMIC | (fits ? XP_WRITE : 0);                           \
        xp_access((uintptr_t)address, sizeof(type), how, pc);                  \
        xp_event(XP_ATOMIC_OP, (uintptr_t)address, pc, fits);                  \
        struct xp_object *object =                                             \
            xp_object((uintptr_t)address, XP_ATOMIC_OBJECT, pc);               \
        if (!fits) {                                                           \
            ordered_load(object, order_of_failure);                            \
            return old == expected ? (type)~old : old;                         \
        }                                                                      \
        xp_changed();                                                          \
        ordered_update(object, order);                                         \
        *address = wanted;                                                     \
        return old;                                                            \
    }                                                                          \
    int __tsan_atomic##bits##_compare_exchange_strong(volatile type *, type *, \
                                                      type, int, int);         \
    int __tsan_atomic##bits##_compare_exchange_strong(                         \
        volatile type *address, type *expected, type wanted, int order,        \
        int failure)                                                           \
    {                                                                          \
        type seen = compare##bits(address, *expected, wanted, order, failure,  \
                                  false, XP_PC);                               \
        bool done = seen == *expected;                                         \
        if (!done) {                                                           \
            *expected = seen;                                                  \
        }                                                                      \
        return done;                                                           \
    }                                                                          \
    int __tsan_atomic##bits##_compare_exchange_weak(volatile type *, type *,   \
                                                    type, int, int);           \
    int __tsan_atomic##bits##_compare_exchange_weak(                           \
        volatile type *address, type *expected, type wanted, int order,        \
        int failure)                                                           \
    {                                                                          \
        type seen = compare##bits(address, *expected, wanted, order, failure,  \
                                  true, XP_PC);                                \
        bool done = seen == *expected;                                         \
        if (!done) {                                                           \
            *expected = *address;                                              \
        }                                                                      \
        return done;                                                           \
    }                                                                          \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *, type,     \
                                                    type, int, int);           \
    type __tsan_atomic##bits##_compare_exchange_val(                           \
        volatile type *address, type expected, type wanted, int order,         \
        int failure)                                                           \
    {                                                                          \
        return compare##bits(address, expected, wanted, order, failure, false, \
                             XP_PC);                                           \
    }

#define ATOMICS(bits, type)                        \
    LOAD_AND_STORE(bits, type)                     \
    UPDATE(bits, type, exchange, value)            \
    UPDATE(bits, type, fetch_add, old + value)     \
    UPDATE(bits, type, fetch_sub, old - value)     \
    UPDATE(bits, type, fetch_and, old &value)      \
    UPDATE(bits, type, fetch_or, old | value)      \
    UPDATE(bits, type, fetch_xor, old ^ value)     \
    UPDATE(bits, type, fetch_nand, ~(old & value)) \
    COMPARE(bits, type)

__extension__ typedef unsigned __int128 xp_u128;

ATOMICS(8, uint8_t)
ATOMICS(16, uint16_t)
ATOMICS(32, uint32_t)
ATOMICS(64, uint64_t)
ATOMICS(128, xp_u128)
