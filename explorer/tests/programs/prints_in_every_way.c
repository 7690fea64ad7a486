// Formats with every kind of argument before a text; -DLATE: the text is gone.
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

int main(void)
{
    char *text = strdup("the text");
    int written;
    if (text == NULL) {
        return 1;
    }
#ifdef LATE
    free(text);
#endif
    printf("%%%c%lc%hhd%hd%-+5d%ld%lld%jd%zu%td%n", 'c', L'w', (signed char)1,
           (short)2, 3, 4L, 5LL, (intmax_t)6, (size_t)7, (ptrdiff_t)8,
           &written);
    printf("%f%Lf%10.3e%p%ls%m%*d%.*f%s|%.3s|%-10s|%s\n", 1.5, 2.5L, 3.5,
           (void *)text, L"wide", 5, 6, 2, 7.5, text, "abc", text,
           (char *)NULL);
#ifndef LATE
    free(text);
#endif
    return 0;
}
