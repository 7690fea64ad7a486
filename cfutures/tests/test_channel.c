// Messages through a ring in memory that somebody else may overwrite. Both ends
// are in this process; who would sleep has the other end do something instead.

#include <cfutures.h>

#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "../src/port.h"
#include "../src/process/channel.h"

static struct cfi_channel *channel;
static struct cfi_channel_end parent;
static struct cfi_channel_end worker;

static void wake_nobody(struct cfi_channel_end *end)
{
    (void)end;
}

static enum cfi_receipt nobody_is_there(struct cfi_channel_end *end,
                                        int64_t deadline)
{
    (void)end;
    (void)deadline;
    return CFI_IS_DEAD;
}

static enum cfi_receipt time_is_over(struct cfi_channel_end *end,
                                     int64_t deadline)
{
    (void)end;
    (void)deadline;
    return CFI_TOO_LATE;
}

static void begin(void)
{
    channel = calloc(1, sizeof *channel);
    parent = cfi_channel_parent_end(channel);
    worker = cfi_channel_worker_end(channel);
    parent.wake = worker.wake = wake_nobody;
    parent.sleep = worker.sleep = nobody_is_there;
}

static enum cfi_receipt send_text(struct cfi_channel_end *end, const char *text)
{
    struct cfi_bytes bytes;
    cfi_bytes_init(&bytes);
    cfi_bytes_put(&bytes, text, strlen(text));
    const enum cfi_receipt receipt =
        cfi_channel_send(end, &bytes, CFI_NO_DEADLINE);
    cfi_bytes_deinit(&bytes);
    return receipt;
}

static enum cfi_receipt receive_text(struct cfi_channel_end *end,
                                     const char *expected)
{
    struct cfi_bytes bytes;
    cfi_bytes_init(&bytes);
    const enum cfi_receipt receipt =
        cfi_channel_receive(end, &bytes, CFI_NO_DEADLINE);
    if (receipt == CFI_DELIVERED) {
        CU_ASSERT_EQUAL_FATAL(bytes.size, strlen(expected));
        CU_ASSERT_EQUAL(memcmp(bytes.data, expected, bytes.size), 0);
    }
    cfi_bytes_deinit(&bytes);
    return receipt;
}

static void messages_arrive_in_both_directions(void)
{
    begin();
    CU_ASSERT_EQUAL(send_text(&parent, "order"), CFI_DELIVERED);
    CU_ASSERT_EQUAL(send_text(&worker, ""), CFI_DELIVERED);
    CU_ASSERT_EQUAL(receive_text(&worker, "order"), CFI_DELIVERED);
    CU_ASSERT_EQUAL(receive_text(&parent, ""), CFI_DELIVERED);
    free(channel);
}

// The counts of bytes wrap around after four thousand million.
static void positions_wrap_around(void)
{
    const uint32_t near_the_end = UINT32_MAX - 50;
    begin();
    parent.written = worker.taken = near_the_end;
    channel->to_worker.written = channel->to_worker.taken = near_the_end;
    for (int i = 0; i < 20; i++) {
        CU_ASSERT_EQUAL(send_text(&parent, "twenty bytes of text"),
                        CFI_DELIVERED);
        CU_ASSERT_EQUAL(receive_text(&worker, "twenty bytes of text"),
                        CFI_DELIVERED);
    }
    free(channel);
}

static struct cfi_bytes arrived;

// A full ring: the worker takes what is there, piece by piece.
static enum cfi_receipt worker_reads(struct cfi_channel_end *end,
                                     int64_t deadline)
{
    (void)end;
    (void)deadline;
    (void)cfi_channel_receive(&worker, &arrived, CFI_NO_DEADLINE);
    return CFI_DELIVERED;
}

static void what_is_larger_than_the_ring_needs_a_reader(void)
{
    struct cfi_bytes large;
    begin();
    cfi_bytes_init(&large);
    memset(cfi_bytes_grow(&large, CFI_RING_SIZE), 'x', CFI_RING_SIZE);
    CU_ASSERT_EQUAL(cfi_channel_send(&parent, &large, CFI_NO_DEADLINE),
                    CFI_IS_DEAD);
    free(channel);

    begin();
    parent.sleep = time_is_over;
    CU_ASSERT_EQUAL(cfi_channel_send(&parent, &large, 1), CFI_TOO_LATE);
    free(channel);

    begin();
    parent.sleep = worker_reads;
    cfi_bytes_init(&arrived);
    CU_ASSERT_EQUAL(cfi_channel_send(&parent, &large, CFI_NO_DEADLINE),
                    CFI_DELIVERED);
    cfi_bytes_deinit(&arrived);
    cfi_bytes_deinit(&large);
    free(channel);
}

static int wakes;

static void count_wake(struct cfi_channel_end *end)
{
    (void)end;
    wakes++;
}

// The writer waits for room, and sends no more until it hears that there is
// some: also when the reader has taken just what it had memory for.
static enum cfi_receipt room_is_told_of(struct cfi_channel_end *end,
                                        int64_t deadline)
{
    static char more[CFI_RING_SIZE];
    size_t size = sizeof more;
    (void)deadline;
    CU_ASSERT_FATAL(wakes > 0);
    wakes = 0;
    // As the writer would: it fills the ring.
    const uint32_t in_use = channel->to_worker.written - end->taken;
    size -= in_use;
    channel->to_worker.written += (uint32_t)size;
    return CFI_DELIVERED;
}

static void each_piece_that_is_taken_is_told(void)
{
    struct cfi_bytes bytes;
    begin();
    cfi_bytes_init(&bytes);
    // A message of many pieces, of which the ring's room ends with one.
    memset(cfi_bytes_grow(&bytes, 3 << 20), 0, 3 << 20);
    CU_ASSERT_EQUAL(cfi_channel_send(&parent, &bytes, CFI_NO_DEADLINE),
                    CFI_IS_DEAD);
    channel->to_worker.written = 16;  // the head
    wakes = 1;
    worker.wake = count_wake;
    worker.sleep = room_is_told_of;
    CU_ASSERT_EQUAL(cfi_channel_receive(&worker, &bytes, CFI_NO_DEADLINE),
                    CFI_DELIVERED);
    cfi_bytes_deinit(&bytes);
    free(channel);
}

static void what_was_sent_before_a_death_arrives(void)
{
    begin();
    CU_ASSERT_EQUAL(send_text(&worker, "last words"), CFI_DELIVERED);
    CU_ASSERT_EQUAL(receive_text(&parent, "last words"), CFI_DELIVERED);
    CU_ASSERT_EQUAL(receive_text(&parent, ""), CFI_IS_DEAD);
    free(channel);
}

static enum cfi_receipt dies_while_we_sleep(struct cfi_channel_end *end,
                                            int64_t deadline)
{
    (void)end;
    (void)deadline;
    CU_ASSERT_EQUAL(send_text(&worker, "last words"), CFI_DELIVERED);
    return CFI_IS_DEAD;
}

static void what_is_sent_just_before_a_death_arrives(void)
{
    begin();
    parent.sleep = dies_while_we_sleep;
    CU_ASSERT_EQUAL(receive_text(&parent, "last words"), CFI_DELIVERED);
    free(channel);
}

static void positions_that_make_no_sense_are_seen(void)
{
    static const uint32_t wrong[] = {CFI_RING_SIZE + 1, 0x55555555, UINT32_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        begin();
        channel->to_parent.written = wrong[i];
        CU_ASSERT_EQUAL(receive_text(&parent, ""), CFI_IS_BROKEN);
        channel->to_worker.taken = wrong[i];
        CU_ASSERT_EQUAL(send_text(&parent, ""),
                        wrong[i] == UINT32_MAX ? CFI_DELIVERED : CFI_IS_BROKEN);
        free(channel);
    }
}

// The head is right, and what follows would be read from behind the ring.
static void no_more_is_taken_than_a_ring_holds(void)
{
    struct cfi_bytes bytes;
    begin();
    cfi_bytes_init(&bytes);
    memset(cfi_bytes_grow(&bytes, 4 * CFI_RING_SIZE), 'x', 4 * CFI_RING_SIZE);
    CU_ASSERT_EQUAL(cfi_channel_send(&worker, &bytes, CFI_NO_DEADLINE),
                    CFI_IS_DEAD);
    channel->to_parent.written += 3 * CFI_RING_SIZE;
    CU_ASSERT_EQUAL(cfi_channel_receive(&parent, &bytes, CFI_NO_DEADLINE),
                    CFI_IS_BROKEN);
    cfi_bytes_deinit(&bytes);
    free(channel);
}

static void heads_that_make_no_sense_are_seen(void)
{
    begin();
    memset(channel->to_parent.bytes, 0x7f, 1000);
    channel->to_parent.written = 1000;
    CU_ASSERT_EQUAL(receive_text(&parent, ""), CFI_IS_BROKEN);
    free(channel);
}

static void without_memory_a_large_message_is_refused(void)
{
    static char large[20000];
    begin();
    memset(large, 'x', sizeof large - 1);
    CU_ASSERT_EQUAL(send_text(&worker, large), CFI_DELIVERED);
    fail_request(1, false);
    CU_ASSERT_EQUAL(receive_text(&parent, large), CFI_NO_MEMORY);
    free(channel);
}

static CU_TestInfo tests[] = {
    TEST(messages_arrive_in_both_directions),
    TEST(positions_wrap_around),
    TEST(what_is_larger_than_the_ring_needs_a_reader),
    TEST(each_piece_that_is_taken_is_told),
    TEST(what_was_sent_before_a_death_arrives),
    TEST(what_is_sent_just_before_a_death_arrives),
    TEST(positions_that_make_no_sense_are_seen),
    TEST(no_more_is_taken_than_a_ring_holds),
    TEST(heads_that_make_no_sense_are_seen),
    TEST(without_memory_a_large_message_is_refused),
    CU_TEST_INFO_NULL,
};

CU_SuiteInfo suites[] = {
    SUITE("channels", tests),
    CU_SUITE_INFO_NULL,
};
