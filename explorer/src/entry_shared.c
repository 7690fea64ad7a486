// Functions of libc that keep something in one place for all threads: the text
// that strtok is at, the time that localtime gives, the environment. Two
// threads that call them at the same time race, although the memory is libc's;
// so variables of ours stand for it. Their names are what reports tell.

#include "entry.h"

#include <stdlib.h>
#include <string.h>

static char place_of_strtok, result_of_localtime, result_of_ctime, environment;

static void changes(char *what, uintptr_t pc)
{
    xp_plain_access(AT(what), 1, XP_WRITE, pc);
}

char *xpi_strtok(char *text, const char *separators)
{
    uintptr_t pc = XP_PC;
    changes(&place_of_strtok, pc);
    char *token = strtok(text, separators);
    if (token != NULL) {
        xp_writes(token, strlen(token) + 1, pc);
    }
    return token;
}

struct tm *xpi_localtime(const time_t *time)
{
    changes(&result_of_localtime, XP_PC);
    return localtime(time);
}

struct tm *xpi_gmtime(const time_t *time)
{
    changes(&result_of_localtime, XP_PC);
    return gmtime(time);
}

char *xpi_ctime(const time_t *time)
{
    uintptr_t pc = XP_PC;
    changes(&result_of_localtime, pc);
    changes(&result_of_ctime, pc);
    return ctime(time);
}

char *xpi_asctime(const struct tm *time)
{
    changes(&result_of_ctime, XP_PC);
    return asctime(time);
}

char *xpi_getenv(const char *name)
{
    xp_plain_access(AT(&environment), 1, 0, XP_PC);
    return getenv(name);
}

int xpi_setenv(const char *name, const char *value, int overwrite)
{
    changes(&environment, XP_PC);
    return setenv(name, value, overwrite);
}

int xpi_unsetenv(const char *name)
{
    changes(&environment, XP_PC);
    return unsetenv(name);
}

int xpi_putenv(char *text)
{
    changes(&environment, XP_PC);
    return putenv(text);
}
