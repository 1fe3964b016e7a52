#include "jb_internal.h"

/* Fixed by the runners, which know the device by it. */
#define PROFILE "ULPMark for tinyML Firmware V0.0.1"

jb_word jb_next_word(jb_word *rest)
{
    jb_word word;
    while (rest->length > 0 && rest->bytes[0] == ' ') {
        rest->bytes++;
        rest->length--;
    }
    word.bytes = rest->bytes;
    word.length = 0;
    while (word.length < rest->length && rest->bytes[word.length] != ' ') {
        word.length++;
    }
    rest->bytes += word.length;
    rest->length -= word.length;
    return word;
}

static void help(jb_text *text)
{
    static const char *const lines[] = {
        "Joulebench reference firmware",
        "",
        "Commands end with a percent sign; every reply ends with m-ready.",
        "name                  device name",
        "profile               protocol profile and model",
        "timestamp             one timestamp: a line, or a pulse in energy mode",
        "db load N             expect N bytes of input",
        "db HH[HH]...          the next bytes, 1 to 38 of them, in hex",
        "db print [N [OFFSET]] the input, or N bytes of it from OFFSET",
        "infer N [W]           W inferences unmeasured (10 by default), then N between two timestamps",
        "results               the results of the last inference once more",
        "mode [MODE]           the mode, or a new start in mode performance or energy",
        "selftest              compare the kernels with the known answers in this image",
        "memory                bytes of memory in use",
        "sleep                 nothing to do until the next byte comes",
        "help                  this text",
    };
    for (uint32_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        jb_line(text, lines[i]);
    }
}

static void profile(jb_harness *harness)
{
    jb_line(&harness->text, "m-profile-[" PROFILE "]");
    jb_put_string(&harness->text, "m-model-[");
    jb_put_string(&harness->text, jb_plan_model_id(harness->setup.plan));
    jb_line(&harness->text, "]");
}

/*
 * Ours: with the reference the mode is a matter of two builds. A new start as after a reset, except that the line keeps its
 * rate and what has been received stays. Returns 1 when the boot block, with its m-ready, has been printed.
 */
static int mode(jb_harness *harness, jb_word rest)
{
    jb_word word = jb_next_word(&rest);
    const uint8_t *rx = harness->rx;
    uint32_t length = harness->rx_length;
    uint32_t position = harness->rx_position;
    if (word.length == 0) {
        jb_mode_line(harness);
        return 0;
    }
    if (jb_word_is(word, "performance")) {
        jb_harness_boot(harness, JB_MODE_PERFORMANCE);
    } else if (jb_word_is(word, "energy")) {
        jb_harness_boot(harness, JB_MODE_ENERGY);
    } else {
        jb_line(&harness->text, "e-[Command 'mode' takes performance or energy]");
        return 0;
    }
    harness->rx = rx;
    harness->rx_length = length;
    harness->rx_position = position;
    return 1;
}

void jb_execute(jb_harness *harness, jb_word command)
{
    jb_text *text = &harness->text;
    jb_word rest = command;
    jb_word name = jb_next_word(&rest);

    if (name.length == 0) {
        /* An empty command: nothing to say but that the device is ready. */
    } else if (jb_word_is(name, "db")) {
        jb_db(harness, rest);
    } else if (jb_word_is(name, "infer")) {
        if (jb_infer_begin(harness, rest)) {
            return;
        }
    } else if (jb_word_is(name, "name")) {
        jb_put_string(text, "m-name-dut-[");
        jb_put_string(text, harness->setup.port->vendor);
        jb_line(text, "]");
    } else if (jb_word_is(name, "profile")) {
        profile(harness);
    } else if (jb_word_is(name, "timestamp")) {
        jb_stamp(harness);
    } else if (jb_word_is(name, "results")) {
        jb_results(harness);
    } else if (jb_word_is(name, "mode")) {
        if (mode(harness, rest)) {
            return;
        }
    } else if (jb_word_is(name, "selftest")) {
        jb_selftest(harness);
    } else if (jb_word_is(name, "memory")) {
        jb_memory(harness);
    } else if (jb_word_is(name, "sleep")) {
        jb_line(text, "m-sleep");
        harness->sleeping = 1;
    } else if (jb_word_is(name, "help")) {
        help(text);
    } else {
        jb_put_string(text, "e-[Unknown command: ");
        jb_put_word(text, name);
        jb_line(text, "]");
    }
    jb_ready(harness);
}
