#include "elf_file.h"

#include <errno.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if __ELF_NATIVE_CLASS == 64
#define NATIVE_CLASS ELFCLASS64
#define SYMBOL_OF(info) ELF64_R_SYM(info)
#else
#define NATIVE_CLASS ELFCLASS32
#define SYMBOL_OF(info) ELF32_R_SYM(info)
#endif

// A table of equal entries, somewhere in the file.
struct table {
    const char *start;
    size_t count;
    size_t link;  // for symbols: the section with their names
};

// `size` bytes at an offset in the file, or NULL if they are not all there.
static const void *at_offset(const struct elf_file *file, uint64_t offset,
                             uint64_t size)
{
    if (offset > file->size || size > file->size - offset) {
        return NULL;
    }
    return file->bytes + offset;
}

static bool read_all(const char *path, struct elf_file *file)
{
    FILE *stream = fopen(path, "re");
    if (stream == NULL) {
        return false;
    }
    struct buffer content = {0};
    char piece[16384];
    for (size_t n; (n = fread(piece, 1, sizeof piece, stream)) > 0;) {
        buffer_add(&content, piece, n);
    }
    const bool is_whole = !ferror(stream) && !content.failed;
    fclose(stream);
    if (!is_whole) {
        buffer_clear(&content);
        errno = EIO;
        return false;
    }
    file->bytes = content.bytes;
    file->size = content.size;
    return true;
}

bool elf_file_open(const char *path, struct elf_file *file, struct buffer *why)
{
    *file = (struct elf_file){0};
    if (!read_all(path, file)) {
        buffer_add_format(why, "%s cannot be read: %s", path, strerror(errno));
        return false;
    }
    const ElfW(Ehdr) *header = at_offset(file, 0, sizeof *header);
    if (header == NULL || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
        header->e_ident[EI_CLASS] != NATIVE_CLASS || header->e_type != ET_DYN) {
        buffer_add_format(why, "%s is no shared object", path);
        free(file->bytes);
        *file = (struct elf_file){0};
        return false;
    }
    return true;
}

static const ElfW(Ehdr) * header_of(const struct elf_file *file)
{
    return (const ElfW(Ehdr) *)file->bytes;
}

static const ElfW(Shdr) * section(const struct elf_file *file, size_t i)
{
    const ElfW(Ehdr) *header = header_of(file);
    if (i >= header->e_shnum) {
        return NULL;
    }
    return at_offset(file, header->e_shoff + i * sizeof(ElfW(Shdr)),
                     sizeof(ElfW(Shdr)));
}

// The next table of this type, from section *i on; moves *i past it.
static bool next_table(const struct elf_file *file, unsigned type,
                       size_t entry_size, size_t *i, struct table *table)
{
    for (const ElfW(Shdr) * s; (s = section(file, (*i)++)) != NULL;) {
        const char *start = s->sh_type == type
                                ? at_offset(file, s->sh_offset, s->sh_size)
                                : NULL;
        if (start != NULL) {
            *table = (struct table){start, s->sh_size / entry_size, s->sh_link};
            return true;
        }
    }
    return false;
}

// A text inside the file, or NULL if it does not end.
static const char *text_at_offset(const struct elf_file *file, uint64_t offset)
{
    if (offset >= file->size ||
        memchr(file->bytes + offset, '\0', file->size - offset) == NULL) {
        return NULL;
    }
    return file->bytes + offset;
}

static const ElfW(Sym) * symbol(const struct table *symbols, size_t i)
{
    return i < symbols->count
               ? (const ElfW(Sym) *)(symbols->start + i * sizeof(ElfW(Sym)))
               : NULL;
}

static bool find_symbols(const struct elf_file *file, struct table *symbols)
{
    size_t first = 0;
    return next_table(file, SHT_DYNSYM, sizeof(ElfW(Sym)), &first, symbols);
}

uint64_t elf_file_symbol(const struct elf_file *file, const char *name)
{
    struct table symbols;
    const ElfW(Shdr) *names =
        find_symbols(file, &symbols) ? section(file, symbols.link) : NULL;
    for (size_t i = 0; names != NULL && i < symbols.count; i++) {
        const ElfW(Sym) *s = symbol(&symbols, i);
        const char *found = text_at_offset(file, names->sh_offset + s->st_name);
        if (s->st_shndx != SHN_UNDEF && found != NULL &&
            strcmp(found, name) == 0) {
            return s->st_value;
        }
    }
    return 0;
}

// `size` bytes at an address, or NULL if the file has none there.
static const void *at_address(const struct elf_file *file, uint64_t address,
                              uint64_t size, uint64_t *offset)
{
    const ElfW(Ehdr) *header = header_of(file);
    for (size_t i = 0; i < header->e_phnum; i++) {
        const ElfW(Phdr) *part =
            at_offset(file, header->e_phoff + i * sizeof *part, sizeof *part);
        if (part != NULL && part->p_type == PT_LOAD &&
            address >= part->p_vaddr &&
            address - part->p_vaddr < part->p_filesz) {
            *offset = address - part->p_vaddr + part->p_offset;
            return at_offset(file, *offset, size);
        }
    }
    return NULL;
}

const char *elf_file_text(const struct elf_file *file, uint64_t address)
{
    uint64_t offset;
    return at_address(file, address, 1, &offset) != NULL
               ? text_at_offset(file, offset)
               : NULL;
}

// What a relocation will write: an address in the file, or that of a symbol
// in the same file.
static uint64_t value_of(const struct elf_file *file,
                         const ElfW(Rela) * relocation)
{
    const uint64_t addend = (uint64_t)relocation->r_addend;
    const size_t number = SYMBOL_OF(relocation->r_info);
    struct table symbols;
    if (number == 0 || !find_symbols(file, &symbols)) {
        return addend;
    }
    const ElfW(Sym) *target = symbol(&symbols, number);
    const bool is_here = target != NULL && target->st_shndx != SHN_UNDEF;
    return is_here ? target->st_value + addend : 0;
}

uint64_t elf_file_pointer_at(const struct elf_file *file, uint64_t address)
{
    struct table relocations;
    for (size_t i = 0;
         next_table(file, SHT_RELA, sizeof(ElfW(Rela)), &i, &relocations);) {
        for (size_t j = 0; j < relocations.count; j++) {
            const ElfW(Rela) *relocation = (const ElfW(
                Rela) *)(relocations.start + j * sizeof(ElfW(Rela)));
            if (relocation->r_offset == address) {
                return value_of(file, relocation);
            }
        }
    }
    // Other kinds of relocations leave the value where it will stand.
    uint64_t offset;
    ElfW(Addr) value = 0;
    const void *there = at_address(file, address, sizeof value, &offset);
    if (there != NULL) {
        memcpy(&value, there, sizeof value);
    }
    return value;
}
