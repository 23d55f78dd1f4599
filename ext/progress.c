/* progress.c - one line on stderr, written over and over. */
#include "progress.h"

#include <stdio.h>
#include <unistd.h>

static const double progress_first = 2, progress_again = 0.2; /* seconds */

static double progress_since(const struct timespec *then, const struct timespec *now) {
    return (double)(now->tv_sec - then->tv_sec) + (double)(now->tv_nsec - then->tv_nsec) / 1e9;
}

void progress_begin(struct progress *p) {
    *p = (struct progress){0};
    clock_gettime(CLOCK_MONOTONIC, &p->begin);
}

static void progress_bytes(char *to, size_t n, double bytes, const char *behind) {
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
    unsigned u = 0;
    for (; bytes >= 1000 && u < 4; u++)
        bytes /= 1000;
    snprintf(to, n, "%.*f %s%s", bytes < 10 && u ? 1 : 0, bytes, units[u], behind);
}

void progress_show(struct progress *p, const char *name, uint64_t done, uint64_t of) {
    struct timespec now;
    char size[32], rate[32], left[48] = "", share[16] = "";
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = progress_since(&p->begin, &now);
    if (seconds < progress_first || progress_since(&p->shown, &now) < progress_again ||
        !isatty(STDERR_FILENO))
        return;
    p->shown = now;
    p->visible = true;
    progress_bytes(size, sizeof size, (double)done, "");
    progress_bytes(rate, sizeof rate, (double)done / seconds, "/s");
    if (of >= done && done > 0) {
        snprintf(share, sizeof share, "%.0f %%  ", 100.0 * (double)done / (double)of);
        snprintf(left, sizeof left, "  %.0f s left", seconds * (double)(of - done) / (double)done);
    }
    fprintf(stderr, "\r\033[K%s  %s%s  %s%s", name, share, size, rate, left);
}

void progress_end(struct progress *p) {
    if (p->visible)
        fputs("\r\033[K", stderr);
    p->visible = false;
}
