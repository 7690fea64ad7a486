#include "sanitizer.h"

#include "fault.h"
#include "sanitizer_flavour.h"

#if defined(HAS_ADDRESS_SANITIZER) || defined(HAS_THREAD_SANITIZER)

#include "leaks.h"

#include <dlfcn.h>
#include <errno.h>
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
    for (ssize_t n; (n = pread(report, piece, sizeof piece, at)) > 0;
         at += n) {
        buffer_add(words, piece, (size_t)n);
    }
    if (words->failed) {
        fault("no memory for a sanitizer's report");
    }
}

// gcc has one runtime for each sanitizer, as shared libraries, and each has
// its own idea of where reports go.
static int tell_runtime(struct dl_phdr_info *info, size_t size, void *report)
{
    (void)size;
    void *module = dlopen(info->dlpi_name, RTLD_NOW | RTLD_NOLOAD);
    if (module == NULL) {
        return 0;
    }
    void *function = dlsym(module, "__sanitizer_set_report_fd");
    if (function != NULL) {
        set_report_fd *set;
        memcpy(&set, &function, sizeof set);  // ISO C has no cast for this
        set(report);
    }
    dlclose(module);
    return 0;
}

void sanitizer_report_to(int report)
{
    dl_iterate_phdr(tell_runtime, (void *)(intptr_t)report);
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

void sanitizer_check_leaks(void)
{
    leaks_check();
}

#else

void sanitizer_check_leaks(void)
{
}

#endif

int sanitizer_probe(void)
{
    return EXIT_ALL_PASSED;
}
