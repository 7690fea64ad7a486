#include "umbrella.h"

#include "buffer.h"

#include <link.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ALIGNMENT = 1 << 16 };  // a multiple of every machine's page size

// Comes from the linker: the header of the program that runs, which is of the
// right kind for this machine.
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

enum part {
    PART_ALL,      // what is mapped: the whole file
    PART_DYNAMIC,  // what the dynamic linker reads
    PART_STACK,    // says that no executable stack is wanted
    PARTS,
};

enum entry {
    ENTRY_FIRST,
    ENTRY_SECOND,
    ENTRY_NAMES,
    ENTRY_NAMES_SIZE,
    ENTRY_SYMBOLS,
    ENTRY_SYMBOL_SIZE,
    ENTRY_END,
    ENTRIES,
};

// The object, but for the names: these follow it. It is mapped at its own
// offsets, so that an offset is an address.
struct object {
    ElfW(Ehdr) header;
    ElfW(Phdr) parts[PARTS];
    ElfW(Dyn) dynamic[ENTRIES];
    ElfW(Sym) no_symbol;
};

static void set_header(ElfW(Ehdr) * header)
{
    *header = __ehdr_start;
    header->e_type = ET_DYN;
    header->e_entry = 0;
    header->e_phoff = offsetof(struct object, parts);
    header->e_phnum = PARTS;
    header->e_shoff = 0;
    header->e_shnum = 0;
    header->e_shstrndx = SHN_UNDEF;
}

static void set_parts(ElfW(Phdr) * parts, size_t whole_size)
{
    const size_t dynamic = offsetof(struct object, dynamic);
    parts[PART_ALL] = (ElfW(Phdr)){
        .p_type = PT_LOAD,
        .p_flags = PF_R | PF_W,
        .p_filesz = whole_size,
        .p_memsz = whole_size,
        .p_align = ALIGNMENT,
    };
    parts[PART_DYNAMIC] = (ElfW(Phdr)){
        .p_type = PT_DYNAMIC,
        .p_flags = PF_R | PF_W,
        .p_offset = dynamic,
        .p_vaddr = dynamic,
        .p_paddr = dynamic,
        .p_filesz = sizeof(ElfW(Dyn)) * ENTRIES,
        .p_memsz = sizeof(ElfW(Dyn)) * ENTRIES,
        .p_align = sizeof(ElfW(Addr)),
    };
    parts[PART_STACK] = (ElfW(Phdr)){
        .p_type = PT_GNU_STACK,
        .p_flags = PF_R | PF_W,
    };
}

static void set_entry(ElfW(Dyn) * entry, ElfW(Sxword) tag, size_t value)
{
    entry->d_tag = tag;
    entry->d_un.d_val = value;
}

// In the names, position 0 is the empty name; the paths follow.
static void set_dynamic(ElfW(Dyn) * dynamic, size_t first_length,
                        size_t names_size)
{
    set_entry(&dynamic[ENTRY_FIRST], DT_NEEDED, 1);
    set_entry(&dynamic[ENTRY_SECOND], DT_NEEDED, 1 + first_length + 1);
    set_entry(&dynamic[ENTRY_NAMES], DT_STRTAB, sizeof(struct object));
    set_entry(&dynamic[ENTRY_NAMES_SIZE], DT_STRSZ, names_size);
    set_entry(&dynamic[ENTRY_SYMBOLS], DT_SYMTAB,
              offsetof(struct object, no_symbol));
    set_entry(&dynamic[ENTRY_SYMBOL_SIZE], DT_SYMENT, sizeof(ElfW(Sym)));
    set_entry(&dynamic[ENTRY_END], DT_NULL, 0);
}

static int write_to_memory(const struct buffer *content)
{
    const int file = memfd_create("both modules", MFD_CLOEXEC);
    if (file < 0) {
        return -1;
    }
    // A file in memory takes all at once, or there is no memory.
    const ssize_t written = write(file, content->bytes, content->size);
    if (written < 0 || (size_t)written != content->size) {
        close(file);
        return -1;
    }
    return file;
}

int umbrella_make(const char *first_path, const char *second_path)
{
    const size_t first_length = strlen(first_path);
    const size_t names_size = 1 + first_length + 1 + strlen(second_path) + 1;
    struct object object = {0};
    set_header(&object.header);
    set_parts(object.parts, sizeof object + names_size);
    set_dynamic(object.dynamic, first_length, names_size);
    struct buffer content = {0};
    buffer_add(&content, &object, sizeof object);
    buffer_add(&content, "", 1);
    buffer_add(&content, first_path, first_length + 1);
    buffer_add(&content, second_path, strlen(second_path) + 1);
    const int file = content.failed ? -1 : write_to_memory(&content);
    buffer_clear(&content);
    return file;
}
