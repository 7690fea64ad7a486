// Exercise review_1/invite. The contract is in invite.h. The right program is
// made of these lines, which are shuffled, and of closing braces. A line is
// used as often as it stands here; three of them belong to no right program.
//
//     break;
//     calls[i] = cf_submit(pool, phone, friends[i]);
//     cf_cancel(call);
//     cf_cancel(calls[i]);
//     cf_close(pool);
//     cf_for_completed (call, calls, (size_t)count) {
//     cf_future *calls[MOST_FRIENDS];
//     cf_with (pool, cf_thread_pool(.max_workers = PHONES)) {
//     for (int i = 0; i < count; i++) {
//     for (int i = 0; i < count; i++) {
//     if (cf_exception(call) == NULL) {
//     if (taken == seats) {
//     int taken = 0;
//     keep_seat(cf_as_str(cf_result(call)));
//     keep_seat(cf_as_str(cf_result(calls[taken])));
//     return taken;
//     taken++;

#include "invite.h"

int invite(const char *friends[], int count, int seats)
{
    // TODO: Move the lines here. Begin with what is outside: what has to be
    // there before the first call, and what comes last? For each line that you
    // have twice in some form: which of the two does what the contract says?
    (void)friends;  // keeps the compiler quiet; remove these lines
    (void)count;
    (void)seats;
    return 0;
}
