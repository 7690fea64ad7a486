// What the dynamic linker knows of a loaded module and has no function for.

#ifndef ELF_SYMBOLS_H
#define ELF_SYMBOLS_H

#include <stdbool.h>
#include <stdint.h>

// Calls `each` for every function of another module that this one calls and
// does not merely use if it is there (weak).
void elf_each_called_function(void *module,
                              void (*each)(const char *name, void *context),
                              void *context);

// The addresses at which the module lies: from <= address < to.
bool elf_range(void *module, uintptr_t *from, uintptr_t *to);

#endif
