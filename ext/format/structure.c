/* structure.c - where delimited records end and their separators lie.
 *
 *     bytes    7,"a ""b"", c",d|8,"e|f",|        '|' is the end of a record, ',' the separator
 *     quote    ..1..11.11...1.....1...1..
 *     inside   ..111.11.1111......1111...        parity of the quotes: 1 from an opening one on
 *     mark     .1............1.1.1.....11        separators and ends that are not inside
 *
 * The grammar, which structure_scan follows byte by byte:
 *
 *     record = field *(sep field) end            end    = *CR LF / *CR and the end of the bytes
 *     field  = quoted [text] / text              quoted = '"' *(any but '"' / '""') '"'
 *
 * In a file of CR, end = CR *LF. So no record begins or ends with half of an end, and a record
 * alone, without what is around it, reads as it did in its place.
 *
 * Text behind the closing quote is an error; it goes on to the next separator or end, and so does
 * the record: the one behind it begins where it would have begun without the error. A quoted field
 * that does not end takes the rest of the bytes with it. A quote inside text is text.
 *
 * Parity alone is right only where a quote opens at the start of a field and closes at its end;
 * then every opening quote has a mark or a closing quote (the two are a doubled one) before it, and
 * every closing quote a mark, CRLF or an opening quote behind it. The walk over blocks checks just
 * this. Where it fails, the record in question is scanned, and the walk goes on behind it. */
#include "structure.h"
#include "../base/bytes.h"
#include "../base/memory.h"
#include "../base/word.h"

enum { STRUCTURE_BLOCK = 64 };

enum error_code structure_show(struct structure *s, struct span bytes, bool last, struct error *e) {
    size_t words = bytes.n / STRUCTURE_BLOCK + 1;
    if (words > s->words) {
        uint64_t *mark = memory_resize(s->mark, words * sizeof *mark);
        if (!mark)
            return error_no_memory(e);
        s->mark = mark;
        s->words = words;
    }
    s->mark[words - 1] = 0; /* so that no bytes have no marks */
    s->bytes = bytes;
    s->last = last;
    return OK;
}

void structure_free(struct structure *s) {
    memory_free(s->mark);
    s->mark = NULL;
    s->words = 0;
}

static inline size_t structure_first(size_t word, uint64_t bits) {
    return word * STRUCTURE_BLOCK + (size_t)__builtin_ctzll(bits);
}

struct span structure_field(const struct structure *s, size_t from, unsigned k, size_t limit) {
    size_t word = from / STRUCTURE_BLOCK;
    uint64_t bits = s->mark[word] & ~0ull << from % STRUCTURE_BLOCK;
    for (;;) {
        for (; bits && k > 0; bits &= bits - 1)
            if (--k == 0)
                from = structure_first(word, bits) + 1;
        size_t to = bits ? structure_first(word, bits) : limit;
        if (bits || ++word * STRUCTURE_BLOCK >= limit)
            return span_slice(s->bytes, from, to < limit ? to : limit);
        bits = s->mark[word];
    }
}

/* The rest of an end: LF behind the CR of a file of CR, CR before the LF of one of LF. */
static inline size_t structure_begin(const struct structure *s, size_t at) {
    while (s->end == '\r' && s->bytes.p[at] == '\n')
        at++;
    return at;
}

static inline size_t structure_trim(const struct structure *s, size_t begin, size_t end) {
    while (s->end == '\n' && end > begin && s->bytes.p[end - 1] == '\r')
        end--;
    return end;
}

static inline void structure_add(const struct structure *s, struct format_frame *f, size_t begin,
                                 size_t end, size_t fields) {
    if (end == begin && s->fields > 1)
        return;
    f->record[f->count++] = (struct format_record){(uint32_t)begin, (uint32_t)(end - begin)};
    f->unchecked |= fields != s->fields;
}

/* ---- byte by byte ---- */

/* May a quoted field end before the byte at 'at'? */
static bool structure_closes(const struct structure *s, size_t at) {
    size_t end = at;
    while (s->end == '\n' && end < s->bytes.n && s->bytes.p[end] == '\r')
        end++;
    if (end == s->bytes.n || s->bytes.p[end] == s->end)
        return true;
    return end == at && s->bytes.p[end] == s->sep;
}

/* at: the opening quote. Returns what is behind the closing one. */
static size_t structure_quoted(const struct structure *s, size_t at, enum structure_form *form) {
    struct span b = s->bytes;
    do {
        at = span_find(b, at + 1, s->quote);
        if (at == b.n) {
            *form = *form ? *form : STRUCTURE_UNENDED;
            return at;
        }
        at++;
    } while (at < b.n && b.p[at] == s->quote);
    if (!structure_closes(s, at))
        *form = *form ? *form : STRUCTURE_TEXT;
    return at;
}

/* Clears the marks behind the last one set, in *word, up to 'at', and sets that one. */
static void structure_set(struct structure *s, size_t *word, size_t at) {
    while (*word < at / STRUCTURE_BLOCK)
        s->mark[++*word] = 0;
    s->mark[*word] |= (uint64_t)(at < s->bytes.n) << at % STRUCTURE_BLOCK;
}

struct structure_record structure_scan(struct structure *s, size_t begin, bool marks) {
    struct structure_record r = {.form = STRUCTURE_GOOD};
    size_t at = begin, word = begin / STRUCTURE_BLOCK;
    if (marks)
        s->mark[word] &= ~(~0ull << begin % STRUCTURE_BLOCK);
    for (;; at++) {
        if (s->quoted && at < s->bytes.n && s->bytes.p[at] == s->quote)
            at = structure_quoted(s, at, &r.form);
        at = bytes_find2(s->bytes, at, s->sep, s->end);
        r.fields++;
        if (marks)
            structure_set(s, &word, at);
        if (at == s->bytes.n || s->bytes.p[at] == s->end)
            break;
    }
    r.end = structure_trim(s, begin, at);
    r.next = at + (at < s->bytes.n);
    r.whole = at < s->bytes.n || s->last;
    return r;
}

/* ---- 64 bytes a step ---- */

struct structure_block {
    uint64_t quote, sep, end; /* a bit for each byte that is one */
};

struct structure_walk {
    size_t start;    /* of the record that is being read */
    size_t marks;    /* in the blocks before this one */
    size_t before;   /* of these, up to start */
    uint64_t inside; /* all ones: the block begins inside quotes */
    uint64_t opens;  /* a quote may open at this bit of the block, because of what is before it */
    uint64_t closed; /* 1: the byte before the block was a closing quote */
};

#define STRUCTURE_INLINE static inline __attribute__((always_inline))

/* Bits where a quote is, or is not, as it should not be. */
STRUCTURE_INLINE uint64_t structure_quotes(struct structure_walk *w, uint64_t quote,
                                           uint64_t inside, uint64_t mark) {
    uint64_t opening = quote & inside, closing = quote & ~inside;
    uint64_t before = (mark | closing) << 1 | w->opens;
    uint64_t behind = closing << 1 | w->closed;
    w->closed = closing >> 63;
    return (opening & ~before) | (behind & ~(mark | opening));
}

/* Takes those off that are the CR of a CRLF behind a closing quote. */
STRUCTURE_INLINE uint64_t structure_excuse(const struct structure *s, size_t at, uint64_t bad) {
    while (bad) {
        const uint8_t *p = s->bytes.p + at + __builtin_ctzll(bad);
        if (s->end != '\n' || p[0] != '\r' || p[1] != '\n')
            break;
        bad &= bad - 1;
    }
    return bad;
}

STRUCTURE_INLINE void structure_ends(const struct structure *s, struct format_frame *f,
                                     struct structure_walk *w, size_t at, uint64_t mark,
                                     uint64_t ends) {
    for (; ends && f->count < f->cap; ends &= ends - 1) {
        size_t end = at + (size_t)__builtin_ctzll(ends);
        size_t marks = w->marks + (size_t)__builtin_popcountll(mark & (ends ^ (ends - 1)));
        size_t begin = structure_begin(s, w->start);
        structure_add(s, f, begin, structure_trim(s, begin, end), marks - w->before);
        w->before = marks;
        w->start = end + 1;
    }
    w->marks += (size_t)__builtin_popcountll(mark);
}

/* Marks whole, good records from *at on, which it moves behind them. False: the bytes end; true: f
 * is full, or the record at *at must be scanned. */
STRUCTURE_INLINE bool
structure_walk(const struct structure *shown, struct format_frame *f, size_t *at,
               struct structure_block (*look)(const struct structure *, const uint8_t *),
               uint64_t (*parity)(uint64_t)) {
    const struct structure copy = *shown, *s = &copy; /* in registers: no store reaches it */
    struct structure_walk w = {.start = *at, .opens = 1ull << *at % STRUCTURE_BLOCK};
    uint64_t done = w.opens - 1; /* bits of the first block that are before *at */
    uint64_t bad = 0;
    size_t i = *at - *at % STRUCTURE_BLOCK;
    for (; i < s->bytes.n && f->count < f->cap && !bad; i += STRUCTURE_BLOCK, done = 0) {
        struct structure_block b = look(s, s->bytes.p + i);
        b = (struct structure_block){b.quote & ~done, b.sep & ~done, b.end & ~done};
        uint64_t inside = b.quote ? w.inside ^ parity(b.quote) : w.inside;
        uint64_t mark = (b.sep | b.end) & ~inside;
        if (b.quote | w.closed)
            bad = structure_excuse(s, i, structure_quotes(&w, b.quote, inside, mark));
        s->mark[i / STRUCTURE_BLOCK] = mark | (s->mark[i / STRUCTURE_BLOCK] & done);
        w.opens = (mark | (b.quote & ~inside)) >> 63;
        w.inside = 0 - (inside >> 63);
        structure_ends(s, f, &w, i, mark, b.end & mark & (bad ? (bad & -bad) - 1 : ~0ull));
    }
    *at = w.start;
    return bad || f->count == f->cap;
}

static inline uint64_t structure_parity_shifts(uint64_t quote) {
    for (unsigned shift = 1; shift < 64; shift *= 2)
        quote ^= quote << shift;
    return quote;
}

static inline uint64_t structure_gather(uint64_t w, uint8_t c) {
    return (word_equal(w, c) >> 7) * 0x0102040810204080u >> 56;
}

static inline struct structure_block structure_look_words(const struct structure *s,
                                                          const uint8_t *p) {
    struct structure_block b = {0};
    for (unsigned i = 0; i < STRUCTURE_BLOCK; i += 8) {
        uint64_t w = word_load(p + i);
        b.quote |= structure_gather(w, s->quote) << i;
        b.sep |= structure_gather(w, s->sep) << i;
        b.end |= structure_gather(w, s->end) << i;
    }
    b.quote &= s->quoted ? ~0ull : 0;
    return b;
}

static bool structure_walk_words(struct structure *s, struct format_frame *f, size_t *at) {
    return structure_walk(s, f, at, structure_look_words, structure_parity_shifts);
}

#if defined(__x86_64__)
#include <immintrin.h>

#define STRUCTURE_AVX2 __attribute__((target("avx2,pclmul,bmi,popcnt")))

STRUCTURE_AVX2 static inline uint64_t structure_equal(__m256i low, __m256i high, uint8_t c) {
    __m256i v = _mm256_set1_epi8((char)c);
    uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, v));
    uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, v));
    return (uint64_t)b << 32 | a;
}

STRUCTURE_AVX2 static inline struct structure_block structure_look_avx2(const struct structure *s,
                                                                        const uint8_t *p) {
    __m256i low = _mm256_loadu_si256((const __m256i *)p);
    __m256i high = _mm256_loadu_si256((const __m256i *)(p + 32));
    uint64_t quoted = s->quoted ? ~0ull : 0;
    return (struct structure_block){structure_equal(low, high, s->quote) & quoted,
                                    structure_equal(low, high, s->sep),
                                    structure_equal(low, high, s->end)};
}

STRUCTURE_AVX2 static inline uint64_t structure_parity_clmul(uint64_t quote) {
    __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (int64_t)quote), _mm_set1_epi8(-1), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

STRUCTURE_AVX2 static bool structure_walk_avx2(struct structure *s, struct format_frame *f,
                                               size_t *at) {
    return structure_walk(s, f, at, structure_look_avx2, structure_parity_clmul);
}

static bool structure_walk_fast(struct structure *s, struct format_frame *f, size_t *at) {
    bool able = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") &&
                __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    return able ? structure_walk_avx2(s, f, at) : structure_walk_words(s, f, at);
}

#elif defined(__aarch64__)
#include <arm_neon.h>

/* Four comparisons of 16 bytes each, narrowed to a bit a byte by pairwise sums. */
static inline uint64_t structure_equal(uint8x16x4_t v, uint8_t c) {
    const uint8x16_t bit = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t want = vdupq_n_u8(c);
    uint8x16_t a = vandq_u8(vceqq_u8(v.val[0], want), bit);
    uint8x16_t b = vandq_u8(vceqq_u8(v.val[1], want), bit);
    uint8x16_t d = vandq_u8(vceqq_u8(v.val[2], want), bit);
    uint8x16_t e = vandq_u8(vceqq_u8(v.val[3], want), bit);
    uint8x16_t sum = vpaddq_u8(vpaddq_u8(a, b), vpaddq_u8(d, e));
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
}

static inline struct structure_block structure_look_neon(const struct structure *s,
                                                         const uint8_t *p) {
    uint8x16x4_t v = vld1q_u8_x4(p);
    uint64_t quoted = s->quoted ? ~0ull : 0;
    return (struct structure_block){structure_equal(v, s->quote) & quoted,
                                    structure_equal(v, s->sep), structure_equal(v, s->end)};
}

static bool structure_walk_fast(struct structure *s, struct format_frame *f, size_t *at) {
    return structure_walk(s, f, at, structure_look_neon, structure_parity_shifts);
}

#else
static bool structure_walk_fast(struct structure *s, struct format_frame *f, size_t *at) {
    return structure_walk_words(s, f, at);
}
#endif

enum error_code structure_frame(struct structure *s, struct format_frame *f, struct error *e) {
    enum error_code code = structure_show(s, f->bytes, f->last, e);
    if (code)
        return code;
    size_t at = 0, n = f->bytes.n;
    f->count = 0;
    f->unchecked = false;
    while (at < n && f->count < f->cap) {
        bool stopped =
            s->portable ? structure_walk_words(s, f, &at) : structure_walk_fast(s, f, &at);
        if (f->count == f->cap || !(stopped || f->last))
            break;
        size_t begin = structure_begin(s, at);
        if (begin >= n) {
            at = n;
            break;
        }
        struct structure_record r = structure_scan(s, begin, true);
        if (!r.whole)
            break;
        structure_add(s, f, begin, r.end, r.fields);
        f->unchecked |= r.form != STRUCTURE_GOOD;
        at = r.next;
    }
    f->used = at;
    return OK;
}
