// Which condition variables and semaphores are shared between processes? What
// happens to these is not seen here, so that their waits are left alone.

#ifndef SHARED_H
#define SHARED_H

#include <stdbool.h>

// The object is shared, or is not (any more). False if there is no room for
// another note.
bool shared_note(const void *object, bool is_shared);

bool shared_is_noted(const void *object);

#endif
