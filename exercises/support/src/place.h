// Names a place in a module, for a message: `{MODULE+0xOFFSET}`. Who has the
// module's debug information makes a file and a line of it (docs/runner.md).

#ifndef PLACE_H
#define PLACE_H

#include <stddef.h>

enum { PLACE_SIZE = 320 };

// Writes the name of the place to which a call returns; the empty text if it
// is in no module, or is NULL.
void place_name(const void *place, char *name, size_t size);

#endif
