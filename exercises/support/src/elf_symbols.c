#include "elf_symbols.h"

#include <dlfcn.h>
#include <link.h>
#include <stddef.h>

#if __ELF_NATIVE_CLASS == 64
#define SYMBOL_OF(info) ELF64_R_SYM(info)
#define BINDING_OF(info) ELF64_ST_BIND(info)
#else
#define SYMBOL_OF(info) ELF32_R_SYM(info)
#define BINDING_OF(info) ELF32_ST_BIND(info)
#endif

// The parts of the dynamic section that say which functions are called
// through the procedure linkage table.
struct call_table {
    const ElfW(Sym) *symbols;
    const char *names;
    uintptr_t relocations;
    size_t size;
    bool has_addends;
};

static struct link_map *map_of(void *module)
{
    struct link_map *map = NULL;
    return dlinfo(module, RTLD_DI_LINKMAP, &map) == 0 ? map : NULL;
}

// glibc has added the load address to these entries already; musl has not.
static uintptr_t address_in(const struct link_map *map, uintptr_t address)
{
    return address < map->l_addr ? address + map->l_addr : address;
}

static struct call_table call_table_of(const struct link_map *map)
{
    struct call_table table = {0};
    for (const ElfW(Dyn) *entry = map->l_ld; entry->d_tag != DT_NULL;
         entry++) {
        const uintptr_t at = address_in(map, entry->d_un.d_ptr);
        switch (entry->d_tag) {
        case DT_SYMTAB:
            table.symbols = (const ElfW(Sym) *)at;
            break;
        case DT_STRTAB:
            table.names = (const char *)at;
            break;
        case DT_JMPREL:
            table.relocations = at;
            break;
        case DT_PLTRELSZ:
            table.size = entry->d_un.d_val;
            break;
        case DT_PLTREL:
            table.has_addends = entry->d_un.d_val == DT_RELA;
            break;
        default:
            break;
        }
    }
    return table;
}

void elf_each_called_function(void *module,
                              void (*each)(const char *name, void *context),
                              void *context)
{
    const struct link_map *map = map_of(module);
    if (map == NULL) {
        return;
    }
    const struct call_table table = call_table_of(map);
    const size_t step =
        table.has_addends ? sizeof(ElfW(Rela)) : sizeof(ElfW(Rel));
    for (size_t at = 0; at + step <= table.size; at += step) {
        // A Rela begins with the members of a Rel.
        const ElfW(Rel) *relocation =
            (const ElfW(Rel) *)(table.relocations + at);
        const ElfW(Sym) *symbol =
            &table.symbols[SYMBOL_OF(relocation->r_info)];
        if (symbol->st_shndx == SHN_UNDEF &&
            BINDING_OF(symbol->st_info) == STB_GLOBAL) {
            each(table.names + symbol->st_name, context);
        }
    }
}

struct range_search {
    uintptr_t load_address;
    uintptr_t to;
};

static int find_range(struct dl_phdr_info *info, size_t size, void *context)
{
    (void)size;
    struct range_search *search = context;
    if (info->dlpi_addr != search->load_address) {
        return 0;
    }
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type == PT_LOAD) {
            search->to = info->dlpi_addr + part->p_vaddr + part->p_memsz;
        }
    }
    return 1;
}

bool elf_range(void *module, uintptr_t *from, uintptr_t *to)
{
    const struct link_map *map = map_of(module);
    if (map == NULL) {
        return false;
    }
    struct range_search search = {.load_address = map->l_addr};
    if (dl_iterate_phdr(find_range, &search) == 0) {
        return false;
    }
    *from = map->l_addr;
    *to = search.to;
    return true;
}
