// The library's mutex, and `must` for calls that can fail only by a bug.
//
// clang checks the annotations when it is called with -Wthread-safety: that
// a lock is held where CFI_REQUIRES says so, and given back everywhere.

#ifndef CFI_LOCK_H
#define CFI_LOCK_H

#include <pthread.h>

#ifdef __clang__
#define CFI_ANNOTATION(x) __attribute__((x))
#else
#define CFI_ANNOTATION(x)
#endif

#define CFI_IS_A_LOCK CFI_ANNOTATION(capability("mutex"))
#define CFI_ACQUIRES(...) CFI_ANNOTATION(acquire_capability(__VA_ARGS__))
#define CFI_RELEASES(...) CFI_ANNOTATION(release_capability(__VA_ARGS__))
#define CFI_REQUIRES(...) CFI_ANNOTATION(requires_capability(__VA_ARGS__))
#define CFI_EXCLUDES(...) CFI_ANNOTATION(locks_excluded(__VA_ARGS__))
#define CFI_UNCHECKED CFI_ANNOTATION(no_thread_safety_analysis)

#pragma GCC visibility push(hidden)

struct CFI_IS_A_LOCK cfi_lock {
    pthread_mutex_t mutex;  // error-checking unless NDEBUG
};

// Returns 0, or an error number: some systems need memory for a mutex.
int cfi_lock_init(struct cfi_lock *lock);
void cfi_lock_deinit(struct cfi_lock *lock);

void cfi_lock_acquire(struct cfi_lock *lock) CFI_ACQUIRES(lock);
void cfi_lock_release(struct cfi_lock *lock) CFI_RELEASES(lock);

// Stops the program with a report unless rc is 0. For calls whose failure
// means that the library, or the memory it lives in, is broken.
#define cfi_must(rc, what) cfi_must_at((rc), (what), __FILE__, __LINE__)
void cfi_must_at(int rc, const char *what, const char *file, int line);

#pragma GCC visibility pop

#endif
