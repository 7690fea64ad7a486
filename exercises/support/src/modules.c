// Each module uses functions of the other, and takes their addresses, so
// neither can be loaded first. But what is loaded in one call may be circular:
// so a third module is made, in memory, that is empty and needs them both.

#include "modules.h"

#include "umbrella.h"

#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uintptr_t code_from;
static uintptr_t code_to;

// Puts the reason of the dynamic linker in the terms of the code's author.
// Its words are "PATH: undefined symbol: NAME", or others.
static void explain(const char *words, const char *tests_path,
                    struct buffer *why)
{
    static const char undefined[] = ": undefined symbol: ";
    const char *at = strstr(words, undefined);
    if (at == NULL) {
        buffer_add_format(why, "The code cannot be loaded: %s", words);
        return;
    }
    const char *name = at + strlen(undefined);
    const int length = (int)strcspn(name, ", ");
    if (strncmp(words, tests_path, strlen(tests_path)) == 0) {
        buffer_add_format(why,
                          "The code lacks the function `%.*s`: is it there, "
                          "under this name, and not static?",
                          length, name);
    } else {
        buffer_add_format(why,
                          "The code uses `%.*s`, but nobody defines that: is "
                          "the name right, and is the function written?",
                          length, name);
    }
}

static void *load_together(const char *tests_path, const char *code_path,
                           struct buffer *why)
{
    char path[64];
    const int file = umbrella_make(tests_path, code_path);
    if (file < 0) {
        buffer_add_text(why, "no memory to load the code");
        return NULL;
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    void *module = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
    if (module == NULL) {
        explain(dlerror(), tests_path, why);
    }
    close(file);
    return module;
}

static int find_code(struct dl_phdr_info *info, size_t size, void *path)
{
    (void)size;
    if (strcmp(info->dlpi_name, path) != 0) {
        return 0;
    }
    code_from = info->dlpi_addr;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type == PT_LOAD) {
            code_to = info->dlpi_addr + part->p_vaddr + part->p_memsz;
        }
    }
    return 1;
}

bool modules_is_in_code(uintptr_t address)
{
    return address >= code_from && address < code_to;
}

static bool register_suites(void *module, struct buffer *why)
{
    CU_SuiteInfo *suites = dlsym(module, "wb_suites");
    if (suites == NULL || CU_initialize_registry() != CUE_SUCCESS ||
        CU_register_suites(suites) != CUE_SUCCESS) {
        buffer_add_format(why, "CUnit refuses the tests: %s",
                          CU_get_error_msg());
        return false;
    }
    return true;
}

bool modules_load(const char *tests_path, const char *code_path,
                  struct buffer *why)
{
    char *tests = realpath(tests_path, NULL);
    char *code = realpath(code_path, NULL);
    void *module = NULL;
    if (tests == NULL || code == NULL) {
        buffer_add_format(why, "%s cannot be found",
                          tests == NULL ? tests_path : code_path);
    } else {
        module = load_together(tests, code, why);
    }
    if (module != NULL) {
        dl_iterate_phdr(find_code, code);
    }
    free(tests);
    free(code);
    return module != NULL && register_suites(module, why);
}
