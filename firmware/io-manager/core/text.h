/* Constant text: in flash on the AVR, whose linker would otherwise copy it to RAM; ordinary strings elsewhere. */
#ifndef JB_IOM_TEXT_H
#define JB_IOM_TEXT_H

#ifdef __AVR__
#include <avr/pgmspace.h>
#define TEXT(literal) PSTR(literal)
static inline char text_at(const char *text, unsigned at) { return (char)pgm_read_byte(text + at); }
#else
#define TEXT(literal) (literal)
static inline char text_at(const char *text, unsigned at) { return text[at]; }
#endif

#endif
