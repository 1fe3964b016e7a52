#ifndef JB_TEXT_H
#define JB_TEXT_H

#include "jb_port.h"

/* Replies are collected here and handed to the port a line at a time. Longer lines go out in several pieces. */
enum { JB_TEXT_CAPACITY = 192 };

typedef struct jb_text {
    const jb_port *port;
    uint32_t length;
    char bytes[JB_TEXT_CAPACITY];
} jb_text;

/* A word of a command: not terminated, may hold any byte but a space. */
typedef struct jb_word {
    const char *bytes;
    uint32_t length;
} jb_word;

void jb_put_char(jb_text *text, char value);
void jb_put_string(jb_text *text, const char *value);
void jb_put_word(jb_text *text, jb_word word);
void jb_put_u32(jb_text *text, uint32_t value);
/* Two hex digits in lower case. */
void jb_put_hex(jb_text *text, uint8_t value);
/* Thousandths with three decimals, exactly: -6113 gives `-6.113`. */
void jb_put_milli(jb_text *text, int32_t milli);
/* Ends the line with CR LF and sends it. */
void jb_end_line(jb_text *text);
/* A whole line. */
void jb_line(jb_text *text, const char *value);

int jb_word_is(jb_word word, const char *name);

/*
 * Decimal number at the beginning of a word, as C's atoi reads it: optional sign, digits up to the first other
 * character, 0 when there are none. Values beyond the int32 range become its ends instead of wrapping.
 */
int32_t jb_word_number(jb_word word);

/* Value of a hex digit of either case, or -1. */
int jb_hex_digit(char digit);

#endif
