// Lets one death break the pool, as Python does.

#include "crash_costs_one.h"

#include <stdio.h>

static void set_page(struct page *page, enum fate fate, const char *text)
{
    page->fate = fate;
    snprintf(page->text, sizeof page->text, "%s", text);
}

static void note(cf_value result, struct page *page)
{
    const cf_error *error = cf_as_error(result);
    if (error == NULL) {
        set_page(page, READ, cf_as_str(result));
    } else if (error->code == CF_EDIED) {
        set_page(page, CRASHED, "");
    } else {
        set_page(page, UNREADABLE, error->message);
    }
}

int read_all(const char *names[], int count, struct page pages[])
{
    int crashed = 0;
    cf_with (pool,
             cf_process_pool(.max_workers = WORKERS, .on_death = CF_BREAK)) {
        struct page *page = pages;
        cf_for (result, cf_map(pool, read_page, names, (size_t)count)) {
            note(result, page);
            crashed += page->fate == CRASHED;
            page++;
        }
    }
    return crashed;
}
