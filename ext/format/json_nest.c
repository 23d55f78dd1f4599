/* json_nest.c - where an object or array ends, 64 bytes at a time.
 *
 *     bytes    {"a": [1, "]\""], "b": {}}, …
 *     quote    .1.1......1...1...1.1.....        quotes that no backslash takes
 *     inside   .11.......11111...11......        parity of the quotes
 *     open     1.....1................1..        brackets that are not inside
 *     close    ...............1........11
 *                                       ^ the first one that closes more than was opened
 *
 * The byte by byte walk says the same; it takes what is left over, and machines without AVX2. */
#include "json_nest.h"

#include "../base/bytes.h"

enum { JSON_BLOCK = 64 };

/* What is known before a byte. */
struct json_nest {
    size_t at, depth;
    bool inside;  /* a string */
    bool escaped; /* the byte is behind a backslash */
};

static size_t json_nest_string(struct span s, size_t at, bool escaped) {
    for (at += escaped; at < s.n; at += 2) {
        at = bytes_string_near(s, at);
        if (at >= s.n || s.p[at] == '"')
            break;
    }
    return at < s.n ? at + 1 : s.n;
}

static size_t json_nest_bytes(struct span s, struct json_nest n) {
    size_t at = n.inside ? json_nest_string(s, n.at, n.escaped) : n.at;
    while (at < s.n) {
        uint8_t c = s.p[at++];
        if (c == '"')
            at = json_nest_string(s, at, false);
        else if (c == '{' || c == '[')
            n.depth++;
        else if ((c == '}' || c == ']') && --n.depth == 0)
            break;
    }
    return at;
}

size_t json_nest_end_portable(struct span s, size_t at) {
    return json_nest_bytes(s, (struct json_nest){.at = at});
}

#ifdef __x86_64__
#include <immintrin.h>

#define JSON_AVX2 __attribute__((target("avx2,pclmul,bmi,popcnt")))

JSON_AVX2 static inline uint64_t json_equal(__m256i low, __m256i high, uint8_t c) {
    __m256i v = _mm256_set1_epi8((char)c);
    uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, v));
    uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, v));
    return (uint64_t)b << 32 | a;
}

/* Bytes behind an odd run of backslashes (Langdale and Lemire, Parsing Gigabytes of JSON per
 * Second, 2019). */
static inline uint64_t json_escaped_bits(uint64_t slash, bool *carry) {
    const uint64_t odd = 0xAAAAAAAAAAAAAAAAu;
    uint64_t before = *carry, starts = slash & ~before;
    uint64_t runs = ((starts << 1 | odd) - starts) ^ odd;
    *carry = (runs & slash) >> 63;
    return runs ^ (slash | before);
}

/* The lowest close at which depth comes to 0; 0: none does. */
static inline uint64_t json_last_close(uint64_t open, uint64_t close, size_t depth) {
    for (; close; close &= close - 1) {
        uint64_t below = (close & -close) - 1;
        size_t opened = (size_t)__builtin_popcountll(open & below);
        if (depth + opened == 1)
            return close & -close;
        depth--;
    }
    return 0;
}

JSON_AVX2 static size_t json_nest_end_avx2(struct span s, size_t at) {
    struct json_nest n = {.at = at};
    for (; s.n - n.at >= JSON_BLOCK; n.at += JSON_BLOCK) {
        __m256i low = _mm256_loadu_si256((const __m256i *)(s.p + n.at));
        __m256i high = _mm256_loadu_si256((const __m256i *)(s.p + n.at + 32));
        __m256i bit = _mm256_set1_epi8(0x20); /* '[' and '{' differ by it, ']' and '}' too */
        uint64_t quote = json_equal(low, high, '"'), slash = json_equal(low, high, '\\');
        if (slash || n.escaped)
            quote &= ~json_escaped_bits(slash, &n.escaped);
        __m128i parity =
            _mm_clmulepi64_si128(_mm_set_epi64x(0, (int64_t)quote), _mm_set1_epi8(-1), 0);
        uint64_t inside = (uint64_t)_mm_cvtsi128_si64(parity) ^ (n.inside ? ~0ull : 0);
        low = _mm256_or_si256(low, bit);
        high = _mm256_or_si256(high, bit);
        uint64_t open = json_equal(low, high, '{') & ~inside;
        uint64_t close = json_equal(low, high, '}') & ~inside;
        size_t closes = (size_t)__builtin_popcountll(close);
        if (closes >= n.depth && close) {
            uint64_t last = json_last_close(open, close, n.depth);
            if (last)
                return n.at + (size_t)__builtin_ctzll(last) + 1;
        }
        n.depth += (size_t)__builtin_popcountll(open) - closes;
        n.inside = inside >> 63;
    }
    return json_nest_bytes(s, n);
}

size_t json_nest_end(struct span s, size_t at) {
    bool able = s.n - at >= JSON_BLOCK && __builtin_cpu_supports("avx2") &&
                __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("bmi") &&
                __builtin_cpu_supports("popcnt");
    return able ? json_nest_end_avx2(s, at) : json_nest_end_portable(s, at);
}
#else
size_t json_nest_end(struct span s, size_t at) {
    return json_nest_end_portable(s, at);
}
#endif
