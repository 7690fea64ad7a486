// How many threads has this process? Linux lists them in /proc.

#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host.h"

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

size_t cfi_threads_of_process(void)
{
    size_t threads = 0;
    DIR *list = opendir("/proc/self/task");
    if (list == NULL) {
        return 0;
    }
    const struct dirent *entry;
    while ((entry = readdir(list)) != NULL) {
        threads +=
            entry->d_name[0] != '.' && !is_ending(dirfd(list), entry->d_name);
    }
    (void)closedir(list);
    return threads;
}
