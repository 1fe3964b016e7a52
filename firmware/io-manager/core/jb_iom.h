/*
 * The IO manager's protocol, without hardware: commands from the host, lines from the DUT, edges of the timestamp pin.
 * Everything goes through one struct; nothing is allocated, nothing waits except inside the port's functions.
 */
#ifndef JB_IOM_H
#define JB_IOM_H

#include <stdbool.h>
#include <stdint.h>

#define JB_IOM_VERSION "0.1.0"

/*
 * A longer command is cut to this many characters. `dut ` and the 80 characters that a DUT takes fit in, as does the
 * longest `db` command of any runner (26 bytes through a relay, 38 at most).
 */
#define JB_IOM_COMMAND_CHARS 128

/* A DUT's line is held back until it is complete, up to this many characters; the rest of a longer one goes out as it comes. */
#define JB_IOM_LINE_CHARS 192

/* What a port hands in instead of a character that it lost or could not read. No command contains it. */
#define JB_IOM_LOST 0xFFu

/* What the board can do. Every function returns when the byte is taken over, and may wait for room until then. */
typedef struct {
    void (*host_put)(uint8_t byte);
    void (*dut_put)(uint8_t byte);
    /*
     * Which edges of the timestamp pin are reported from now on. Edges from before the call are forgotten when it
     * changes anything.
     */
    void (*edges)(bool enabled, bool any_change);
} jb_iom_port;

typedef struct {
    const jb_iom_port *port;
    uint8_t command_chars;
    uint8_t line_chars;
    bool command_damaged;
    bool line_open; /* the beginning of the line is with the host already */
    bool edges_enabled;
    bool any_change;
    char command[JB_IOM_COMMAND_CHARS + 1];
    char line[JB_IOM_LINE_CHARS];
} jb_iom;

/* A fresh start: timer off, any change of the pin counts. Says who it is, then `m-ready`. */
void jb_iom_init(jb_iom *iom, const jb_iom_port *port);

/* One byte from the host. `%` runs the command. */
void jb_iom_host(jb_iom *iom, uint8_t byte);

/* One byte from the DUT. */
void jb_iom_dut(jb_iom *iom, uint8_t byte);

/* An edge at this time, in microseconds modulo 2^32. Ignored while the timer is off. */
void jb_iom_edge(jb_iom *iom, uint32_t time_us);

/* This many edges came faster than they could be reported. */
void jb_iom_edges_lost(jb_iom *iom, uint32_t count);

#endif
