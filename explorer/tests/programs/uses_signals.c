// Signals as POSIX promises them, on the virtual clock.
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t handled, last_number;

static void count(int number)
{
    handled++;
    last_number = number;
}

static void count_with_info(int number, siginfo_t *info, void *context)
{
    assert(info->si_signo == number && context != NULL);
    count(number);
}

static sigset_t only(int number)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    return set;
}

static void raise_is_handled_before_it_returns(void)
{
    struct sigaction action = {.sa_sigaction = count_with_info,
                               .sa_flags = SA_SIGINFO | SA_RESETHAND};
    struct sigaction old;
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    assert(handled == 1 && last_number == SIGUSR1);
    sigaction(SIGUSR1, NULL, &old);
    assert(old.sa_handler == SIG_DFL);
}

static void a_blocked_signal_waits(void)
{
    sigset_t set = only(SIGUSR2), pending;
    signal(SIGUSR2, count);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR2);
    sigpending(&pending);
    assert(handled == 1 && sigismember(&pending, SIGUSR2));
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    assert(handled == 2);
    assert(signal(SIGUSR2, SIG_IGN) == count);
    raise(SIGUSR2);
    assert(handled == 2);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void an_alarm_breaks_off_a_sleep(void)
{
    double began = seconds_now();
    signal(SIGALRM, count);
    alarm(2);
    assert(sleep(5) == 3);
    assert(handled == 3 && seconds_now() == began + 2);
    struct itimerval twice = {.it_value = {.tv_sec = 1},
                              .it_interval = {.tv_usec = 500000}};
    setitimer(ITIMER_REAL, &twice, NULL);
    struct timespec left = {.tv_sec = 4};
    assert(nanosleep(&left, &left) == -1 && errno == EINTR);
    assert(left.tv_sec == 3 && handled == 4);
    pause();
    assert(handled == 5 && seconds_now() == began + 3.5);
    alarm(0);
    sleep(1);
    assert(handled == 5);
}

static void a_signal_is_waited_for_until_its_time(void)
{
    double began = seconds_now();
    sigset_t set = only(SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    struct timespec second = {.tv_sec = 1};
    assert(sigtimedwait(&set, NULL, &second) == -1 && errno == EAGAIN);
    assert(seconds_now() == began + 1);
    kill(getpid(), SIGTERM);
    assert(sigtimedwait(&set, NULL, &second) == SIGTERM);
}

static void writing_to_nobody_gives_an_error(void)
{
    int ends[2];
    assert(pipe(ends) == 0);
    close(ends[0]);
    signal(SIGPIPE, count);
    int before = handled;
    assert(write(ends[1], "x", 1) == -1 && errno == EPIPE);
    assert(handled == before + 1);
    close(ends[1]);
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t barrier;
static bool is_told;  // guarded by lock

static void *wait_in_many_ways(void *unused)
{
    pthread_barrier_wait(&barrier);
    pthread_mutex_lock(&lock);
    while (!is_told) {
        pthread_cond_wait(&changed, &lock);
    }
    pthread_mutex_unlock(&lock);
    pthread_barrier_wait(&barrier);
    return unused;
}

static void waits_go_on_after_a_handler(void)
{
    pthread_t thread;
    signal(SIGUSR1, count);
    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&thread, NULL, wait_in_many_ways, NULL);
    pthread_kill(thread, SIGUSR1);
    pthread_barrier_wait(&barrier);
    pthread_kill(thread, SIGUSR1);
    pthread_mutex_lock(&lock);
    is_told = true;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    pthread_kill(thread, SIGUSR1);
    pthread_barrier_wait(&barrier);
    assert(pthread_join(thread, NULL) == 0);
    pthread_barrier_destroy(&barrier);
}

int main(void)
{
    raise_is_handled_before_it_returns();
    a_blocked_signal_waits();
#if WITH_CLOCK
    an_alarm_breaks_off_a_sleep();
    a_signal_is_waited_for_until_its_time();
#endif
    writing_to_nobody_gives_an_error();
    waits_go_on_after_a_handler();
    return 0;
}
