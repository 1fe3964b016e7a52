#ifndef CLOCK_H
#define CLOCK_H

/* Core and all buses at 120 MHz, from the MSI oscillator by way of the PLL, trimmed by the 32,768 Hz crystal where it runs. */
enum { CLOCK_HZ = 120000000 };

void clock_init(void);

#endif
