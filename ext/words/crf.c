/* crf.c - Viterbi from the right.
 *
 *     element      0      1      2          best[i][y] = max over b of
 *     best       . . .  . . .  . . .            best[i+1][b] + node[i][y] + edge[y][b]
 *                    \_____/ \_____/        back[i][y] = that b
 */
#include "crf.h"

#include <string.h>

void crf_step(const struct crf *c, const double *node, double *best, uint8_t *back) {
    double next[CRF_TAGS_MAX];
    memcpy(next, best, c->tags * sizeof *best);
    for (unsigned y = 0; y < c->tags; y++) {
        const double *edge = c->edge + (size_t)y * c->tags;
        double most = next[0] + node[y] + edge[0];
        unsigned tag = 0;
        for (unsigned b = 1; b < c->tags; b++) {
            double score = next[b] + node[y] + edge[b];
            if (score >= most) {
                most = score;
                tag = b;
            }
        }
        best[y] = most;
        back[y] = (uint8_t)tag;
    }
}

unsigned crf_first(const struct crf *c, const double *best) {
    unsigned tag = 0;
    for (unsigned y = 1; y < c->tags; y++)
        if (best[y] > best[tag])
            tag = y;
    return tag;
}
