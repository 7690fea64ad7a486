#include "processes.h"

#include "fault.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { GIVE_UP_SECONDS = 20 };

struct process {
    pid_t pid;
    pid_t parent;
    bool is_below;  // known to be below the runner
};

struct process_list {
    struct process *all;
    size_t count;
    size_t capacity;
};

void processes_adopt(void)
{
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) {
        fault("left processes cannot be adopted: %s", strerror(errno));
    }
}

static void list_add(struct process_list *list, struct process process)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity == 0 ? 64 : list->capacity * 2;
        list->all = realloc(list->all, list->capacity * sizeof *list->all);
        if (list->all == NULL) {
            fault("no memory for the list of processes");
        }
    }
    list->all[list->count++] = process;
}

// The parent of a process, or 0 if it is gone. In /proc/PID/stat the name, in
// brackets, may hold anything, so the last bracket counts.
static pid_t parent_of(pid_t pid)
{
    char path[64];
    char text[512];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return 0;
    }
    const size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[size] = '\0';
    const char *bracket = strrchr(text, ')');
    int parent = 0;
    if (bracket == NULL || sscanf(bracket, ") %*c %d", &parent) != 1) {
        return 0;
    }
    return parent;
}

static struct process_list list_processes(void)
{
    struct process_list list = {0};
    DIR *folder = opendir("/proc");
    if (folder == NULL) {
        fault("/proc cannot be read: %s", strerror(errno));
    }
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        const pid_t parent = pid > 0 ? parent_of(pid) : 0;
        if (parent > 0) {
            list_add(&list, (struct process){pid, parent, false});
        }
    }
    closedir(folder);
    return list;
}

static bool is_below(const struct process_list *list, pid_t pid)
{
    if (pid == getpid()) {
        return true;
    }
    for (size_t i = 0; i < list->count; i++) {
        if (list->all[i].pid == pid) {
            return list->all[i].is_below;
        }
    }
    return false;
}

static void mark_those_below(struct process_list *list)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < list->count; i++) {
            struct process *process = &list->all[i];
            if (!process->is_below && is_below(list, process->parent)) {
                process->is_below = true;
                changed = true;
            }
        }
    }
}

// Kills all that are there now; more can come while this runs.
static void kill_those_below(void)
{
    struct process_list list = list_processes();
    mark_those_below(&list);
    for (size_t i = 0; i < list.count; i++) {
        if (list.all[i].is_below) {
            kill(list.all[i].pid, SIGKILL);
        }
    }
    free(list.all);
}

static time_t seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

bool processes_any(void)
{
    siginfo_t unused;
    return waitid(P_ALL, 0, &unused, WEXITED | WNOHANG | WNOWAIT) == 0;
}

bool processes_end_all(void)
{
    bool was_any = false;
    const time_t started = seconds_now();
    for (;;) {
        const pid_t reaped = waitpid(-1, NULL, WNOHANG);
        if (reaped < 0 && errno == ECHILD) {
            return was_any;
        }
        was_any = true;
        if (reaped > 0) {
            continue;
        }
        kill_those_below();  // so that the next wait ends
        waitpid(-1, NULL, 0);
        if (seconds_now() - started > GIVE_UP_SECONDS) {
            fault("the processes that a test started cannot be ended");
        }
    }
}
