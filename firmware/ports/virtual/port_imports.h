#ifndef PORT_IMPORTS_H
#define PORT_IMPORTS_H

#include <stdint.h>

/*
 * What the host gives to the virtual DUT: the port struct's functions (harness/jb_port.h states their contracts) and
 * nothing else. Every source that calls one has to see these attributes, or the link fails.
 */
#define JB_IMPORT(symbol) __attribute__((import_module("jb"), import_name(symbol)))
#define JB_EXPORT(symbol) __attribute__((export_name(symbol)))

JB_IMPORT("now_us") uint32_t import_now_us(void);
JB_IMPORT("tx") void import_tx(const uint8_t *bytes, uint32_t length);
JB_IMPORT("mark") void import_mark(uint32_t kind, uint32_t argument);
JB_IMPORT("pin") void import_pin(uint32_t level);

#endif
