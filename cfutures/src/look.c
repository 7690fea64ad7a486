// Looking at a future as a whole, for programs and for people.

#include "internal.h"

#include <string.h>

#include "report.h"
#include "writer.h"

// The state is read once, and final states are for ever: so what is read after
// it belongs to the same moment.
static struct cf_snapshot snapshot_of(const cf_future *future,
                                      const char *function)
{
    if (future == NULL) {
        cfi_stop("%s: the future is NULL", function);
    }
    struct cf_snapshot snapshot = {.state = cfi_future_state(future)};
    switch (snapshot.state) {
    case CF_PENDING:
    case CF_RUNNING:
        cfi_hooks_polled();
        break;
    case CF_FINISHED:
    case CF_CANCELLED:
        snapshot.result = cfi_future_result(future);
        snapshot.error = cf_as_error(snapshot.result);
        break;
    }
    return snapshot;
}

struct cf_snapshot cf_look(const cf_future *future)
{
    return snapshot_of(future, "cf_look");
}

static void write_state(struct cfi_writer *writer,
                        const struct cf_snapshot *snapshot)
{
    switch (snapshot->state) {
    case CF_PENDING:
        cfi_write(writer, "pending");
        return;
    case CF_RUNNING:
        cfi_write(writer, "running");
        return;
    case CF_CANCELLED:
        cfi_write(writer, "cancelled");
        return;
    case CF_FINISHED:
        break;
    }
    if (snapshot->error != NULL) {
        cfi_write(writer, "failed with ");
        cfi_write_code(writer, snapshot->error->code);
        cfi_write(writer, ": %s", snapshot->error->message);
    } else {
        cfi_write(writer, "finished with ");
        cfi_write_value(writer, snapshot->result);
    }
}

size_t cf_describe(const cf_future *future, char *buffer, size_t size)
{
    const struct cf_snapshot snapshot = snapshot_of(future, "cf_describe");
    struct cfi_writer writer;
    cfi_writer_init(&writer);
    cfi_write(&writer, "%s: ",
              future->call.label == NULL ? "a task that was not submitted"
                                         : future->call.label);
    write_state(&writer, &snapshot);
    const size_t length = writer.length;
    if (size > 0) {
        const size_t kept = length < size ? length : size - 1;
        memcpy(buffer, writer.text, kept);
        buffer[kept] = '\0';
    }
    cfi_writer_deinit(&writer);
    return length;
}
