#include "jb_internal.h"

/* Replies are the reference's; the refusals it lacks are marked "ours". */

static void load(jb_harness *harness, jb_word rest)
{
    jb_text *text = &harness->text;
    jb_word word = jb_next_word(&rest);
    int32_t size = jb_word_number(word);

    if (word.length == 0) {
        jb_line(text, "e-[Command 'db load' requires the # of bytes]");
        return;
    }
    if (size <= 0) {
        jb_line(text, "e-[Command 'db load' must be >0 bytes]");
        return;
    }
    harness->db_position = 0;
    if ((uint32_t)size > harness->setup.payload_capacity) {
        /* Ours: the reference prints the same words without `e-[`, keeps the size and later writes past its buffer. */
        harness->db_size = 0;
        jb_put_string(text, "e-[Supplied buffer size ");
        jb_put_u32(text, (uint32_t)size);
        jb_put_string(text, " exceeds maximum of ");
        jb_put_u32(text, harness->setup.payload_capacity);
        jb_line(text, "]");
        return;
    }
    harness->db_size = (uint32_t)size;
    jb_put_string(text, "m-[Expecting ");
    jb_put_u32(text, harness->db_size);
    jb_line(text, " bytes]");
}

static void print(jb_harness *harness, jb_word rest)
{
    jb_text *text = &harness->text;
    jb_word count_word = jb_next_word(&rest);
    jb_word offset_word = jb_next_word(&rest);
    int32_t count = count_word.length > 0 ? jb_word_number(count_word) : INT32_MAX;
    int32_t offset = jb_word_number(offset_word);
    uint32_t column = 0;
    uint32_t left;

    if (count <= 0 || offset < 0 || (uint32_t)offset > harness->db_size) {
        /* Ours: the reference ignores both arguments. */
        jb_put_string(text, "e-[Command 'db print' goes beyond the ");
        jb_put_u32(text, harness->db_size);
        jb_line(text, " bytes of the buffer]");
        return;
    }
    left = harness->db_size - (uint32_t)offset;
    if (left > (uint32_t)count) {
        left = (uint32_t)count;
    }
    for (uint32_t i = 0; i < left; i++) {
        if (column == 0) {
            jb_put_string(text, "m-buffer");
        }
        jb_put_char(text, '-');
        jb_put_hex(text, harness->setup.payload[(uint32_t)offset + i]);
        if (++column == 8) {
            jb_end_line(text);
            column = 0;
        }
    }
    if (column != 0) {
        /* The reference ends an unfinished line twice. */
        jb_end_line(text);
        jb_end_line(text);
    }
}

static void data(jb_harness *harness, jb_word digits)
{
    jb_text *text = &harness->text;
    int loading = harness->db_position < harness->db_size;
    uint32_t count = digits.length / 2;

    if (digits.length % 2 != 0) {
        jb_line(text, "e-[Insufficent number of hex digits]");
        return;
    }
    if (loading && count > harness->db_size - harness->db_position) {
        count = harness->db_size - harness->db_position;
    }
    /* All digits are looked at before the first byte is written: a damaged chunk leaves the buffer as it was. */
    for (uint32_t i = 0; i < count; i++) {
        if (jb_hex_digit(digits.bytes[2 * i]) < 0 || jb_hex_digit(digits.bytes[2 * i + 1]) < 0) {
            jb_put_string(text, "e-[Invalid hex digit '");
            jb_put_char(text, digits.bytes[2 * i]);
            jb_put_char(text, digits.bytes[2 * i + 1]);
            jb_line(text, "']");
            return;
        }
    }
    if (!loading) {
        /* Ours: the reference writes on without a bound. */
        jb_line(text, harness->db_size == 0 ? "e-[Command 'db' requires a 'db load' first]"
                                            : "e-[The buffer is full: 'db load' starts the next input]");
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        int high = jb_hex_digit(digits.bytes[2 * i]);
        int low = jb_hex_digit(digits.bytes[2 * i + 1]);
        harness->setup.payload[harness->db_position++] = (uint8_t)(high * 16 + low);
    }
    if (harness->db_position == harness->db_size) {
        jb_line(text, "m-load-done");
    }
}

void jb_db(jb_harness *harness, jb_word rest)
{
    jb_word subcommand = jb_next_word(&rest);

    if (subcommand.length == 0) {
        jb_line(&harness->text, "e-[Command 'db' requires a subcommand]");
    } else if (jb_word_is(subcommand, "load")) {
        load(harness, rest);
    } else if (jb_word_is(subcommand, "print")) {
        print(harness, rest);
    } else {
        data(harness, subcommand);
    }
}
