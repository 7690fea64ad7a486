#include "report.h"

#include "fault.h"
#include "json.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void write_line(int descriptor, struct buffer *line)
{
    buffer_add_text(line, "\n");
    if (line->failed) {
        fault("no memory for the report");
    }
    size_t done = 0;
    while (done < line->size) {
        const ssize_t n =
            write(descriptor, line->bytes + done, line->size - done);
        if (n < 0 && errno != EINTR) {
            fault("the report cannot be written: %s", strerror(errno));
        }
        done += n > 0 ? (size_t)n : 0;
    }
    buffer_clear(line);
}

static void add_failures(struct buffer *line, const struct result *result)
{
    buffer_add_text(line, ", \"failures\": [");
    for (size_t i = 0; i < result->failures_count; i++) {
        const struct failure *failure = &result->failures[i];
        buffer_add_text(line, i > 0 ? ", {\"file\": " : "{\"file\": ");
        json_add_text(line, failure->file);
        buffer_add_format(
            line, ", \"line\": %u, \"message\": ", (unsigned)failure->line);
        json_add_text(line, failure->message);
        buffer_add_text(line, "}");
    }
    buffer_add_text(line, "]");
}

static void add_number(struct buffer *line, const char *key, int number)
{
    if (number == NO_NUMBER) {
        buffer_add_format(line, ", \"%s\": null", key);
    } else {
        buffer_add_format(line, ", \"%s\": %d", key, number);
    }
}

static void report_json(int descriptor, const struct result *result)
{
    struct buffer line = {0};
    buffer_add_text(&line, "{\"suite\": ");
    json_add_text(&line, result->suite);
    buffer_add_text(&line, ", \"test\": ");
    json_add_text(&line, result->test);
    buffer_add_format(&line, ", \"verdict\": \"%s\", \"checks\": %u",
                      verdict_name(result->verdict), (unsigned)result->checks);
    add_failures(&line, result);
    add_number(&line, "signal", result->signal);
    add_number(&line, "exit_code", result->exit_code);
    buffer_add_text(&line, ", \"message\": ");
    json_add_bytes(&line, result->message.bytes, result->message.size);
    buffer_add_text(&line, ", \"output\": ");
    json_add_bytes(&line, result->output.bytes, result->output.size);
    buffer_add_format(&line, ", \"seconds\": %.3f}", result->seconds);
    write_line(descriptor, &line);
}

// Prints a text of several lines, each moved to the right.
static void print_indented(const char *text)
{
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        printf("        %.*s\n", (int)length, text);
        text += length + (text[length] == '\n' ? 1 : 0);
    }
}

static void print_result(const struct result *result)
{
    if (result->verdict == VERDICT_PASSED) {
        printf("  passed  %s: %s\n", result->suite, result->test);
        return;
    }
    printf("  %-7s %s: %s\n", verdict_name(result->verdict), result->suite,
           result->test);
    for (size_t i = 0; i < result->failures_count; i++) {
        const struct failure *failure = &result->failures[i];
        if (failure->file[0] != '\0') {
            printf("        %s:%u:\n", failure->file, (unsigned)failure->line);
        }
        print_indented(failure->message);
    }
    print_indented(buffer_text(&result->message));
    if (result->output.size > 0) {
        printf("      What it printed:\n");
        print_indented(buffer_text(&result->output));
    }
}

void report_result(struct report *report, const struct result *result)
{
    report->tests++;
    report->passed += result->verdict == VERDICT_PASSED ? 1 : 0;
    if (result->message.failed || result->output.failed) {
        fault("no memory for the result of %s", result->test);
    }
    if (report->descriptor >= 0) {
        report_json(report->descriptor, result);
        return;
    }
    print_result(result);
    fflush(stdout);
}

void report_end(struct report *report)
{
    if (report->descriptor >= 0) {
        struct buffer line = {0};
        buffer_add_format(&line, "{\"end\": true, \"tests\": %zu}",
                          report->tests);
        write_line(report->descriptor, &line);
    } else {
        printf("%zu of %zu passed\n", report->passed, report->tests);
        if (fflush(stdout) != 0) {
            fault("the report cannot be written: %s", strerror(errno));
        }
    }
}
