// Exercise review_2/visits. The contract is in visits.h. The right program is
// made of these lines, which are shuffled, and of closing braces. A line is
// used as often as it stands here; three of them belong to no right program.
//
//     break;
//     cf_close(pool);
//     cf_executor *pool = cf_thread_pool(.max_workers = 1);
//     cf_executor *pool = cf_thread_pool(.max_workers = MOST_DOORS);
//     cf_future *visits[MOST_DOORS];
//     cf_result(visits[i]);
//     const cf_error *error = cf_exception(visits[i]);
//     for (int i = 0; i < count; i++) {
//     for (int i = 0; i < count; i++) {
//     if (error != NULL) {
//     int opened = 0;
//     note(error->message);
//     opened++;
//     return opened;
//     say(cf_as_str(cf_result(visits[i])));
//     visits[i] = cf_submit(pool, ring, names[i]);
//     } else {

#include "visits.h"

int visit_all(const char *names[], int count)
{
    // TODO: Move the lines here. What has to be open before the first task, and
    // until when? Which lines wait, and where must nobody wait yet?
    (void)names;  // keeps the compiler quiet; remove these lines
    (void)count;
    return 0;
}
