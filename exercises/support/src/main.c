// wb_runner: runs the tests of an exercise against a learner's code, each in a
// process of its own. docs/runner.md says how it is called and what it prints.
// This file reads the command line; supervise.c runs a test.

#include "fault.h"
#include "probe.h"
#include "processes.h"
#include "report.h"
#include "supervise.h"
#include "test_list.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

static const char usage[] =
    "usage: wb_runner --list TESTS.so\n"
    "       wb_runner [--report FD] [--seconds S] [--output-bytes N]\n"
    "                 [--only TEST ...] TESTS.so CODE.so\n"
    "       wb_runner --probe\n";

enum action {
    ACTION_RUN,
    ACTION_LIST,
    ACTION_PROBE,
};

struct command {
    enum action action;
    int report;  // a descriptor, or -1
    double seconds;
    size_t output_bytes;
    char **only;  // names of tests; none: all of them
    size_t only_count;
    const char *tests_path;
    const char *code_path;
};

_Noreturn static void wrong_usage(const char *what, const char *detail)
{
    fprintf(stderr, "wb_runner: %s%s\n%s", what, detail, usage);
    exit(EXIT_USAGE);
}

static double number(const char *text, const char *option, double most)
{
    char *end;
    errno = 0;
    const double value = strtod(text, &end);
    if (end == text || *end != '\0' || errno != 0 || !(value >= 0) ||
        value > most) {
        wrong_usage("not a possible number: ", option);
    }
    return value;
}

static void read_options(int argc, char **argv, struct command *command)
{
    static const struct option options[] = {
        {"list", no_argument, NULL, 'l'},
        {"probe", no_argument, NULL, 'p'},
        {"report", required_argument, NULL, 'r'},
        {"seconds", required_argument, NULL, 's'},
        {"output-bytes", required_argument, NULL, 'b'},
        {"only", no_argument, NULL, 'o'},
        {0},
    };
    for (int option;
         (option = getopt_long(argc, argv, "+", options, NULL)) != -1;) {
        switch (option) {
        case 'l':
            command->action = ACTION_LIST;
            break;
        case 'p':
            command->action = ACTION_PROBE;
            break;
        case 'r':
            command->report = (int)number(optarg, "--report", 1e6);
            break;
        case 's':
            command->seconds = number(optarg, "--seconds", 1e6);
            break;
        case 'b':
            command->output_bytes =
                (size_t)number(optarg, "--output-bytes", 1e9);
            break;
        case 'o':  // the names are what stands before the two modules
            command->only = &argv[optind];
            return;
        default:
            wrong_usage("unknown, or incomplete: ", argv[optind - 1]);
        }
    }
}

static struct command read_command(int argc, char **argv)
{
    struct command command = {
        .report = -1,
        .seconds = 10,
        .output_bytes = 64 * 1024,
    };
    read_options(argc, argv, &command);
    const int modules[] = {
        [ACTION_RUN] = 2,
        [ACTION_LIST] = 1,
        [ACTION_PROBE] = 0,
    };
    const int left = argc - optind;
    const int wanted = modules[command.action];
    if (left < wanted || (left > wanted && command.only == NULL)) {
        wrong_usage("the modules: too few, or too many", "");
    }
    command.only_count = (size_t)(left - wanted);
    command.tests_path = wanted > 0 ? argv[argc - wanted] : NULL;
    command.code_path = wanted > 1 ? argv[argc - 1] : NULL;
    return command;
}

static void print_list(const struct test_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        printf("%s\t%s\n", list->tests[i].suite, list->tests[i].test);
    }
}

static bool is_wanted(const struct command *command, const char *test)
{
    for (size_t i = 0; i < command->only_count; i++) {
        if (strcmp(command->only[i], test) == 0) {
            return true;
        }
    }
    return command->only == NULL;
}

static bool is_a_test(const struct test_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->tests[i].test, name) == 0) {
            return true;
        }
    }
    return false;
}

static int run_tests(const struct command *command,
                     const struct test_list *list)
{
    for (size_t i = 0; i < command->only_count; i++) {
        if (!is_a_test(list, command->only[i])) {
            wrong_usage("there is no test ", command->only[i]);
        }
    }
    const struct settings settings = {
        .seconds = command->seconds,
        .output_bytes = command->output_bytes,
        .tests_path = command->tests_path,
        .code_path = command->code_path,
    };
    struct report report = {.descriptor = command->report};
    for (size_t i = 0; i < list->count; i++) {
        if (is_wanted(command, list->tests[i].test)) {
            struct result result = {0};
            supervise(&settings, &list->tests[i], &result);
            report_result(&report, &result);
            result_clear(&result);
        }
    }
    report_end(&report);
    return report.passed == report.tests ? EXIT_ALL_PASSED : EXIT_NOT_ALL;
}

// No process of a test may look into this one, and no signal that was ignored
// or handled by who started it may get in the way.
static void protect_runner(void)
{
    if (prctl(PR_SET_DUMPABLE, 0) != 0) {
        fault("the runner cannot be protected: %s", strerror(errno));
    }
    signal(SIGCHLD, SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    processes_adopt();
}

int main(int argc, char **argv)
{
    const struct command command = read_command(argc, argv);
    if (command.action == ACTION_PROBE) {
        return probe();
    }
    struct test_list list;
    struct buffer why = {0};
    if (!test_list_read(command.tests_path, &list, &why)) {
        fprintf(stderr, "wb_runner: %s\n", buffer_text(&why));
        return EXIT_USAGE;
    }
    int status = EXIT_ALL_PASSED;
    if (command.action == ACTION_LIST) {
        print_list(&list);
    } else {
        protect_runner();
        status = run_tests(&command, &list);
    }
    test_list_clear(&list);
    buffer_clear(&why);
    return status;
}
