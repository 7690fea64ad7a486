// What the tests of worker processes share: tasks that say where they run, and
// what a death looks like to who waits for the task.

#ifndef PROCESS_SUPPORT_H
#define PROCESS_SUPPORT_H

#include <cfutures.h>
#include <stdint.h>

// Tasks. The parent of a worker is its zygote.
cf_value own_pid(cf_value unused);
cf_value parent_pid(cf_value unused);

// Runs a task that returns an int.
int64_t int_of(cf_executor *pool, cf_task task);

// A task's worker has died, and the message says so with this text in it.
void check_death(const cf_error *error, const char *text);

// A number that is the same again when all descriptors of in between are
// closed.
int descriptors_in_use(void);

#endif
