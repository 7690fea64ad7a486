// cfutures' port layer inside the explorer: its own wait-on-address. Time and
// CPUs come from port_common.c, which the explorer answers as it does
// everybody.

#include "port.h"

#include <explorer.h>

bool cfi_port_wait(cfi_word *word, uint32_t expected, int64_t deadline)
{
    int64_t until = -1;  // for ever
    if (deadline != CFI_NO_DEADLINE) {
        int64_t left = deadline - cfi_port_now();
        until = left > 0 ? xp_now() + left : 0;
    }
    return xp_address_wait((const uint32_t *)word, expected, until);
}

void cfi_port_wake(cfi_word *word, int count)
{
    xp_address_wake((const uint32_t *)word, count);
}

bool cfi_port_watch(void (*in_child)(void), void (*at_exit)(void))
{
    (void)in_child;
    (void)at_exit;
    return true;
}
