#include "suites.h"

#include "elf_symbols.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

static void *tests_module;
static void *code_module;

// dlopen looks for a name without a slash in the system's folders, so the
// whole path is given.
static void *load(const char *path, int flags, struct buffer *why)
{
    char *whole = realpath(path, NULL);
    void *module = dlopen(whole != NULL ? whole : path, flags);
    if (module == NULL) {
        buffer_add_text(why, dlerror());
    }
    free(whole);
    return module;
}

bool suites_load(const char *tests_path, struct buffer *why)
{
    // Lazily: the functions that it calls come with the code, later.
    tests_module = load(tests_path, RTLD_LAZY | RTLD_GLOBAL, why);
    if (tests_module == NULL) {
        buffer_add_text(why, "\n(a test may call a function of the code under "
                             "test, but not take its address)");
        return false;
    }
    CU_SuiteInfo *suites = dlsym(tests_module, "wb_suites");
    if (suites == NULL) {
        buffer_add_format(why, "%s defines no wb_suites", tests_path);
        return false;
    }
    if (CU_initialize_registry() != CUE_SUCCESS ||
        CU_register_suites(suites) != CUE_SUCCESS) {
        buffer_add_format(why, "%s: CUnit refuses its suites: %s", tests_path,
                          CU_get_error_msg());
        return false;
    }
    return true;
}

// Says why the dynamic linker refused the code, in the learner's terms.
static void explain(const char *linker_words, struct buffer *why)
{
    static const char undefined[] = "undefined symbol: ";
    const char *name = strstr(linker_words, undefined);
    if (name == NULL) {
        buffer_add_format(why, "The code cannot be loaded: %s", linker_words);
        return;
    }
    buffer_add_format(why,
                      "The code uses `%s`, but nobody defines that: is the "
                      "name right, and is the function written?",
                      name + strlen(undefined));
}

static void add_if_missing(const char *name, void *context)
{
    struct buffer *missing = context;
    if (dlsym(RTLD_DEFAULT, name) == NULL) {
        buffer_add_format(missing, "%s`%s`", missing->size > 0 ? ", " : "",
                          name);
    }
}

bool suites_load_code(const char *code_path, struct buffer *why)
{
    struct buffer words = {0};
    code_module = load(code_path, RTLD_NOW | RTLD_GLOBAL, &words);
    if (code_module == NULL) {
        explain(buffer_text(&words), why);
        buffer_clear(&words);
        return false;
    }
    struct buffer missing = {0};
    elf_each_called_function(tests_module, add_if_missing, &missing);
    if (missing.size > 0) {
        buffer_add_format(why,
                          "The code lacks %s, which the tests call: is it "
                          "there, under this name, and not static?",
                          buffer_text(&missing));
        buffer_clear(&missing);
        return false;
    }
    return true;
}

bool suites_code_range(uintptr_t *from, uintptr_t *to)
{
    return code_module != NULL && elf_range(code_module, from, to);
}
