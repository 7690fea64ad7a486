// See support.h.

#define _GNU_SOURCE  // MAP_ANONYMOUS

#include "support.h"

#include <CUnit/Basic.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../src/process/system.h"
#include "../src/system.h"

// ----- coverage -----

// Measuring coverage: a program that is ended by abort() leaves no counts, so
// they are written when its signal arrives. Those that the child has from its
// parent are forgotten first: the parent writes them itself.
#ifdef CFUTURES_COVERAGE
void __gcov_dump(void);
void __gcov_reset(void);

static void write_counts(int number)
{
    (void)number;
    __gcov_dump();  // and abort() goes on
}

static void count_until_stopped(void)
{
    __gcov_reset();
    signal(SIGABRT, write_counts);
}
static void write_counts_at_exit(void)
{
    __gcov_dump();
}
#else
static void write_counts_at_exit(void)
{
}

static void write_counts(int number)
{
    (void)number;
}

static void count_until_stopped(void)
{
}
#endif

// ----- memory and threads -----

static struct cfi_system real;
static atomic_size_t blocks;
static atomic_uint created;
static atomic_bool no_threads;

// Seen by the processes of a process pool as well: the n-th request of all.
static struct {
    atomic_uint requests_until_failure;  // 0: none fails
    atomic_bool keeps_failing;
    atomic_bool has_failed;
} * plan;

static bool fails_now(void)
{
    bool fails = plan->has_failed && plan->keeps_failing;
    unsigned left = plan->requests_until_failure;
    while (left > 0 && !atomic_compare_exchange_weak(
                           &plan->requests_until_failure, &left, left - 1)) {
    }
    if (left == 1) {
        fails = true;
        plan->has_failed = true;
    }
    return fails;
}

void fail_request(unsigned n, bool for_ever)
{
    plan->requests_until_failure = 0;
    plan->keeps_failing = for_ever;
    plan->has_failed = false;
    plan->requests_until_failure = n;
}

bool a_request_failed(void)
{
    return plan->has_failed;
}

void fail_threads(bool fail)
{
    no_threads = fail;
}

size_t blocks_in_use(void)
{
    return blocks;
}

unsigned threads_created(void)
{
    return created;
}

static void *counted_allocate(size_t size)
{
    void *memory = fails_now() ? NULL : real.allocate(size);
    if (memory != NULL) {
        blocks++;
    }
    return memory;
}

static void counted_release(void *memory)
{
    if (memory != NULL) {
        blocks--;
    }
    real.release(memory);
}

static int counted_create_thread(pthread_t *thread, void *(*start)(void *),
                                 void *arg)
{
    if (no_threads || fails_now()) {
        return EAGAIN;
    }
    created++;
    return real.create_thread(thread, start, arg);
}

// ----- processes, descriptors and shared memory -----

#ifdef __linux__
static struct cfi_process_system real_processes;

static bool refused(int error_number)
{
    const bool fails = fails_now();
    if (fails) {
        errno = error_number;
    }
    return fails;
}

static int counted_create_memory(size_t size)
{
    return refused(EMFILE) ? -1 : real_processes.create_memory(size);
}

static void *counted_map(int descriptor, size_t size)
{
    return refused(ENOMEM) ? NULL : real_processes.map(descriptor, size);
}

static int counted_create_event(void)
{
    return refused(EMFILE) ? -1 : real_processes.create_event();
}

static int counted_create_sockets(int sockets[2])
{
    return refused(EMFILE) ? -1 : real_processes.create_sockets(sockets);
}

static pid_t counted_fork(void)
{
    return refused(EAGAIN) ? -1 : real_processes.fork_process();
}

static void count_processes(void)
{
    real_processes = cfi_process_system;
    cfi_process_system.create_memory = counted_create_memory;
    cfi_process_system.map = counted_map;
    cfi_process_system.create_event = counted_create_event;
    cfi_process_system.create_sockets = counted_create_sockets;
    cfi_process_system.fork_process = counted_fork;
    cfi_process_system.before_exit = write_counts_at_exit;
}
#else
static void count_processes(void)
{
}
#endif

void support_set_up(void)
{
    created = 0;
    fail_request(0, false);
    fail_threads(false);
}

void support_tear_down(void)
{
    fail_request(0, false);
    fail_threads(false);
    CU_ASSERT_EQUAL(blocks_in_use(), 0);
    blocks = 0;  // a leak is reported once
}

// ----- gates -----

void gate_enter(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->arrived++;
    pthread_cond_broadcast(&gate->changed);
    while (!gate->is_open) {
        pthread_cond_wait(&gate->changed, &gate->lock);
    }
    pthread_mutex_unlock(&gate->lock);
}

void gate_open(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->is_open = true;
    pthread_cond_broadcast(&gate->changed);
    pthread_mutex_unlock(&gate->lock);
}

void gate_await(struct gate *gate, int arrived)
{
    pthread_mutex_lock(&gate->lock);
    while (gate->arrived < arrived) {
        pthread_cond_wait(&gate->changed, &gate->lock);
    }
    pthread_mutex_unlock(&gate->lock);
}

// ----- tasks, and what a test asks of a future -----

cf_value itself(cf_value arg)
{
    return arg;
}

cf_value pass_gate(cf_value gate)
{
    gate_enter(cf_as_ptr(gate));
    return cf_int(1);
}

cf_value open_gate(cf_value gate)
{
    gate_open(cf_as_ptr(gate));
    return cf_int(1);
}

int code_of(cf_future *future)
{
    const cf_error *error = cf_exception(future);
    return error == NULL ? 0 : error->code;
}

// ----- programs that stop -----

static char *read_all(int descriptor)
{
    size_t room = 65536;
    size_t length = 0;
    char *text = calloc(1, room);
    ssize_t n;
    while (text != NULL && length < room - 1 &&
           (n = read(descriptor, text + length, room - 1 - length)) > 0) {
        length += (size_t)n;
    }
    return text;
}

char *stderr_of_child(void (*misuse)(void), int *signal)
{
    int ends[2];
    if (pipe(ends) != 0) {
        perror("pipe");
        exit(3);
    }
    fflush(NULL);
    const pid_t child = fork();
    if (child < 0) {
        perror("fork");
        exit(3);
    }
    if (child == 0) {
        close(ends[0]);
        dup2(ends[1], STDERR_FILENO);
        count_until_stopped();
        misuse();
        write_counts(0);
        _exit(0);
    }
    close(ends[1]);
    char *text = read_all(ends[0]);
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    *signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return text;
}

void check_stops(void (*misuse)(void), const char *text, int line)
{
    int signal = 0;
    char *report = stderr_of_child(misuse, &signal);
    const bool is_right = signal == SIGABRT && strstr(report, text) != NULL;
    if (!is_right) {
        printf("\n  line %d: ended by signal %d, expected %d and \"%s\"; "
               "stderr was:\n%s\n",
               line, signal, SIGABRT, text, report);
    }
    CU_ASSERT(is_right);
    free(report);
}

// ----- main -----

int main(void)
{
    plan = mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if ((void *)plan == MAP_FAILED) {
        perror("mmap");
        return 3;
    }
    count_processes();
    real = cfi_system;
    cfi_system = (struct cfi_system){
        .allocate = counted_allocate,
        .release = counted_release,
        .create_thread = counted_create_thread,
    };
    if (CU_initialize_registry() != CUE_SUCCESS ||
        CU_register_suites(suites) != CUE_SUCCESS) {
        fprintf(stderr, "CUnit: %s\n", CU_get_error_msg());
        return 3;
    }
    CU_basic_set_mode(CU_BRM_VERBOSE);
    CU_basic_run_tests();
    const unsigned failures = CU_get_number_of_failures();
    const unsigned run = CU_get_number_of_tests_run();
    CU_cleanup_registry();
    return failures != 0 || run == 0;
}
