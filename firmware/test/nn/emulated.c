/*
 * Start-up of driver.c as a program of an emulated Cortex-M, for the bodies of the kernels that only exist there: files, exit code and command
 * line by semihosting, memory in the larger RAM of the MPS boards.
 */
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>

extern uint32_t image_stack_top[];
extern void initialise_monitor_handles(void);
extern int main(int argc, char **argv);
void reset(void);

static void stop(void) {
    for (;;) {
    }
}

__attribute__((section(".vectors"), used)) static void *const vectors[16] = {
    image_stack_top, (void *)reset, (void *)stop, (void *)stop, (void *)stop, (void *)stop, (void *)stop,
};

/* What the driver and the library ask for and newlib does not have. */
void _init(void) {}
void _fini(void) {}

int posix_memalign(void **memory, size_t alignment, size_t bytes) {
    *memory = memalign(alignment, bytes);
    return *memory == NULL;
}

static int semihosting(int call, void *block) {
    register int r0 __asm__("r0") = call;
    register void *r1 __asm__("r1") = block;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

void reset(void) {
    *(volatile uint32_t *)0xE000ED88u |= 0xFu << 20; /* coprocessors 10 and 11 */
    __asm__ volatile("dsb\n\tisb");
    static char line[1024];
    struct {
        char *at;
        int bytes;
    } block = {line, sizeof line};
    static char *argv[8];
    int argc = 0;
    semihosting(0x15, &block); /* the command line */
    for (char *p = line; *p && argc < 8;) {
        argv[argc++] = p;
        while (*p && *p != ' ') p++;
        if (*p) *p++ = 0;
    }
    initialise_monitor_handles();
    exit(main(argc, argv));
}
