// How many threads has the program? Linux lists them in /proc; elsewhere nobody
// says. See census.h.

#define _GNU_SOURCE  // gettid

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lock.h"
#include "../port.h"
#include "census.h"

// ----- ending threads -----

// A thread that was joined may be in the list for a while. The kernel marks it
// before it lets the join return.
enum { FLAG_OF_THE_ENDING = 0x4 };  // PF_EXITING

// Reads the flags out of "tid (name) state ppid pgrp session tty tpgid flags
// ...". The name may hold anything, but no parenthesis comes after it.
static bool is_ending(int directory, const char *thread)
{
    char path[64];
    char text[512];
    snprintf(path, sizeof path, "%.32s/stat", thread);
    const int file = openat(directory, path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return true;  // it was there a moment ago
    }
    const ssize_t size = read(file, text, sizeof text - 1);
    (void)close(file);
    if (size <= 0) {
        return true;
    }
    text[size] = '\0';
    const char *end_of_name = strrchr(text, ')');
    unsigned flags = 0;
    return end_of_name != NULL &&
           sscanf(end_of_name + 1, " %*c %*d %*d %*d %*d %*d %u", &flags) ==
               1 &&
           (flags & FLAG_OF_THE_ENDING) != 0;
}

// ----- attendants -----

static struct cfi_lock lock = {PTHREAD_MUTEX_INITIALIZER};
// lock guards:
static struct cfi_attending *attendants;

// Atomic; changed under the lock, which orders: so all of it is relaxed.
static cfi_word under_way;  // threads that have not entered yet, and changes
static cfi_word is_taken;   // a census is, and until its fork nobody leaves

static void change(cfi_word *word, uint32_t change)
{
    cfi_lock_acquire(&lock);
    atomic_fetch_add_explicit(word, change, memory_order_relaxed);
    cfi_lock_release(&lock);
    cfi_port_wake(word, CFI_WAKE_ALL);
}

// Sleeps, without the lock, until the word is zero.
static void await_zero_unlocked(cfi_word *word) CFI_REQUIRES(lock)
{
    uint32_t value;
    while ((value = atomic_load_explicit(word, memory_order_relaxed)) != 0) {
        cfi_lock_release(&lock);
        (void)cfi_port_wait(word, value, CFI_NO_DEADLINE);
        cfi_lock_acquire(&lock);
    }
}

void cfi_census_thread_begins(void)
{
    change(&under_way, 1);
}

void cfi_census_thread_has_begun(void)
{
    change(&under_way, (uint32_t)-1);
}

void cfi_census_change_begins(void)
{
    cfi_lock_acquire(&lock);
    await_zero_unlocked(&is_taken);
    atomic_fetch_add_explicit(&under_way, 1, memory_order_relaxed);
    cfi_lock_release(&lock);
}

void cfi_census_change_ends(void)
{
    change(&under_way, (uint32_t)-1);
}

void cfi_census_enter(struct cfi_attending *attending)
{
#ifdef __linux__
    attending->thread = gettid();
#endif
    cfi_lock_acquire(&lock);
    attending->next = attendants;
    attendants = attending;
    cfi_lock_release(&lock);
}

void cfi_census_leave(struct cfi_attending *attending)
{
    cfi_lock_acquire(&lock);
    await_zero_unlocked(&is_taken);
    struct cfi_attending **link = &attendants;
    while (*link != attending) {
        link = &(*link)->next;
    }
    *link = attending->next;
    cfi_lock_release(&lock);
}

void cfi_census_begin(void)
{
    cfi_lock_acquire(&lock);
    await_zero_unlocked(&is_taken);
    atomic_store_explicit(&is_taken, 1, memory_order_relaxed);
    await_zero_unlocked(&under_way);
    cfi_lock_release(&lock);
}

void cfi_census_end(void)
{
    change(&is_taken, (uint32_t)-1);
}

void cfi_census_forget(void)
{
    lock = (struct cfi_lock){PTHREAD_MUTEX_INITIALIZER};
    attendants = NULL;
    atomic_store_explicit(&under_way, 0, memory_order_relaxed);
    atomic_store_explicit(&is_taken, 0, memory_order_relaxed);
}

static bool is_attending_locked(const char *thread) CFI_REQUIRES(lock)
{
    const long number = strtol(thread, NULL, 10);
    for (const struct cfi_attending *attending = attendants; attending != NULL;
         attending = attending->next) {
        if (attending->thread == number) {
            return true;
        }
    }
    return false;
}

// The thread sanitizer has a thread of its own, which holds none of the
// program's locks.
static size_t without_sanitizer(size_t threads)
{
#if defined(__SANITIZE_THREAD__)
    return threads > 1 ? threads - 1 : threads;
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
    return threads > 1 ? threads - 1 : threads;
#endif
#endif
    return threads;
}

size_t cfi_census_count(void)
{
    size_t threads = 0;
    DIR *list = opendir("/proc/self/task");
    if (list == NULL) {
        return 0;
    }
    const struct dirent *entry;
    cfi_lock_acquire(&lock);
    while ((entry = readdir(list)) != NULL) {
        threads += entry->d_name[0] != '.' &&
                   !is_attending_locked(entry->d_name) &&
                   !is_ending(dirfd(list), entry->d_name);
    }
    cfi_lock_release(&lock);
    (void)closedir(list);
    return without_sanitizer(threads);
}
