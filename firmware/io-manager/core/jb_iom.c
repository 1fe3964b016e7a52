#include "core/jb_iom.h"
#include "core/text.h"

static void put(jb_iom *iom, char character) { iom->port->host_put((uint8_t)character); }

static void put_text(jb_iom *iom, const char *text)
{
    char character;
    for (unsigned at = 0; (character = text_at(text, at)) != '\0'; at++) {
        put(iom, character);
    }
}

/* What came from outside, as it may stand in a line: a terminal shall not obey it. */
static void put_visible(jb_iom *iom, const char *text)
{
    for (; *text != '\0'; text++) {
        put(iom, *text >= ' ' && *text <= '~' ? *text : '?');
    }
}

static void put_decimal(jb_iom *iom, uint32_t value)
{
    char digits[10];
    uint8_t count = 0;
    do {
        digits[count++] = (char)('0' + value % 10u);
        value /= 10u;
    } while (value != 0);
    while (count > 0) {
        put(iom, digits[--count]);
    }
}

static void end_line(jb_iom *iom) { put_text(iom, TEXT("\r\n")); }

/* Before a line of the relay's own: it must not stand in the middle of one of the DUT's. */
static void begin_line(jb_iom *iom)
{
    if (iom->line_open) {
        end_line(iom);
        iom->line_open = false;
    }
}

static void put_line(jb_iom *iom, const char *text)
{
    begin_line(iom);
    put_text(iom, text);
    end_line(iom);
}

static bool is_space(char character) { return character == ' ' || character == '\r' || character == '\n'; }

static const char *skip_spaces(const char *text)
{
    while (is_space(*text)) {
        text++;
    }
    return text;
}

/* The text behind the first word if that is `word`, else null. */
static const char *after_word(const char *command, const char *word)
{
    unsigned at = 0;
    for (; text_at(word, at) != '\0'; at++) {
        if (command[at] != text_at(word, at)) {
            return 0;
        }
    }
    return command[at] == '\0' || is_space(command[at]) ? command + at : 0;
}

/* `dut TEXT`: the text is sent on as it is, with its terminator. */
static void pass_through(jb_iom *iom, const char *text)
{
    if (*text == ' ') {
        text++;
    }
    if (*skip_spaces(text) == '\0') {
        /* The reference firmware of a DUT does not survive a lone %. */
        put_line(iom, TEXT("e-[Command 'dut' requires a command]"));
        return;
    }
    for (const char *at = text; *at != '\0'; at++) {
        iom->port->dut_put((uint8_t)*at);
    }
    iom->port->dut_put('%');
    begin_line(iom);
    put_text(iom, TEXT("m-dut-passthrough("));
    put_visible(iom, text);
    put_text(iom, TEXT(")\r\n"));
}

static void set_edges(jb_iom *iom, bool enabled, bool any_change)
{
    iom->edges_enabled = enabled;
    iom->any_change = any_change;
    iom->port->edges(enabled, any_change);
}

static void timer_mode(jb_iom *iom, const char *arguments)
{
    arguments = skip_spaces(arguments);
    const bool any_change = *arguments == '1';
    if ((*arguments != '0' && *arguments != '1') || *skip_spaces(arguments + 1) != '\0') {
        put_line(iom, TEXT("e-[Command 'tm' requires 0 or 1]"));
        return;
    }
    set_edges(iom, false, any_change);
    put_line(iom, any_change ? TEXT("m-timestmp-mode-CHANGE") : TEXT("m-timestmp-mode-FALLING"));
    put_line(iom, TEXT("m-[Timer disabled after mode change]"));
}

static void help(jb_iom *iom)
{
    put_line(iom, TEXT("Joulebench IO manager " JB_IOM_VERSION));
    put_line(iom, TEXT(""));
    put_line(iom, TEXT("name          : what this is"));
    put_line(iom, TEXT("version       : its version"));
    put_line(iom, TEXT("dut <command> : send a command to the DUT"));
    put_line(iom, TEXT("tm 0|1        : time stamps on falling edges, on any change (default)"));
    put_line(iom, TEXT("enable-timer  : report the edges of D3"));
    put_line(iom, TEXT("disable-timer : stop reporting them"));
}

static void unknown(jb_iom *iom, char *command)
{
    char *end = command;
    while (*end != '\0' && !is_space(*end)) {
        end++;
    }
    *end = '\0';
    begin_line(iom);
    put_text(iom, TEXT("e-[Unknown command: "));
    put_visible(iom, command);
    put_text(iom, TEXT("]\r\n"));
}

static void run_command(jb_iom *iom)
{
    const char *arguments;
    char *command = iom->command;
    while (is_space(*command)) {
        command++; /* a terminal may send a line end behind its % */
    }
    if (iom->command_damaged) {
        put_line(iom, TEXT("e-[Characters were lost]"));
    } else if (*command == '\0') {
        /* a lone % only asks whether anyone is there */
    } else if ((arguments = after_word(command, TEXT("dut")))) {
        pass_through(iom, arguments);
    } else if ((arguments = after_word(command, TEXT("tm")))) {
        timer_mode(iom, arguments);
    } else if (after_word(command, TEXT("enable-timer"))) {
        set_edges(iom, true, iom->any_change);
        put_line(iom, TEXT("m-timer-enabled"));
    } else if (after_word(command, TEXT("disable-timer"))) {
        set_edges(iom, false, iom->any_change);
        put_line(iom, TEXT("m-timer-disabled"));
    } else if (after_word(command, TEXT("name"))) {
        put_line(iom, TEXT("m-name-joulebench-io-manager-[arduino-uno]"));
    } else if (after_word(command, TEXT("version"))) {
        put_line(iom, TEXT("m-version-[Joulebench IO manager " JB_IOM_VERSION "]"));
    } else if (after_word(command, TEXT("help"))) {
        help(iom);
    } else {
        unknown(iom, command);
    }
    put_line(iom, TEXT("m-ready"));
}

void jb_iom_init(jb_iom *iom, const jb_iom_port *port)
{
    iom->port = port;
    iom->command_chars = 0;
    iom->line_chars = 0;
    iom->command_damaged = false;
    iom->line_open = false;
    set_edges(iom, false, true);
    put_line(iom, TEXT("m-[Joulebench IO manager " JB_IOM_VERSION "]"));
    put_line(iom, TEXT("m-ready"));
}

void jb_iom_host(jb_iom *iom, uint8_t byte)
{
    if (byte == '%') {
        iom->command[iom->command_chars] = '\0';
        run_command(iom);
        iom->command_chars = 0;
        iom->command_damaged = false;
    } else if (byte == JB_IOM_LOST) {
        iom->command_damaged = true;
    } else if (byte != '\0' && iom->command_chars < JB_IOM_COMMAND_CHARS) {
        iom->command[iom->command_chars++] = (char)byte;
    }
}

/* What is held of the DUT's line, with the prefix where the line begins. */
static void send_held(jb_iom *iom)
{
    if (!iom->line_open) {
        put_text(iom, TEXT("[dut]: "));
    }
    for (uint8_t at = 0; at < iom->line_chars; at++) {
        put(iom, iom->line[at]);
    }
    iom->line_chars = 0;
    iom->line_open = true;
}

void jb_iom_dut(jb_iom *iom, uint8_t byte)
{
    if (byte == '\0' || byte == '\r') {
        return;
    }
    if (byte == '\n') {
        send_held(iom);
        begin_line(iom);
        return;
    }
    if (iom->line_chars == JB_IOM_LINE_CHARS) {
        send_held(iom);
    }
    if (iom->line_open) {
        put(iom, (char)byte);
    } else {
        iom->line[iom->line_chars++] = (char)byte;
    }
}

void jb_iom_edge(jb_iom *iom, uint32_t time_us)
{
    if (!iom->edges_enabled) {
        return;
    }
    begin_line(iom);
    put_text(iom, TEXT("m-lap-us-"));
    put_decimal(iom, time_us);
    end_line(iom);
}

void jb_iom_edges_lost(jb_iom *iom, uint32_t count)
{
    if (!iom->edges_enabled) {
        return;
    }
    begin_line(iom);
    put_text(iom, TEXT("e-[Edges lost: "));
    put_decimal(iom, count);
    put_text(iom, TEXT("]\r\n"));
}
