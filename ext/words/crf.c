/* crf.c - Viterbi from the right.
 *
 *     element      0      1      2          best[i][y] = max over b of
 *     best       . . .  . . .  . . .            best[i+1][b] + node[i][y] + edge[b][y]
 *                    \_____/ \_____/        back[i][y] = that b
 */
#include "crf.h"

#include <stdbool.h>
#include <string.h>

void crf_step(const struct crf *c, const double *node, double *best, uint8_t *back) {
    double next[CRF_TAGS_MAX];
    const unsigned tags = c->tags;
    memcpy(next, best, tags * sizeof *best);
    for (unsigned y = 0; y < tags; y++) {
        best[y] = next[0] + node[y] + c->edge[y];
        back[y] = 0;
    }
    for (unsigned b = 1; b < tags; b++) {
        const double *edge = c->edge + (size_t)b * tags;
        for (unsigned y = 0; y < tags; y++) {
            double score = next[b] + node[y] + edge[y];
            bool more = score >= best[y];
            best[y] = more ? score : best[y];
            back[y] = more ? (uint8_t)b : back[y];
        }
    }
}

unsigned crf_first(const struct crf *c, const double *best) {
    unsigned tag = 0;
    for (unsigned y = 1; y < c->tags; y++)
        if (best[y] > best[tag])
            tag = y;
    return tag;
}
