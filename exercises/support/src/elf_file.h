// The file of a shared object, read but not loaded. Every position in it is
// checked before it is used.

#ifndef ELF_FILE_H
#define ELF_FILE_H

#include "buffer.h"

struct elf_file {
    char *bytes;  // freed by whoever opened the file
    size_t size;
};

// Reads the whole file. False, with `why`, if it is no shared object of this
// machine's kind.
bool elf_file_open(const char *path, struct elf_file *file, struct buffer *why);

// The address of an exported symbol, or 0. All addresses are those in the
// file, as if it were loaded at 0.
uint64_t elf_file_symbol(const struct elf_file *file, const char *name);

// The pointer that will stand at this address once the file is loaded, or 0.
uint64_t elf_file_pointer_at(const struct elf_file *file, uint64_t address);

// The text at this address, or NULL if there is none.
const char *elf_file_text(const struct elf_file *file, uint64_t address);

#endif
