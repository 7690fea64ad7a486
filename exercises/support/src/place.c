// See place.h.

#include "place.h"

#include "wb_test.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

void place_name(const void *place, char *name, size_t size)
{
    name[0] = '\0';
    Dl_info module;
    if (place == NULL || dladdr(place, &module) == 0 ||
        module.dli_fname == NULL) {
        return;
    }
    const char *slash = strrchr(module.dli_fname, '/');
    snprintf(name, size, "{%s+0x%tx}",
             slash != NULL ? slash + 1 : module.dli_fname,
             (const char *)place - (const char *)module.dli_fbase);
}

const char *wb_at(const void *caller)
{
    static char text[PLACE_SIZE + sizeof ", at "];
    char name[PLACE_SIZE];
    place_name(caller, name, sizeof name);
    snprintf(text, sizeof text, "%s%s", name[0] != '\0' ? ", at " : "", name);
    return text;
}
