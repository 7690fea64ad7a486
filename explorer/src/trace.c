// Traces as text: what a schedule has to repeat, and nothing else.
//
//     xp-trace 1
//     mode default
//     seed 1
//     racy 4198822 4198849
//     choices 17=2 29=1
//
// The program that made it is kept beside it by whoever stores traces: places
// are addresses of that very program.

#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *xp_mode_name(enum xp_mode mode)
{
    static const char *const names[] = {"default", "spurious", "hostile"};
    return names[mode];
}

static void read_racy(char *text)
{
    for (char *word = strtok(text, " "); word != NULL;
         word = strtok(NULL, " ")) {
        xp_adopt_racy((uint32_t)strtoul(word, NULL, 10));
    }
}

static bool read_choices(char *text)
{
    for (char *word = strtok(text, " "); word != NULL;
         word = strtok(NULL, " ")) {
        unsigned at, taken;
        if (sscanf(word, "%u=%u", &at, &taken) != 2 ||
            XPS->replay_count >= XP_MAX_DEVIATIONS) {
            return false;
        }
        XPS->replay[XPS->replay_count++] =
            (struct xp_deviation){.at = at, .taken = taken};
    }
    return true;
}

static bool read_mode(const char *text)
{
    for (int mode = 0; mode < XP_MODES; mode++) {
        if (strcmp(text, xp_mode_name((enum xp_mode)mode)) == 0) {
            XPS->mode = (enum xp_mode)mode;
            return true;
        }
    }
    return false;
}

static bool read_line(char *line)
{
    line[strcspn(line, "\n")] = '\0';
    char *rest = strchr(line, ' ');
    if (rest == NULL) {
        return true;  // a list that is empty
    }
    *rest++ = '\0';
    if (strcmp(line, "mode") == 0) {
        return read_mode(rest);
    }
    if (strcmp(line, "seed") == 0) {
        XPS->options.seed = strtoull(rest, NULL, 10);
    } else if (strcmp(line, "racy") == 0) {
        read_racy(rest);
    } else if (strcmp(line, "choices") == 0) {
        return read_choices(rest);
    }
    return true;
}

bool xp_trace_read(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return false;
    }
    char *line = NULL;
    size_t size = 0;
    bool ok =
        getline(&line, &size, file) > 0 && strcmp(line, "xp-trace 1\n") == 0;
    while (ok && getline(&line, &size, file) > 0) {
        ok = read_line(line);
    }
    free(line);
    fclose(file);
    return ok;
}
