// Sends a record of a test that passed, without having been asked for it: with
// one check, no failure, and a nonce of its own.

#include <unistd.h>

void deed(void);

void deed(void)
{
    static const char record[] = "R\x18\0\0\0"
                                 "0123456789abcdef"
                                 "\1\0\0\0\0\0\0\0";
    (void)!write(3, record, sizeof record - 1);
    _exit(0);
}
