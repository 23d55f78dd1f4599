/* jieba's hidden Markov model of unknown words: begin, middle, end, single. */
#ifndef CMED_WORDS_JIEBA_HMM_H
#define CMED_WORDS_JIEBA_HMM_H

#include "jieba.h"

/* In the order of their letters, by which jieba breaks ties. */
enum jieba_hmm_state { JIEBA_HMM_B, JIEBA_HMM_E, JIEBA_HMM_M, JIEBA_HMM_S, JIEBA_HMM_STATES };

enum { JIEBA_HAN_FIRST = 0x4E00, JIEBA_HAN_LAST = 0x9FD5 };

struct jieba_hmm {
    double start[JIEBA_HMM_STATES];
    double trans[JIEBA_HMM_STATES][JIEBA_HMM_STATES]; /* from, to */
    double emit[JIEBA_HAN_LAST - JIEBA_HAN_FIRST + 1][JIEBA_HMM_STATES];
};

/* One of a run of Han characters. */
struct jieba_hidden {
    uint8_t before[JIEBA_HMM_STATES]; /* the best state before each state */
    uint8_t state;                    /* on the best path */
};

static inline bool jieba_hmm_han(uint32_t point) {
    return point >= JIEBA_HAN_FIRST && point <= JIEBA_HAN_LAST;
}

enum error_code jieba_hmm_load(struct jieba_hmm *h, const struct jieba_files *files,
                               struct error *e);

/* From left to right, one character after the other: i == 0 begins a run. score is the model's own
 * from call to call. */
void jieba_hmm_step(const struct jieba_hmm *h, uint32_t point, size_t i,
                    double score[JIEBA_HMM_STATES], struct jieba_hidden *here);
/* Fills in the states of a run of n > 0. */
void jieba_hmm_path(const double score[JIEBA_HMM_STATES], struct jieba_hidden *run, size_t n);

#endif
