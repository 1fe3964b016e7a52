#include "jb_text.h"

static void flush(jb_text *text)
{
    if (text->length > 0) {
        text->port->tx((const uint8_t *)text->bytes, text->length);
        text->length = 0;
    }
}

void jb_put_char(jb_text *text, char value)
{
    if (text->length == JB_TEXT_CAPACITY) {
        flush(text);
    }
    text->bytes[text->length++] = value;
}

void jb_put_string(jb_text *text, const char *value)
{
    while (*value != '\0') {
        jb_put_char(text, *value++);
    }
}

void jb_put_word(jb_text *text, jb_word word)
{
    for (uint32_t i = 0; i < word.length; i++) {
        jb_put_char(text, word.bytes[i]);
    }
}

void jb_put_u32(jb_text *text, uint32_t value)
{
    char digits[10];
    uint32_t count = 0;
    do {
        digits[count++] = (char)('0' + value % 10u);
        value /= 10u;
    } while (value != 0);
    while (count > 0) {
        jb_put_char(text, digits[--count]);
    }
}

void jb_put_hex(jb_text *text, uint8_t value)
{
    static const char digits[] = "0123456789abcdef";
    jb_put_char(text, digits[value >> 4]);
    jb_put_char(text, digits[value & 15u]);
}

void jb_put_milli(jb_text *text, int32_t milli)
{
    /* The magnitude as unsigned, so that the smallest int32 has one too. */
    uint32_t magnitude = milli < 0 ? 0u - (uint32_t)milli : (uint32_t)milli;
    uint32_t rest = magnitude % 1000u;
    if (milli < 0) {
        jb_put_char(text, '-');
    }
    jb_put_u32(text, magnitude / 1000u);
    jb_put_char(text, '.');
    jb_put_char(text, (char)('0' + rest / 100u));
    jb_put_char(text, (char)('0' + rest / 10u % 10u));
    jb_put_char(text, (char)('0' + rest % 10u));
}

void jb_end_line(jb_text *text)
{
    jb_put_char(text, '\r');
    jb_put_char(text, '\n');
    flush(text);
}

void jb_line(jb_text *text, const char *value)
{
    jb_put_string(text, value);
    jb_end_line(text);
}

int jb_word_is(jb_word word, const char *name)
{
    uint32_t i = 0;
    while (i < word.length && name[i] != '\0' && name[i] == word.bytes[i]) {
        i++;
    }
    return i == word.length && name[i] == '\0';
}

int32_t jb_word_number(jb_word word)
{
    uint32_t i = 0;
    int negative = 0;
    int64_t value = 0;
    if (word.length > 0 && (word.bytes[0] == '-' || word.bytes[0] == '+')) {
        negative = word.bytes[0] == '-';
        i = 1;
    }
    for (; i < word.length && word.bytes[i] >= '0' && word.bytes[i] <= '9'; i++) {
        if (value <= INT32_MAX) {
            value = value * 10 + (word.bytes[i] - '0');
        }
    }
    if (value > INT32_MAX) {
        return negative ? INT32_MIN : INT32_MAX;
    }
    return (int32_t)(negative ? -value : value);
}

int jb_hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    if (digit >= 'a' && digit <= 'f') {
        return digit - 'a' + 10;
    }
    if (digit >= 'A' && digit <= 'F') {
        return digit - 'A' + 10;
    }
    return -1;
}
