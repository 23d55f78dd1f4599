/* assertion.c - cues and how far they reach.
 *
 *     患者否认高血压、糖尿病史，父亲有冠心病，本次无明显诱因出现胸痛，心梗待排
 *         ----            --   ----         ----------            ----
 *         negated, to ，  history family    no cue: a fixed phrase  uncertain, behind it
 *
 * A cue before a mention reaches to the end of its clause (，) or sentence (。；), one behind it
 * looks back over what is listed with 、. A longer cue hides a shorter one in it.
 */
#include "assertion.h"

enum assertion_reach {
    REACH_CLAUSE,   /* what follows, up to a comma */
    REACH_SENTENCE, /* what follows, up to the sentence's end */
    REACH_BACK,     /* what stands before it, in the clause */
    REACH_NEXT,     /* what stands right before it */
    REACH_END,      /* ends what came before: 但 */
    REACH_NOTHING   /* a phrase that looks like a cue */
};

struct assertion_cue {
    const char *text;
    unsigned bit;
    enum assertion_reach reach;
};

static const struct assertion_cue assertion_cues[] = {
    {"否认", ASSERTION_NEGATED, REACH_CLAUSE},
    {"无", ASSERTION_NEGATED, REACH_CLAUSE},
    {"没有", ASSERTION_NEGATED, REACH_CLAUSE},
    {"未见", ASSERTION_NEGATED, REACH_CLAUSE},
    {"未及", ASSERTION_NEGATED, REACH_CLAUSE},
    {"未触及", ASSERTION_NEGATED, REACH_CLAUSE},
    {"未闻及", ASSERTION_NEGATED, REACH_CLAUSE},
    {"未扪及", ASSERTION_NEGATED, REACH_CLAUSE},
    {"未诉", ASSERTION_NEGATED, REACH_CLAUSE},
    {"未发现", ASSERTION_NEGATED, REACH_CLAUSE},
    {"未出现", ASSERTION_NEGATED, REACH_CLAUSE},
    {"未查出", ASSERTION_NEGATED, REACH_CLAUSE},
    {"未患", ASSERTION_NEGATED, REACH_CLAUSE},
    {"不伴", ASSERTION_NEGATED, REACH_CLAUSE},
    {"不考虑", ASSERTION_NEGATED, REACH_CLAUSE},
    {"不支持", ASSERTION_NEGATED, REACH_CLAUSE},
    {"不是", ASSERTION_NEGATED, REACH_CLAUSE},
    {"并非", ASSERTION_NEGATED, REACH_CLAUSE},
    {"排除", ASSERTION_NEGATED, REACH_CLAUSE},
    {"除外", ASSERTION_NEGATED, REACH_CLAUSE},
    {"阴性", ASSERTION_NEGATED, REACH_BACK},
    {"(-)", ASSERTION_NEGATED, REACH_BACK},
    {"（－）", ASSERTION_NEGATED, REACH_BACK},
    {"(—)", ASSERTION_NEGATED, REACH_BACK},
    {"未引出", ASSERTION_NEGATED, REACH_BACK},
    {"已排除", ASSERTION_NEGATED, REACH_BACK},
    {"不明显", ASSERTION_NEGATED, REACH_BACK},
    {"疑", ASSERTION_UNCERTAIN, REACH_CLAUSE},
    {"疑似", ASSERTION_UNCERTAIN, REACH_CLAUSE},
    {"可疑", ASSERTION_UNCERTAIN, REACH_CLAUSE},
    {"怀疑", ASSERTION_UNCERTAIN, REACH_CLAUSE},
    {"考虑", ASSERTION_UNCERTAIN, REACH_CLAUSE},
    {"可能", ASSERTION_UNCERTAIN, REACH_CLAUSE},
    {"倾向", ASSERTION_UNCERTAIN, REACH_CLAUSE},
    {"拟诊", ASSERTION_UNCERTAIN, REACH_CLAUSE},
    {"不除外", ASSERTION_UNCERTAIN, REACH_CLAUSE},
    {"不排除", ASSERTION_UNCERTAIN, REACH_CLAUSE},
    {"不能除外", ASSERTION_UNCERTAIN, REACH_CLAUSE},
    {"不能排除", ASSERTION_UNCERTAIN, REACH_CLAUSE},
    {"未除外", ASSERTION_UNCERTAIN, REACH_CLAUSE},
    {"未排除", ASSERTION_UNCERTAIN, REACH_CLAUSE},
    {"待排", ASSERTION_UNCERTAIN, REACH_BACK},
    {"待查", ASSERTION_UNCERTAIN, REACH_BACK},
    {"待除外", ASSERTION_UNCERTAIN, REACH_BACK},
    {"可能", ASSERTION_UNCERTAIN, REACH_BACK},
    {"不除外", ASSERTION_UNCERTAIN, REACH_BACK},
    {"不能除外", ASSERTION_UNCERTAIN, REACH_BACK},
    {"可能性大", ASSERTION_UNCERTAIN, REACH_BACK},
    {"?", ASSERTION_UNCERTAIN, REACH_NEXT},
    {"既往", ASSERTION_HISTORY, REACH_SENTENCE},
    {"曾", ASSERTION_HISTORY, REACH_CLAUSE},
    {"以往", ASSERTION_HISTORY, REACH_SENTENCE},
    {"病史", ASSERTION_HISTORY, REACH_BACK},
    {"史", ASSERTION_HISTORY, REACH_BACK},
    {"父亲", ASSERTION_FAMILY, REACH_SENTENCE},
    {"母亲", ASSERTION_FAMILY, REACH_SENTENCE},
    {"父母", ASSERTION_FAMILY, REACH_SENTENCE},
    {"其父", ASSERTION_FAMILY, REACH_SENTENCE},
    {"其母", ASSERTION_FAMILY, REACH_SENTENCE},
    {"祖父", ASSERTION_FAMILY, REACH_SENTENCE},
    {"祖母", ASSERTION_FAMILY, REACH_SENTENCE},
    {"兄弟", ASSERTION_FAMILY, REACH_SENTENCE},
    {"姐妹", ASSERTION_FAMILY, REACH_SENTENCE},
    {"哥哥", ASSERTION_FAMILY, REACH_SENTENCE},
    {"姐姐", ASSERTION_FAMILY, REACH_SENTENCE},
    {"弟弟", ASSERTION_FAMILY, REACH_SENTENCE},
    {"妹妹", ASSERTION_FAMILY, REACH_SENTENCE},
    {"家族", ASSERTION_FAMILY, REACH_SENTENCE},
    {"家族史", ASSERTION_FAMILY, REACH_BACK},
    {"亲属", ASSERTION_FAMILY, REACH_SENTENCE},
    {"但", 0, REACH_END},
    {"然而", 0, REACH_END},
    {"本人", 0, REACH_END},
    {"本次", 0, REACH_END},
    {"现病史", 0, REACH_NOTHING},
    {"无明显诱因", 0, REACH_NOTHING},
    {"无诱因", 0, REACH_NOTHING},
    {"无明显原因", 0, REACH_NOTHING},
    {"无力", 0, REACH_NOTHING},
    {"无痛", 0, REACH_NOTHING},
    {"无菌", 0, REACH_NOTHING},
    {"无法", 0, REACH_NOTHING},
    {"无名", 0, REACH_NOTHING},
    {"无论", 0, REACH_NOTHING},
    {"可能性", 0, REACH_NOTHING},
};

enum { ASSERTION_CUES = sizeof assertion_cues / sizeof *assertion_cues };

static bool assertion_is_comma(uint32_t c) {
    return c == ',' || c == 0xFF0C;
}

static bool assertion_is_end(uint32_t c) {
    return c == 0x3002 || c == ';' || c == 0xFF1B || c == '!' || c == 0xFF01 ||
           points_is_newline(c);
}

/* The longest cue at 'at' of those that reach forward, or of those that reach back; its length. */
static size_t assertion_cue(const struct points *t, size_t at, bool back,
                            const struct assertion_cue **out) {
    size_t longest = 0;
    for (size_t i = 0; i < ASSERTION_CUES; i++) {
        const struct assertion_cue *cue = &assertion_cues[i];
        bool looks_back = cue->reach == REACH_BACK || cue->reach == REACH_NEXT;
        size_t n =
            looks_back == back || cue->reach == REACH_NOTHING ? points_match(t, at, cue->text) : 0;
        if (n > longest) {
            longest = n;
            *out = cue;
        }
    }
    return longest;
}

/* What cues before the mention say: they are read from the sentence's start on. */
static unsigned assertion_before(const struct points *t, size_t start) {
    unsigned clause = 0, sentence = 0;
    size_t at = start;
    while (at > 0 && start - at < ASSERTION_BEFORE && !assertion_is_end(t->p[at - 1]))
        at--;
    while (at < start) {
        const struct assertion_cue *cue = NULL;
        size_t n = assertion_cue(t, at, false, &cue);
        if (assertion_is_comma(t->p[at]))
            clause = 0;
        if (!n || at + n > start) { /* a cue that runs into the mention is part of it */
            at++;
            continue;
        }
        if (cue->reach == REACH_END)
            clause = sentence = 0;
        else if (cue->reach == REACH_SENTENCE)
            sentence |= cue->bit;
        else if (cue->reach == REACH_CLAUSE)
            clause |= cue->bit;
        at += n;
    }
    /* 不除外 and 考虑 outweigh what else denies: 无 … 不除外肺炎 */
    return clause & ASSERTION_UNCERTAIN ? sentence | (clause & ~(unsigned)ASSERTION_NEGATED)
                                        : sentence | clause;
}

static unsigned assertion_behind(const struct points *t, size_t end) {
    unsigned bits = 0;
    size_t last = end + ASSERTION_BEHIND < t->n ? end + ASSERTION_BEHIND : t->n;
    for (size_t at = end; at < last;) {
        const struct assertion_cue *cue = NULL;
        size_t n = assertion_cue(t, at, true, &cue);
        if (assertion_is_comma(t->p[at]) || assertion_is_end(t->p[at]))
            break;
        if (n && (cue->reach == REACH_BACK || (cue->reach == REACH_NEXT && at == end)))
            bits |= cue->bit;
        at += n ? n : 1;
    }
    return bits;
}

unsigned assertion_of(const struct points *text, size_t start, size_t end) {
    return assertion_before(text, start) | assertion_behind(text, end);
}
