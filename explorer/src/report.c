// The result as JSON on one descriptor: facts and addresses. The driver outside
// turns addresses into functions and lines, and facts into sentences.

#include "internal.h"

#include <stdio.h>
#include <string.h>

const char *xp_bug_name(enum xp_bug bug)
{
    static const char *const names[XP_BUGS] = {
        "clean",       "race",          "deadlock", "lost_wakeup",
        "assertion",   "nonzero_exit",  "crash",    "use_after_free",
        "double_free", "out_of_bounds", "leak",     "thread_leak",
        "misuse",      "no_progress",   "limit",
    };
    return names[bug];
}

const char *xp_what_name(enum xp_what what)
{
    static const char *const names[XP_WHAT_COUNT] = {
        "begin",     "memory",       "atomic",       "lock",
        "unlock",    "cond_wait",    "cond_signal",  "cond_broadcast",
        "read_lock", "write_lock",   "rw_unlock",    "sem_wait",
        "sem_post",  "barrier",      "once",         "create",
        "join",      "detach",       "exit",         "sleep",
        "yield",     "clock",        "alloc",        "free",
        "io",        "address_wait", "address_wake", "together",
        "init",      "destroy",      "spin",         "fork",
        "work",      "signal",       "handler",      "sigwait",
        "pause",
    };
    return what < XP_WHAT_COUNT ? names[what] : "?";
}

static void put_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0';
         c++) {
        if (*c == '"' || *c == '\\') {
            fprintf(out, "\\%c", *c);
        } else if (*c < 0x20 || *c >= 0x7f) {
            fprintf(out, "\\u%04x", *c);
        } else {
            fputc(*c, out);
        }
    }
    fputc('"', out);
}

// Memory is touched in some way; everything else is an operation.
static void put_what(FILE *out, const struct xp_note *note)
{
    if (!(note->what & XP_HOW)) {
        put_text(out, xp_what_name((enum xp_what)note->what));
        return;
    }
    const char *verb = note->what & XP_FREE    ? "free"
                       : note->what & XP_USE   ? "use"
                       : note->what & XP_MAKE  ? "initialisation"
                       : note->what & XP_END   ? "destruction"
                       : note->what & XP_WRITE ? "write"
                                               : "read";
    bool is_atomic = note->what & XP_ATOMIC && !(note->what & XP_USE);
    fprintf(out, "\"%s%s\"", is_atomic ? "atomic " : "", verb);
}

static void put_calls(FILE *out, const uint32_t *calls, int most)
{
    fprintf(out, "[");
    for (int i = 0; i < most && calls[i] != 0; i++) {
        fprintf(out, "%s%u", i > 0 ? "," : "", calls[i]);
    }
    fprintf(out, "]");
}

static void put_note(FILE *out, const struct xp_note *note)
{
    fprintf(out, "{\"role\":");
    put_text(out, note->role);
    fprintf(out, ",\"thread\":%d,\"what\":", note->thread);
    put_what(out, note);
    fprintf(out,
            ",\"object\":%llu,\"owner\":%d,\"value\":%llu,\"pc\":%u,\"calls\":",
            (unsigned long long)note->object, note->owner,
            (unsigned long long)note->value, note->pc);
    put_calls(out, note->calls, 8);
    fprintf(out, "}");
}

static void put_finding(FILE *out, const struct xp_finding *finding)
{
    if (finding->bug == XP_CLEAN) {
        fprintf(out, "null");
        return;
    }
    fprintf(out, "{\"kind\":\"%s\",\"text\":", xp_bug_name(finding->bug));
    put_text(out, finding->text);
    fprintf(out, ",\"at\":%u,\"notes\":[", finding->at);
    for (int i = 0; i < finding->note_count; i++) {
        fprintf(out, i > 0 ? "," : "");
        put_note(out, &finding->notes[i]);
    }
    fprintf(out, "]}");
}

static void put_trace(FILE *out)
{
    fprintf(out, "{\"mode\":\"%s\",\"seed\":%llu,\"racy\":[",
            xp_mode_name(XPS->mode), (unsigned long long)XPS->options.seed);
    bool first = true;
    for (int i = 0; i < XP_MAX_RACY; i++) {
        if (XPS->racy[i] != 0) {
            fprintf(out, "%s%u", first ? "" : ",", XPS->racy[i]);
            first = false;
        }
    }
    fprintf(out, "],\"choices\":[");
    for (uint32_t i = 0; i < XPS->replay_count; i++) {
        fprintf(out, "%s[%u,%u]", i > 0 ? "," : "", XPS->replay[i].at,
                XPS->replay[i].taken);
    }
    fprintf(out, "]}");
}

// Threads are told by their numbers, everything else by its address.
static unsigned long long object_of(const struct xp_event *event)
{
    if (event->what != XP_JOIN) {
        return event->object;
    }
    return (unsigned long long)((struct xp_thread *)event->object - XP->thread);
}

static void put_events(FILE *out)
{
    fprintf(out, "[");
    for (uint32_t i = 0; i < XPS->event_count; i++) {
        const struct xp_event *e = &XPS->event[i];
        fprintf(out, "%s[%u,%d,\"%s\",%u,%d,%llu,%lld,", i > 0 ? "," : "",
                e->step, e->thread, xp_what_name((enum xp_what)e->what), e->pc,
                e->detail, object_of(e), (long long)e->now);
        put_calls(out, e->calls, XP_EVENT_CALLS);
        fprintf(out, "]");
    }
    fprintf(out, "]");
}

static void put_works(FILE *out)
{
    fprintf(out, "[");
    for (uint32_t i = 0; i < XPS->work_count; i++) {
        fprintf(out, i > 0 ? "," : "");
        put_text(out, XPS->work[i]);
    }
    fprintf(out, "]");
}

static void put_names(FILE *out)
{
    fprintf(out, "[");
    for (uint32_t i = 0; i < XPS->name_count; i++) {
        const struct xp_given_name *given = &XPS->name[i];
        fprintf(out, "%s[%llu,", i > 0 ? "," : "",
                (unsigned long long)given->address);
        put_text(out, given->text);
        fprintf(out, "]");
    }
    fprintf(out, "]");
}

static void put_also(FILE *out)
{
    fprintf(out, "[");
    bool first = true;
    for (int bug = 1; bug < XP_BUGS; bug++) {
        if (XPS->also >> bug & 1 && bug != (int)XPS->finding.bug) {
            fprintf(out, "%s\"%s\"", first ? "" : ",",
                    xp_bug_name((enum xp_bug)bug));
            first = false;
        }
    }
    fprintf(out, "]");
}

static void put_backend(FILE *out)
{
    bool has_threads = XPS->options.use_pthreads;
    fprintf(out, ",\"backend\":\"%s\",\"budget\":%llu,\"why_threads\":",
            has_threads ? "pthreads" : "fibers",
            (unsigned long long)XPS->options.schedules);
    put_text(out, has_threads ? XPS->why_threads : "");
}

void xp_report(void)
{
    FILE *out = fdopen(XPS->options.report_fd, "w");
    if (out == NULL) {
        return;
    }
    const char *stopped_by = XPS->finding.bug != XP_CLEAN ? "bug"
                             : XPS->out_of_time           ? "seconds"
                             : XPS->is_exhausted          ? "exhausted"
                                                          : "schedules";
    fprintf(out,
            "{\"schedules\":%llu,\"interleavings\":%llu,\"exhaustive\":%"
            "s,\"bound\":%llu",
            (unsigned long long)XPS->schedule,
            (unsigned long long)XPS->interleavings,
            XPS->is_exhausted ? "true" : "false",
            (unsigned long long)XPS->options.bound);
    fprintf(out, ",\"found_at\":%llu", (unsigned long long)XPS->best.found_at);
    fprintf(out, ",\"seconds\":%.6f,\"stopped_by\":\"%s\"",
            xp_real_seconds() - XPS->began, stopped_by);
    put_backend(out);
    fprintf(out,
            ",\"modes\":{\"default\":%llu,\"spurious\":%llu,\"hostile\":%llu}",
            (unsigned long long)XPS->per_mode[0],
            (unsigned long long)XPS->per_mode[1],
            (unsigned long long)XPS->per_mode[2]);
    fprintf(out, ",\"steps\":%llu,\"points\":%llu,\"elapsed\":%lld,\"bug\":",
            (unsigned long long)XPS->steps, (unsigned long long)XPS->max_points,
            (long long)XPS->elapsed);
    put_finding(out, &XPS->finding);
    fprintf(out, ",\"harm\":");
    put_finding(out, &XPS->harm);
    fprintf(out, ",\"replays\":%s,\"digest\":\"%016llx\",\"also\":",
            XPS->does_not_replay ? "false" : "true",
            (unsigned long long)XPS->digest);
    put_also(out);
    fprintf(out, ",\"trace\":");
    put_trace(out);
    fprintf(out, ",\"events\":");
    put_events(out);
    fprintf(out, ",\"works\":");
    put_works(out);
    fprintf(out, ",\"names\":");
    put_names(out);
    fprintf(out, "}\n");
    fclose(out);
}
