// The calls are private to glibc: its dynamic linker and libpthread agree on
// them, and sanitizers use them. CMake sees whether they are there. The place
// of the thread's id in its descriptor is what glibc tells debuggers.

#include "tls.h"

#include "machine.h"

#if defined(XP_HAS_GLIBC_TLS)

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

void *_dl_allocate_tls(void *block);
void _dl_deallocate_tls(void *block, _Bool also_block);
void __ctype_init(void);

extern const uint32_t _thread_db_sizeof_pthread;
// A field: its bits, how many there are of it, its offset.
extern const uint32_t _thread_db_pthread_tid[3];

static int *id_in(char *tls)
{
    char *descriptor = xp_machine_descriptor(tls, _thread_db_sizeof_pthread);
    return (int *)(descriptor + _thread_db_pthread_tid[2]);
}

const char *xp_tls_lacks(void)
{
    return *id_in(xp_machine_tls()) == getpid()
               ? NULL
               : "libc keeps its threads in another way";
}

// On the controller's storage: to malloc each fiber would be a new thread, for
// which it sets up a cache of its own, and nobody gives that back.
static char *reallocate(char *old, char *controller)
{
    char *mine = xp_machine_tls();
    xp_machine_set_tls(controller);
    if (old != NULL) {
        _dl_deallocate_tls(old, 1);
    }
    char *tls = _dl_allocate_tls(NULL);
    xp_machine_set_tls(mine);
    return tls;
}

char *xp_tls_fresh(char *old, char *controller)
{
    char *tls = reallocate(old, controller);
    if (tls != NULL) {
        xp_machine_inherit(tls, controller);
        *id_in(tls) = *id_in(controller);
    }
    return tls;
}

void xp_tls_begin(void)
{
    __ctype_init();
}

#else

#include <stddef.h>

const char *xp_tls_lacks(void)
{
    return "libc does not give thread-local storage to fibers, as glibc does";
}

char *xp_tls_fresh(char *old, char *controller)
{
    (void)old, (void)controller;
    return NULL;
}

void xp_tls_begin(void)
{
}

#endif
