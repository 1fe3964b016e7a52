#ifndef JB_INTERNAL_H
#define JB_INTERNAL_H

#include "jb_harness.h"

/* Between the files of the harness only. */

/* Cuts the next word off a command; a word of length 0 means that there is none. */
jb_word jb_next_word(jb_word *rest);

/* `m-ready`, the end of every reply. */
void jb_ready(jb_harness *harness);

/* `m-timestamp-mode-...`, the first line of the boot block. */
void jb_mode_line(jb_harness *harness);

/* Takes a timestamp in the way of the mode: a line or a pulse. */
void jb_stamp(jb_harness *harness);

/* Executes one command; prints everything up to `m-ready`, except for an `infer` that has begun. */
void jb_execute(jb_harness *harness, jb_word command);

/* The `db` commands; `rest` is what follows the word. Prints no `m-ready`. */
void jb_db(jb_harness *harness, jb_word rest);

/* Begins `infer`; returns 1 when inferences are to follow, 0 after a refusal. */
int jb_infer_begin(jb_harness *harness, jb_word rest);

/* One inference of the `infer` under way, with the lines that belong before and after it. */
void jb_infer_step(jb_harness *harness);

/* The `m-results-` line of the last inference. */
void jb_results(jb_harness *harness);

/* Compares this machine's kernels with the known answers of the image. Takes the arena; prints no `m-ready`. */
void jb_selftest(jb_harness *harness);

/* The `m-memory-` line. */
void jb_memory(jb_harness *harness);

#endif
