// Wait and wake by POSIX mutexes and condition variables, for systems without
// a futex. A word's address picks one of a few buckets; who sleeps on a word
// sleeps in its bucket. Words may share a bucket, so a wake wakes all that
// sleep there, and those who were not meant go back to sleep.
//
// Nothing is lost: the sleeper compares the word under the bucket's mutex, and
// the waker, who has changed the word before, takes the mutex before it wakes.

#include "port.h"

#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include "lock.h"

enum { BUCKETS = 64, NANOSECONDS_IN_A_SECOND = 1000000000 };

struct bucket {
    pthread_mutex_t mutex;
    pthread_cond_t changed;  // some word of this bucket was woken
};

static struct bucket buckets[BUCKETS];  // initialised once, never destroyed
static pthread_once_t buckets_once = PTHREAD_ONCE_INIT;

static void init_buckets(void)
{
    pthread_condattr_t attributes;
    cfi_must(pthread_condattr_init(&attributes), "pthread_condattr_init");
    cfi_must(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC),
             "pthread_condattr_setclock");
    for (int i = 0; i < BUCKETS; i++) {
        cfi_must(pthread_mutex_init(&buckets[i].mutex, NULL),
                 "pthread_mutex_init");
        cfi_must(pthread_cond_init(&buckets[i].changed, &attributes),
                 "pthread_cond_init");
    }
    cfi_must(pthread_condattr_destroy(&attributes), "pthread_condattr_destroy");
}

static struct bucket *bucket_of(const cfi_word *word)
{
    cfi_must(pthread_once(&buckets_once, init_buckets), "pthread_once");
    const uint64_t address = (uintptr_t)word;
    // Multiplicative hashing: the top bits depend on all bits of the address.
    return &buckets[(address * UINT64_C(0x9E3779B97F4A7C15)) >> 58];
}

bool cfi_port_wait(cfi_word *word, uint32_t expected, int64_t deadline)
{
    const struct timespec until = {
        .tv_sec = (time_t)(deadline / NANOSECONDS_IN_A_SECOND),
        .tv_nsec = (long)(deadline % NANOSECONDS_IN_A_SECOND),
    };
    struct bucket *bucket = bucket_of(word);
    int rc = 0;

    cfi_must(pthread_mutex_lock(&bucket->mutex), "pthread_mutex_lock");
    if (*word == expected) {
        rc = deadline == CFI_NO_DEADLINE
                 ? pthread_cond_wait(&bucket->changed, &bucket->mutex)
                 : pthread_cond_timedwait(&bucket->changed, &bucket->mutex,
                                          &until);
    }
    cfi_must(pthread_mutex_unlock(&bucket->mutex), "pthread_mutex_unlock");

    cfi_must(rc == ETIMEDOUT ? 0 : rc, "pthread_cond_wait");
    return rc != ETIMEDOUT;
}

// A thread that does not exist in the child may hold a bucket, or sleep in it.
static void renew_buckets(void)
{
    cfi_must(pthread_once(&buckets_once, init_buckets), "pthread_once");
    init_buckets();
}

bool cfi_port_watch(void (*in_child)(void), void (*at_exit)(void))
{
    return pthread_atfork(NULL, NULL, renew_buckets) == 0 &&
           pthread_atfork(NULL, NULL, in_child) == 0 && atexit(at_exit) == 0;
}

void cfi_port_wake(cfi_word *word, int count)
{
    (void)count;  // see above: always all
    struct bucket *bucket = bucket_of(word);
    cfi_must(pthread_mutex_lock(&bucket->mutex), "pthread_mutex_lock");
    cfi_must(pthread_cond_broadcast(&bucket->changed),
             "pthread_cond_broadcast");
    cfi_must(pthread_mutex_unlock(&bucket->mutex), "pthread_mutex_unlock");
}
