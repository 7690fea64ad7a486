// Memory that libc gives, to be freed by the program; -DLEAKS=n: not that one.
#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#ifndef LEAKS
#define LEAKS 0
#endif

static void give_back(int number, void *memory)
{
    assert(memory != NULL);
    if (number != LEAKS) {
        free(memory);
    }
}

static char *printed(void)
{
    char *text;
    assert(asprintf(&text, "%d%% of %s", 50, "all") == 10);
    assert(strcmp(text, "50% of all") == 0);
    return text;
}

static char *streamed(void)
{
    char *text;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    fprintf(file, "%s and ", "one");
    fflush(file);
    assert(size == 8 && strcmp(text, "one and ") == 0);
    fputs("two", file);
    assert(fclose(file) == 0 && size == 11);
    assert(strcmp(text, "one and two") == 0);
    return text;
}

static char *line_read(void)
{
    char content[] = "first\nsecond\n";
    FILE *file = fmemopen(content, strlen(content), "r");
    char *line = NULL;
    size_t size = 0;
    assert(getline(&line, &size, file) == 6 && strcmp(line, "first\n") == 0);
    fclose(file);
    return line;
}

static struct dirent **listed(void)
{
    struct dirent **list;
    int count = scandir("/", &list, NULL, alphasort);
    assert(count >= 2 && strcmp(list[0]->d_name, ".") == 0);
    for (int i = 0; i < count; i++) {
        free(list[i]);
    }
    return list;
}

int main(void)
{
    give_back(1, printed());
    give_back(2, streamed());
    give_back(3, line_read());
    give_back(4, listed());
    give_back(5, realpath("/", NULL));
    give_back(6, getcwd(NULL, 0));
    give_back(7, wcsdup(L"wide"));
    give_back(8, strndup("text", 2));
    return 0;
}
