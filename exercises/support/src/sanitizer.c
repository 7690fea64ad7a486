#include "sanitizer.h"

#include "sanitizer_flavour.h"

#if defined(HAS_ADDRESS_SANITIZER) || defined(HAS_THREAD_SANITIZER)

#include "fault.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef void set_report_fd(void *descriptor);

int sanitizer_open_report(void)
{
    const int report = memfd_create("sanitizer report", MFD_CLOEXEC);
    if (report < 0) {
        fault("no file for sanitizer reports: %s", strerror(errno));
    }
    return report;
}

void sanitizer_read_report(int report, struct buffer *words)
{
    char piece[4096];
    off_t at = 0;
    for (ssize_t n; (n = pread(report, piece, sizeof piece, at)) > 0; at += n) {
        buffer_add(words, piece, (size_t)n);
    }
    if (words->failed) {
        fault("no memory for a sanitizer's report");
    }
}

static void tell_runtime(void *module, int report)
{
    void *function = dlsym(module, "__sanitizer_set_report_fd");
    if (function != NULL) {
        set_report_fd *set;
        memcpy(&set, &function, sizeof set);  // ISO C has no cast for this
        // Each gets a descriptor of its own: when one of them reports for the
        // first time, it may close that of another.
        set((void *)(intptr_t)fcntl(report, F_DUPFD_CLOEXEC, 0));
    }
}

static int tell_if_runtime(struct dl_phdr_info *info, size_t size, void *report)
{
    (void)size;
    void *module = dlopen(info->dlpi_name, RTLD_NOW | RTLD_NOLOAD);
    if (module != NULL) {
        tell_runtime(module, *(const int *)report);
        dlclose(module);
    }
    return 0;
}

// gcc has a runtime of its own for each sanitizer, as shared libraries, and
// each has its own idea of where reports go. clang has one, in the program.
void sanitizer_report_to(int report)
{
    tell_runtime(RTLD_DEFAULT, report);
    dl_iterate_phdr(tell_if_runtime, &report);
}

#else

int sanitizer_open_report(void)
{
    return -1;
}

void sanitizer_read_report(int report, struct buffer *words)
{
    (void)report;
    (void)words;
}

void sanitizer_report_to(int report)
{
    (void)report;
}

#endif

#ifdef HAS_ADDRESS_SANITIZER

#include "leaks.h"
#include "processes.h"

#include <sanitizer/lsan_interface.h>

bool sanitizer_check_leaks(int report)
{
    if (processes_any()) {
        return true;  // left by the code under test, which is worse
    }
    if (__lsan_do_recoverable_leak_check() == 0) {
        return true;
    }
    processes_end_all();  // clang's sanitizers leave their symbolizer
    struct buffer all = {0};
    struct buffer of_code = {0};
    sanitizer_read_report(report, &all);
    leaks_of_code(buffer_text(&all), &of_code);
    const bool rewritten = ftruncate(report, 0) == 0 &&
                           lseek(report, 0, SEEK_SET) == 0 &&
                           write(report, buffer_text(&of_code), of_code.size) ==
                               (ssize_t)of_code.size;
    buffer_clear(&all);
    buffer_clear(&of_code);
    return rewritten;
}

#else

bool sanitizer_check_leaks(int report)
{
    (void)report;
    return true;
}

#endif
