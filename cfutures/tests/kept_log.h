// The library's log, kept for a test to look at.

#ifndef KEPT_LOG_H
#define KEPT_LOG_H

// From now on the last report is kept instead of printed. Call as first thing
// of a test, and the end as last: then reports are printed again.
void log_begin(void);
void log_end(void);

// Empty: there was none. Call while no task may fail.
const char *logged(void);

#endif
