// Exercise review_3/parcels. The contract is in parcels.h. The right program is
// made of these lines, which are shuffled, and of closing braces. A line is
// used once; three of them belong to no right program.
//
//     cf_for_completed (end, ends, (size_t)count) {
//     cf_future *ends[MOST_PARCELS];
//     cf_future *packed = cf_submit(pool, pack, ids[i]);
//     cf_result(packed);
//     cf_then(packed, hand_over);
//     cf_with (pool, cf_thread_pool(.max_workers = HANDS)) {
//     const cf_error *error = cf_exception(end);
//     ends[i] = cf_then(packed, hand_over);
//     ends[i] = packed;
//     for (int i = 0; i < count; i++) {
//     if (error != NULL) {
//     int sent = 0;
//     note(error->message);
//     return sent;
//     say(cf_as_str(cf_result(end)));
//     sent++;
//     } else {

#include "parcels.h"

int send_all(const int ids[], int count)
{
    // TODO: Move the lines here. Which lines begin a parcel, and which are
    // about one that is through? Which future stands for the end of a parcel,
    // and does any line wait where nobody has to?
    (void)ids;  // keeps the compiler quiet; remove these lines
    (void)count;
    return 0;
}
