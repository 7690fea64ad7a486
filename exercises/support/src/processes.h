// The processes that a test leaves behind. The runner adopts every descendant
// whose parent has ended, so that none gets away, and ends them all.

#ifndef PROCESSES_H
#define PROCESSES_H

#include <stdbool.h>

// Once, at the start of the runner.
void processes_adopt(void);

// Has this process children, alive or dead and not waited for?
bool processes_any(void);

// Kills and reaps every process below this one, however deep. Returns whether
// there was any, alive or dead and not waited for.
bool processes_end_all(void);

#endif
