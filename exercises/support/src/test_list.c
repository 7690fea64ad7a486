#include "test_list.h"

#include "elf_file.h"
#include "fault.h"

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <stdlib.h>

static void add(struct test_list *list, struct test_name test)
{
    struct test_name *tests =
        realloc(list->tests, (list->count + 1) * sizeof *tests);
    if (tests == NULL) {
        fault("no memory for the list of tests");
    }
    tests[list->count++] = test;
    list->tests = tests;
}

// The text that the pointer at this address points to, or NULL.
static const char *text_at(const struct elf_file *file, uint64_t address)
{
    const uint64_t text = elf_file_pointer_at(file, address);
    return text != 0 ? elf_file_text(file, text) : NULL;
}

static void read_suite(const struct elf_file *file, uint64_t tests,
                       struct test_name name, struct test_list *list)
{
    for (uint64_t at = tests;; at += sizeof(CU_TestInfo)) {
        name.test = text_at(file, at + offsetof(CU_TestInfo, pName));
        if (name.test == NULL) {
            return;
        }
        add(list, name);
        name.test_index++;
    }
}

static void read_suites(const struct elf_file *file, uint64_t suites,
                        struct test_list *list)
{
    struct test_name name = {0};
    for (uint64_t at = suites;; at += sizeof(CU_SuiteInfo)) {
        name.suite = text_at(file, at + offsetof(CU_SuiteInfo, pName));
        if (name.suite == NULL) {
            return;
        }
        const uint64_t tests =
            elf_file_pointer_at(file, at + offsetof(CU_SuiteInfo, pTests));
        if (tests != 0) {
            read_suite(file, tests, name, list);
        }
        name.suite_index++;
    }
}

bool test_list_read(const char *path, struct test_list *list,
                    struct buffer *why)
{
    struct elf_file file;
    *list = (struct test_list){0};
    if (!elf_file_open(path, &file, why)) {
        return false;
    }
    list->file = file.bytes;
    list->file_size = file.size;
    const uint64_t suites = elf_file_symbol(&file, "wb_suites");
    if (suites == 0) {
        buffer_add_format(why, "%s defines no wb_suites", path);
        return false;
    }
    read_suites(&file, suites, list);
    if (list->count == 0) {
        buffer_add_format(why, "%s: its wb_suites are empty", path);
        return false;
    }
    return true;
}

void test_list_clear(struct test_list *list)
{
    free(list->tests);
    free(list->file);
    *list = (struct test_list){0};
}
