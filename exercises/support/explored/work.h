// Slow work in explored tests, as the runner sees it.

#ifndef WORK_H
#define WORK_H

// From now on, slow work (wb_work) takes its time.
void work_takes_time(void);

#endif
