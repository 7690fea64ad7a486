// The library's mutex. See lock.h.

#include "lock.h"

#include <string.h>

#include "report.h"

int cfi_lock_init(struct cfi_lock *lock)
{
#ifdef NDEBUG
    return pthread_mutex_init(&lock->mutex, NULL);
#else
    pthread_mutexattr_t attributes;
    int rc = pthread_mutexattr_init(&attributes);
    if (rc != 0) {
        return rc;
    }
    cfi_must(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK),
             "pthread_mutexattr_settype");
    rc = pthread_mutex_init(&lock->mutex, &attributes);
    cfi_must(pthread_mutexattr_destroy(&attributes),
             "pthread_mutexattr_destroy");
    return rc;
#endif
}

void cfi_lock_deinit(struct cfi_lock *lock)
{
    cfi_must(pthread_mutex_destroy(&lock->mutex), "pthread_mutex_destroy");
}

// The analysis sees through the names above, not into pthread's mutex.
CFI_UNCHECKED void cfi_lock_acquire(struct cfi_lock *lock)
{
    cfi_must(pthread_mutex_lock(&lock->mutex), "pthread_mutex_lock");
}

CFI_UNCHECKED void cfi_lock_release(struct cfi_lock *lock)
{
    cfi_must(pthread_mutex_unlock(&lock->mutex), "pthread_mutex_unlock");
}

void cfi_must_at(int rc, const char *what, const char *file, int line)
{
    if (rc != 0) {
        cfi_stop("cfutures: %s failed at %s:%d: %s\n"
                 "  This should be impossible. Was the library's memory "
                 "overwritten, or a pool used after it was closed?",
                 what, file, line, strerror(rc));
    }
}
