// What an attendant does. See crew.h.

#include <errno.h>
#include <signal.h>

#include "../internal.h"
#include "../log.h"
#include "../system.h"
#include "attendant.h"
#include "order.h"

// The attendant that the calling thread is, or NULL.
static _Thread_local struct cfi_attendant *mine;

bool cfi_attendant_is_of(const cf_executor *pool)
{
    return mine != NULL && mine->pool == pool;
}

// ----- the child -----

static void set_child(struct cfi_attendant *attendant, struct cfi_child *child)
{
    cf_executor *pool = attendant->pool;
    cfi_lock_acquire(&pool->lock);
    attendant->child = child;
    cfi_lock_release(&pool->lock);
}

struct cfi_death cfi_attendant_bury(struct cfi_attendant *attendant)
{
    struct cfi_child *child = attendant->child;
    set_child(attendant, NULL);
    return attendant->crew->transport->bury(child);
}

void cfi_attendant_kill(struct cfi_attendant *attendant)
{
    attendant->crew->transport->kill(attendant->child, SIGKILL);
    (void)cfi_attendant_bury(attendant);
}

// ----- a worker begins and ends -----

static void initialize(struct cfi_attendant *attendant)
{
    cf_executor *pool = attendant->pool;
    struct cfi_owner owner = {NULL};
    cf_value result = cf_none();
    attendant->is_initialized = true;
    if (pool->initializer.task == NULL) {
        return;
    }
    const enum cfi_outcome outcome =
        cfi_attendant_call(attendant, &pool->initializer, &result, &owner);
    attendant->is_initialized = outcome == CFI_HAS_RESULT && !cf_failed(result);
    if (cf_failed(result)) {
        cfi_owner_move_all(&owner, &attendant->worker->held);
        cfi_pool_break(pool, (struct cfi_breakage){
                                 "the initializer of a worker failed", result});
    }
    cfi_owner_free_all(&owner);
}

// A new child. Returns 0, or an error number. It may have died already.
static int provide_child(struct cfi_attendant *attendant)
{
    struct cfi_child *child;
    const int rc =
        attendant->crew->transport->spawn(attendant->crew->host, &child);
    if (rc == 0) {
        set_child(attendant, child);
        attendant->ticket = 0;
        attendant->tasks = 0;
        initialize(attendant);
    }
    return rc;
}

static void finalize(struct cfi_attendant *attendant)
{
    const struct cfi_call *finalizer = &attendant->pool->finalizer;
    struct cfi_owner owner = {NULL};
    cf_value result = cf_none();
    if (finalizer->task != NULL && attendant->is_initialized) {
        (void)cfi_attendant_call(attendant, finalizer, &result, &owner);
        cfi_log_failure(result, "The", finalizer->label);
        cfi_owner_free_all(&owner);
    }
}

// Lets the child end by itself.
static void dismiss(struct cfi_attendant *attendant)
{
    const struct cfi_order leave = {.kind = CFI_ORDER_LEAVE};
    finalize(attendant);
    if (attendant->child != NULL) {
        cfi_bytes_clear(&attendant->bytes);
        cfi_bytes_put(&attendant->bytes, &leave, sizeof leave);
        (void)attendant->crew->transport->send(
            attendant->child, &attendant->bytes, CFI_NO_DEADLINE);
        (void)cfi_attendant_bury(attendant);
    }
}

static bool has_worked_enough(const struct cfi_attendant *attendant)
{
    const int most = attendant->crew->max_tasks_per_worker;
    return most > 0 && attendant->tasks >= most;
}

bool cfi_attendant_is_ready(void)
{
    return mine->child != NULL && !has_worked_enough(mine);
}

static bool is_needed(cf_executor *pool)
{
    cfi_lock_acquire(&pool->lock);
    const bool has_work = pool->load.queued > 0;
    cfi_lock_release(&pool->lock);
    return has_work;
}

// A pool whose initializer has failed needs none.
static bool needs_child(const struct cfi_attendant *attendant)
{
    return attendant->child == NULL && !cfi_pool_is_broken(attendant->pool);
}

// A worker that dies before it has started anything is replaced so often.
enum { MOST_TRIES = 3 };

int cfi_attendant_get_ready(void)
{
    cf_executor *pool = mine->pool;
    if (cfi_attendant_is_ready() || !is_needed(pool)) {
        return 0;
    }
    cfi_worker_count_busy(pool, +1);
    if (mine->child != NULL) {
        dismiss(mine);
    }
    int rc = 0;
    for (int i = 0; i < MOST_TRIES && needs_child(mine) && rc == 0; i++) {
        rc = provide_child(mine);
    }
    cfi_worker_count_busy(pool, -1);
    return rc;
}

// ----- running a task -----

static void set_running(struct cfi_attendant *attendant, cf_future *future)
{
    cf_executor *pool = attendant->pool;
    cfi_lock_acquire(&pool->lock);
    attendant->running = future;
    if (future != NULL) {
        // Relaxed: the request carries no data.
        attendant->crew->transport->ask_to_stop(
            attendant->child,
            atomic_load_explicit(&future->is_to_stop, memory_order_relaxed));
    }
    cfi_lock_release(&pool->lock);
}

void cfi_attendant_ask_to_stop(cf_future *future)
{
    cf_executor *pool = future->pool;
    cfi_lock_acquire(&pool->lock);
    for (const struct cfi_worker *worker = pool->workers; worker != NULL;
         worker = worker->next) {
        const struct cfi_attendant *attendant = worker->attendant;
        if (attendant != NULL && attendant->running == future &&
            attendant->child != NULL) {
            pool->crew->transport->ask_to_stop(attendant->child, true);
        }
    }
    cfi_lock_release(&pool->lock);
}

static cf_value no_worker(cf_executor *pool, const struct cfi_call *call,
                          int error_number, struct cfi_owner *owner)
{
    if (cfi_pool_is_broken(pool)) {
        return cfi_broken_error(pool, call, owner);
    }
    struct cfi_owner causes = {NULL};
    struct cfi_error_facts facts = cfi_call_facts(call, error_number, &causes);
    const cf_value cause = cfi_error_create(
        &facts, error_number == ECANCELED ? "the pool's workers were killed"
                                          : "starting a worker process failed");
    facts = cfi_call_facts(call, CF_EBROKEN, owner);
    facts.cause = error_number == 0 ? NULL : cf_as_error(cause);
    const cf_value error =
        cfi_error_create(&facts, "there was no worker for the task");
    cfi_owner_free_all(&causes);
    return error;
}

// Returns 0, or the error number with which no worker could be started.
static int try_to_run(struct cfi_attendant *attendant, cf_future *future,
                      enum cfi_outcome *outcome)
{
    if (needs_child(attendant)) {
        const int rc = provide_child(attendant);
        if (rc != 0) {
            return rc;
        }
    }
    if (attendant->child != NULL) {
        set_running(attendant, future);
        *outcome = cfi_attendant_call(attendant, &future->call, &future->result,
                                      &future->held);
        set_running(attendant, NULL);
    }
    return 0;
}

void cfi_attendant_run(cf_future *future)
{
    const struct cfi_call *call = &future->call;
    enum cfi_outcome outcome = CFI_WAS_NOT_STARTED;
    int rc = 0;
    for (int i = 0; i < MOST_TRIES && outcome == CFI_WAS_NOT_STARTED && rc == 0;
         i++) {
        rc = try_to_run(mine, future, &outcome);
    }
    mine->tasks++;
    if (outcome == CFI_WAS_NOT_STARTED) {
        future->result = no_worker(mine->pool, call, rc, &future->held);
    } else if (call->passes_arg && !cf_failed(future->result)) {
        future->result = call->arg;
    }
}

// ----- an attendant's life -----

void cfi_attendant_thread_begins(void)
{
    cfi_census_thread_begins();
}

void cfi_attendant_thread_has_begun(void)
{
    cfi_census_thread_has_begun();
}

bool cfi_attendant_begin(struct cfi_worker *worker)
{
    struct cfi_attendant *attendant = cfi_system.allocate(sizeof *attendant);
    if (attendant == NULL) {
        cfi_census_thread_has_begun();
        return false;
    }
    *attendant = (struct cfi_attendant){
        .pool = worker->pool, .crew = worker->pool->crew, .worker = worker};
    cfi_bytes_init(&attendant->bytes);
    mine = attendant;
    cfi_census_enter(&attendant->attending);
    cfi_census_thread_has_begun();
    cfi_lock_acquire(&worker->pool->lock);
    worker->attendant = attendant;
    cfi_lock_release(&worker->pool->lock);
    return true;
}

void cfi_attendant_end(struct cfi_worker *worker)
{
    struct cfi_attendant *attendant = mine;
    if (attendant->child != NULL) {
        cfi_worker_count_busy(worker->pool, +1);
        dismiss(attendant);
        cfi_worker_count_busy(worker->pool, -1);
    }
    cfi_lock_acquire(&worker->pool->lock);
    worker->attendant = NULL;
    cfi_lock_release(&worker->pool->lock);
    cfi_census_leave(&attendant->attending);
    cfi_bytes_deinit(&attendant->bytes);
    cfi_system.release(attendant);
    mine = NULL;
}

void cfi_attendant_call_back_begins(void)
{
    if (mine != NULL && mine->callbacks++ == 0) {
        cfi_census_leave(&mine->attending);
    }
}

void cfi_attendant_call_back_ends(void)
{
    if (mine != NULL && --mine->callbacks == 0) {
        cfi_census_enter(&mine->attending);
    }
}

// ----- the crew's end -----

void cfi_crews_forget(void)
{
    mine = NULL;
    cfi_census_forget();
}

void cfi_crew_forget(struct cfi_crew *crew)
{
    crew->transport->forget(crew->host);
}

void cfi_crew_destroy(struct cfi_crew *crew)
{
    crew->transport->destroy(crew->host);
    cfi_system.release(crew);
}
