/* What the processor can do, asked when the program runs. */
#ifndef CMED_BASE_CPU_H
#define CMED_BASE_CPU_H

#include <stdbool.h>

#ifdef __x86_64__
static inline bool cpu_avx2(void) {
    return __builtin_cpu_supports("avx2");
}
#else
static inline bool cpu_avx2(void) {
    return false;
}
#endif

#endif
