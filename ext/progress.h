/* A bar on the terminal for scans that take long: cmed_config('progress', 1).
 *
 *     yidu_s4k  43 %  812 MB  1.9 GB/s  2 s left
 *
 * Nothing is written before two seconds, nor where stderr is no terminal. */
#ifndef CMED_PROGRESS_H
#define CMED_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct progress {
    struct timespec begin, shown;
    bool visible;
};

void progress_begin(struct progress *p);
/* done: bytes read; of: bytes in all, 0 where nobody knows. Cheap: may be called every megabyte. */
void progress_show(struct progress *p, const char *name, uint64_t done, uint64_t of);
/* Takes the bar off the terminal. */
void progress_end(struct progress *p);

#endif
