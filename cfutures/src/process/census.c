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

// Atomic; changed under the lock: threads that have not entered yet.
static cfi_word beginning;

CFI_UNCHECKED void cfi_census_enter(struct cfi_attending *attending)
{
#ifdef __linux__
    attending->thread = gettid();
#endif
    cfi_lock_acquire(&lock);
    attending->next = attendants;
    attendants = attending;
    cfi_lock_release(&lock);
}

CFI_UNCHECKED void cfi_census_leave(struct cfi_attending *attending)
{
    cfi_lock_acquire(&lock);
    struct cfi_attending **link = &attendants;
    while (*link != NULL && *link != attending) {
        link = &(*link)->next;
    }
    if (*link != NULL) {
        *link = attending->next;
    }
    cfi_lock_release(&lock);
}

void cfi_census_thread_begins(void)
{
    cfi_lock_acquire(&lock);
    // Relaxed, as all of it: the lock orders.
    atomic_fetch_add_explicit(&beginning, 1, memory_order_relaxed);
    cfi_lock_release(&lock);
}

void cfi_census_thread_has_begun(void)
{
    cfi_lock_acquire(&lock);
    atomic_fetch_sub_explicit(&beginning, 1, memory_order_relaxed);
    cfi_lock_release(&lock);
    cfi_port_wake(&beginning, CFI_WAKE_ALL);
}

CFI_UNCHECKED void cfi_census_begin(void)
{
    cfi_lock_acquire(&lock);
    uint32_t threads;
    while ((threads = atomic_load_explicit(&beginning, memory_order_relaxed)) >
           0) {
        cfi_lock_release(&lock);
        (void)cfi_port_wait(&beginning, threads, CFI_NO_DEADLINE);
        cfi_lock_acquire(&lock);
    }
}

CFI_UNCHECKED void cfi_census_end(void)
{
    cfi_lock_release(&lock);
}

void cfi_census_forget(void)
{
    lock = (struct cfi_lock){PTHREAD_MUTEX_INITIALIZER};
    attendants = NULL;
    atomic_store_explicit(&beginning, 0, memory_order_relaxed);
}

static bool is_attending(const char *thread)
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

size_t cfi_census_count(void)
{
    size_t threads = 0;
    DIR *list = opendir("/proc/self/task");
    if (list == NULL) {
        return 0;
    }
    const struct dirent *entry;
    while ((entry = readdir(list)) != NULL) {
        threads += entry->d_name[0] != '.' && !is_attending(entry->d_name) &&
                   !is_ending(dirfd(list), entry->d_name);
    }
    (void)closedir(list);
    return threads;
}
