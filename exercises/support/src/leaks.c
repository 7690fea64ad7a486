// The leak sanitizer looks at the whole process and does not know whose leak
// is whose. So its report is read again, and only those blocks are kept of
// which an address in the stack trace lies in the code under test. What only
// the test, or cfutures, allocated is not the learner's.
//
// A report:
//
//     ==PID==ERROR: LeakSanitizer: detected memory leaks
//
//     Direct leak of 12 byte(s) in 1 object(s) allocated from:
//         #0 0x7f3a... in malloc ...
//         #1 0x7f3b... in make_label greeter.c:12
//     (an empty line, then the next block)
//     SUMMARY: AddressSanitizer: 12 byte(s) leaked in 1 allocation(s).

#include "leaks.h"

#include "modules.h"

#include <stdio.h>
#include <string.h>

struct line {
    const char *start;
    int length;  // without the '\n'
};

struct block {
    struct line title;
    unsigned long bytes;
    unsigned long objects;
    const char *end;
    bool is_of_code;
};

static const char *after(struct line line)
{
    const char *end = line.start + line.length;
    return *end == '\n' ? end + 1 : end;
}

static struct line line_at(const char *start)
{
    return (struct line){start, (int)strcspn(start, "\n")};
}

static bool is_in_code(struct line frame)
{
    unsigned long address;
    return sscanf(frame.start, " #%*u 0x%lx", &address) == 1 &&
           modules_is_in_code(address);
}

// Reads the block that begins with this line. False if none does.
static bool read_block(struct line title, struct block *block)
{
    *block = (struct block){.title = title};
    if (sscanf(title.start, "%*[DI]%*s leak of %lu byte(s) in %lu object(s)",
               &block->bytes, &block->objects) != 2) {
        return false;
    }
    struct line line = line_at(after(title));
    for (; line.length > 0; line = line_at(after(line))) {
        block->is_of_code |= is_in_code(line);
    }
    block->end = line.start;
    return true;
}

void leaks_of_code(const char *report, struct buffer *of_code)
{
    struct buffer blocks = {0};
    unsigned long bytes = 0;
    unsigned long objects = 0;
    for (struct line line = line_at(report); line.start[0] != '\0';
         line = line_at(after(line))) {
        struct block block;
        if (read_block(line, &block) && block.is_of_code) {
            buffer_add(&blocks, line.start, (size_t)(block.end - line.start));
            buffer_add_text(&blocks, "\n");
            bytes += block.bytes;
            objects += block.objects;
        }
    }
    if (objects > 0) {
        buffer_add_format(of_code,
                          "ERROR: LeakSanitizer: detected memory leaks\n\n"
                          "%s"
                          "SUMMARY: AddressSanitizer: %lu byte(s) leaked in "
                          "%lu allocation(s).\n",
                          buffer_text(&blocks), bytes, objects);
    }
    buffer_clear(&blocks);
}
