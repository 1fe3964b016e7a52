#include "jb_internal.h"

/* The reference's defaults; its help text gives 0 for the warm-up, its code 10. */
enum { DEFAULT_ITERATIONS = 1, DEFAULT_WARMUP = 10 };

static void operator_done(void *context, uint32_t index)
{
    const jb_port *port = context;
    port->mark(JB_MARK_OPERATOR, index);
}

static void one_inference(jb_harness *harness)
{
    const jb_setup *setup = &harness->setup;
    /* A run of the plan uses up its input, so every inference takes it from the payload anew: the copy is part of the
     * timed window, and the results are those of the input however many inferences there were. */
    jb_plan_load_input(setup->plan, setup->arena, setup->payload);
    setup->port->mark(JB_MARK_INPUT, jb_plan_payload_bytes(setup->plan));
    jb_plan_run(setup->plan, setup->arena, operator_done, (void *)(uintptr_t)setup->port);
    harness->inferences++;
    setup->port->mark(JB_MARK_INFERENCE, harness->inferences);
}

static void begin_window(jb_harness *harness)
{
    jb_line(&harness->text, "m-warmup-done");
    jb_put_string(&harness->text, "m-infer-start-");
    jb_put_u32(&harness->text, harness->infer_total);
    jb_end_line(&harness->text);
    jb_stamp(harness);
}

static int32_t result(const jb_setup *setup, uint32_t index)
{
    return jb_plan_result_milli(setup->plan, setup->arena, setup->payload, index);
}

static void end_window(jb_harness *harness)
{
    jb_stamp(harness);
    jb_line(&harness->text, "m-infer-done");
    if (jb_plan_result_count(harness->setup.plan) == 1) {
        harness->only_result = result(&harness->setup, 0);
    }
    harness->inferring = 0;
    harness->has_results = 1;
    jb_results(harness);
    jb_ready(harness);
}

int jb_infer_begin(jb_harness *harness, jb_word rest)
{
    jb_text *text = &harness->text;
    jb_word iterations_word = jb_next_word(&rest);
    jb_word warmup_word = jb_next_word(&rest);
    int32_t iterations = iterations_word.length > 0 ? jb_word_number(iterations_word) : DEFAULT_ITERATIONS;
    int32_t warmup = warmup_word.length > 0 ? jb_word_number(warmup_word) : DEFAULT_WARMUP;
    uint32_t expected = jb_plan_payload_bytes(harness->setup.plan);

    if (iterations <= 0) {
        jb_line(text, "e-[Inference iterations must be >0]");
        return 0;
    }
    if (warmup < 0) {
        jb_line(text, "e-[Inference warmup must be >=0]");
        return 0;
    }
    if (harness->db_size != expected || harness->db_position != expected) {
        /* Ours: the reference prints the same words without `e-[` and times the stale input. */
        jb_put_string(text, "e-[Input db has ");
        jb_put_u32(text, harness->db_position);
        jb_put_string(text, " elemented, expected ");
        jb_put_u32(text, expected);
        jb_line(text, "]");
        return 0;
    }
    harness->warmup_left = (uint32_t)warmup;
    harness->infer_left = (uint32_t)iterations;
    harness->infer_total = (uint32_t)iterations;
    harness->inferring = 1;
    jb_put_string(text, "m-warmup-start-");
    jb_put_u32(text, harness->warmup_left);
    jb_end_line(text);
    if (harness->warmup_left == 0) {
        begin_window(harness);
    }
    return 1;
}

void jb_infer_step(jb_harness *harness)
{
    one_inference(harness);
    if (harness->warmup_left > 0) {
        if (--harness->warmup_left == 0) {
            begin_window(harness);
        }
    } else if (--harness->infer_left == 0) {
        end_window(harness);
    }
}

void jb_results(jb_harness *harness)
{
    const jb_setup *setup = &harness->setup;
    jb_text *text = &harness->text;
    uint32_t count = jb_plan_result_count(setup->plan);

    if (!harness->has_results) {
        jb_line(text, "e-[No inference has been run]");
        return;
    }
    jb_put_string(text, "m-results-[");
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) {
            jb_put_char(text, ',');
        }
        jb_put_milli(text, count == 1 ? harness->only_result : result(setup, i));
    }
    jb_line(text, "]");
}
