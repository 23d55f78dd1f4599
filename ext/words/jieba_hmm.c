/* jieba_hmm.c - the tables of finalseg, and Viterbi over them.
 *
 *     来  到  杭  研          B begins a word of several characters, M is inside, E ends it, S is
 * one S   S   B   E           by itself. Before B and S come E or S, before E and M come B or M.
 */
#include "jieba_hmm.h"

#include "jieba_table.h"

static const double jieba_hmm_never = -3.14e100;

/* A table being filled in; a bit in 'seen' for each state that was named. */
struct jieba_hmm_fill {
    struct jieba_hmm *h;
    unsigned seen;
};

static int jieba_hmm_letter(uint32_t c) {
    static const char letters[] = "BEMS";
    const char *hit = c > 0 && c < 0x80 ? strchr(letters, (int)c) : NULL;
    return hit ? (int)(hit - letters) : -1;
}

static enum error_code jieba_hmm_no_state(struct error *e) {
    return error_set(e, BAD_FILE, "a state that is none of B, M, E and S");
}

static enum error_code jieba_hmm_put_start(void *of, struct jieba_table_entry entry,
                                           struct error *e) {
    struct jieba_hmm_fill *fill = of;
    int state = jieba_hmm_letter(entry.outer);
    if (state < 0 || entry.inner)
        return jieba_hmm_no_state(e);
    fill->h->start[state] = entry.value;
    fill->seen |= 1u << state;
    return OK;
}

static enum error_code jieba_hmm_put_trans(void *of, struct jieba_table_entry entry,
                                           struct error *e) {
    struct jieba_hmm_fill *fill = of;
    int from = jieba_hmm_letter(entry.outer), to = jieba_hmm_letter(entry.inner);
    if (from < 0 || to < 0)
        return jieba_hmm_no_state(e);
    fill->h->trans[from][to] = entry.value;
    fill->seen |= 1u << from;
    return OK;
}

/* Only Han characters are ever asked for. */
static enum error_code jieba_hmm_put_emit(void *of, struct jieba_table_entry entry,
                                          struct error *e) {
    struct jieba_hmm_fill *fill = of;
    int state = jieba_hmm_letter(entry.outer);
    if (state < 0 || !entry.inner)
        return jieba_hmm_no_state(e);
    if (jieba_hmm_han(entry.inner))
        fill->h->emit[entry.inner - JIEBA_HAN_FIRST][state] = entry.value;
    fill->seen |= 1u << state;
    return OK;
}

static enum error_code jieba_hmm_table(struct jieba_hmm *h, const char *name, struct span source,
                                       enum error_code (*put)(void *, struct jieba_table_entry,
                                                              struct error *),
                                       struct error *e) {
    struct jieba_hmm_fill fill = {h, 0};
    enum error_code code = jieba_table_read(source, put, &fill, e);
    if (!code && fill.seen != (1u << JIEBA_HMM_STATES) - 1)
        code = error_set(e, BAD_FILE, "not all of the states B, M, E and S");
    if (code == BAD_FILE && e) {
        struct error why = *e;
        error_set(e, code, "'%s': %s", name, why.text);
    }
    return code;
}

enum error_code jieba_hmm_load(struct jieba_hmm *h, const struct jieba_files *files,
                               struct error *e) {
    double *p = &h->trans[0][0];
    for (size_t i = 0; i < JIEBA_HMM_STATES * JIEBA_HMM_STATES; i++)
        p[i] = jieba_hmm_never;
    p = &h->emit[0][0];
    for (size_t i = 0; i < sizeof h->emit / sizeof *p; i++)
        p[i] = jieba_hmm_never;
    enum error_code code =
        jieba_hmm_table(h, "prob_start.py", files->start, jieba_hmm_put_start, e);
    if (!code)
        code = jieba_hmm_table(h, "prob_trans.py", files->trans, jieba_hmm_put_trans, e);
    return code ? code : jieba_hmm_table(h, "prob_emit.py", files->emit, jieba_hmm_put_emit, e);
}

/* Which states may come before each, the one of the lower letter first. */
static const uint8_t jieba_hmm_before[JIEBA_HMM_STATES][2] = {
    [JIEBA_HMM_B] = {JIEBA_HMM_E, JIEBA_HMM_S},
    [JIEBA_HMM_E] = {JIEBA_HMM_B, JIEBA_HMM_M},
    [JIEBA_HMM_M] = {JIEBA_HMM_B, JIEBA_HMM_M},
    [JIEBA_HMM_S] = {JIEBA_HMM_E, JIEBA_HMM_S},
};

void jieba_hmm_step(const struct jieba_hmm *h, uint32_t point, size_t i,
                    double score[JIEBA_HMM_STATES], struct jieba_hidden *here) {
    const double *emit = h->emit[point - JIEBA_HAN_FIRST];
    double last[JIEBA_HMM_STATES];
    memcpy(last, score, sizeof last);
    for (int y = 0; y < JIEBA_HMM_STATES; y++) {
        if (i == 0) {
            score[y] = h->start[y] + emit[y];
            continue;
        }
        uint8_t low = jieba_hmm_before[y][0], high = jieba_hmm_before[y][1];
        double by_low = last[low] + h->trans[low][y] + emit[y];
        double by_high = last[high] + h->trans[high][y] + emit[y];
        bool later = by_high >= by_low;
        score[y] = later ? by_high : by_low;
        here->before[y] = later ? high : low;
    }
}

void jieba_hmm_path(const double score[JIEBA_HMM_STATES], struct jieba_hidden *run, size_t n) {
    uint8_t state = score[JIEBA_HMM_S] >= score[JIEBA_HMM_E] ? JIEBA_HMM_S : JIEBA_HMM_E;
    for (size_t i = n; i-- > 0;) {
        run[i].state = state;
        if (i > 0)
            state = run[i].before[state];
    }
}
