/* test_automaton.c - keys found by the automaton against keys found by looking everywhere. */
#include "../../ext/base/memory.h"
#include "../../ext/words/automaton.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { TEXT = 400, LANES = 3 };

static uint32_t test_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

struct test_keys {
    uint16_t labels[200][8];
    size_t n[200], count;
};

static bool test_ends(const struct test_keys *k, size_t i, const uint16_t *text, size_t end) {
    return end >= k->n[i] && !memcmp(text + end - k->n[i], k->labels[i], k->n[i] * 2);
}

/* Distinct random keys over 'letters' symbols. */
static struct test_keys test_make(uint32_t letters, size_t count, uint32_t *seed) {
    struct test_keys k = {.count = 0};
    for (size_t tries = 0; k.count < count && tries < 5000; tries++) {
        size_t n = 1 + test_random(seed) % 7;
        uint16_t *to = k.labels[k.count];
        for (size_t i = 0; i < n; i++)
            to[i] = (uint16_t)(1 + test_random(seed) % letters);
        k.n[k.count] = n;
        bool fresh = true;
        for (size_t i = 0; i < k.count; i++)
            fresh &= !(k.n[i] == n && !memcmp(k.labels[i], to, n * 2));
        k.count += fresh;
    }
    return k;
}

static const struct {
    uint32_t letters;
    size_t count;
} SHAPES[] = {{1, 7}, {2, 60}, {3, 200}, {50, 200}, {65534, 150}, {5, 0}};

static void test_fill(const struct test_keys *k, struct automaton_builder *b, uint32_t *seed) {
    for (size_t i = 0; i < k->count; i++) {
        int32_t w[LANES];
        for (int lane = 0; lane < LANES; lane++)
            w[lane] = (int32_t)(test_random(seed) % 2001) - 1000;
        enum error_code code = b->lanes
                                   ? automaton_add_weights(b, k->labels[i], k->n[i], w, NULL)
                                   : automaton_add(b, k->labels[i], k->n[i], (uint32_t)i + 1, NULL);
        assert_int_equal(code, OK);
    }
}

static void test_text(uint16_t *text, uint32_t letters, const struct test_keys *k, uint32_t *seed) {
    for (size_t at = 0; at < TEXT;) {
        if (k->count && test_random(seed) % 2) {
            size_t i = test_random(seed) % k->count;
            for (size_t j = 0; j < k->n[i] && at < TEXT; j++)
                text[at++] = k->labels[i][j];
        } else {
            text[at++] = (uint16_t)(1 + test_random(seed) % letters);
        }
    }
}

static void test_dictionary(const struct test_keys *k, const uint16_t *text,
                            const struct automaton *a) {
    for (size_t at = 0; at < TEXT; at++) {
        uint32_t state = AUTOMATON_ROOT;
        for (size_t n = 1; n <= 8 && at + n <= TEXT; n++) {
            state = automaton_child(a, state, text[at + n - 1]);
            uint32_t want = 0;
            for (size_t i = 0; i < k->count; i++)
                if (k->n[i] == n && test_ends(k, i, text, at + n))
                    want = (uint32_t)i + 1;
            assert_int_equal(state ? automaton_value(a, state) : 0, want);
            if (!state)
                break;
        }
    }
}

static void test_all_keys(const struct test_keys *k, const uint16_t *text,
                          const struct automaton *a) {
    uint32_t state = AUTOMATON_ROOT;
    for (size_t at = 0; at < TEXT; at++) {
        state = automaton_step(a, state, text[at]);
        uint32_t hit = automaton_hit(a, state);
        for (size_t n = 8; n > 0; n--)
            for (size_t i = 0; i < k->count; i++)
                if (k->n[i] == n && test_ends(k, i, text, at + 1)) {
                    assert_int_equal(automaton_value(a, hit), i + 1);
                    hit = automaton_next_hit(a, hit);
                }
        assert_int_equal(hit, 0);
    }
}

static void test_vectors(const struct test_keys *k, const uint16_t *text, const struct automaton *a,
                         const struct automaton_built *built, const struct automaton_builder *b) {
    uint32_t state = AUTOMATON_ROOT;
    for (size_t at = 0; at < TEXT; at++) {
        state = automaton_step(a, state, text[at]);
        int32_t want[LANES] = {0};
        for (size_t i = 0; i < k->count; i++)
            if (test_ends(k, i, text, at + 1))
                for (int lane = 0; lane < LANES; lane++)
                    want[lane] += b->weights[i * LANES + (size_t)lane];
        for (int lane = 0; lane < LANES; lane++)
            assert_int_equal(built->vectors[automaton_value(a, state) * LANES + (size_t)lane],
                             want[lane]);
    }
}

static void test_walks(void **unused) {
    (void)unused;
    uint32_t seed = 7;
    for (size_t shape = 0; shape < sizeof SHAPES / sizeof *SHAPES; shape++) {
        uint32_t letters = SHAPES[shape].letters;
        struct test_keys k = test_make(letters, SHAPES[shape].count, &seed);
        uint16_t text[TEXT];
        test_text(text, letters, &k, &seed);
        for (enum automaton_kind kind = AUTOMATON_DICTIONARY; kind <= AUTOMATON_VECTORS; kind++) {
            struct automaton_builder b = {.lanes = kind == AUTOMATON_VECTORS ? LANES : 0};
            struct automaton_built built;
            test_fill(&k, &b, &seed);
            assert_int_equal(automaton_build(&b, kind, letters, &built, NULL), OK);
            struct automaton a = automaton_of(&built);
            uint32_t values = kind == AUTOMATON_VECTORS ? built.n_vectors : 1 << 24;
            assert_int_equal(automaton_check(&a, values, NULL), OK);
            if (kind == AUTOMATON_DICTIONARY)
                test_dictionary(&k, text, &a);
            else if (kind == AUTOMATON_ALL_KEYS)
                test_all_keys(&k, text, &a);
            else
                test_vectors(&k, text, &a, &built, &b);
            automaton_builder_free(&b);
            automaton_built_free(&built);
        }
    }
}

static void test_order_is_nothing(void **unused) {
    (void)unused;
    static const uint16_t KEYS[][2] = {{1, 2}, {2, 1}, {1, 1}, {2, 2}};
    struct automaton_built built[2];
    for (int turn = 0; turn < 2; turn++) {
        struct automaton_builder b = {0};
        for (int i = 0; i < 4; i++)
            assert_int_equal(automaton_add(&b, KEYS[turn ? 3 - i : i], 2,
                                           turn ? 4 - (uint32_t)i : (uint32_t)i + 1, NULL),
                             OK);
        assert_int_equal(automaton_build(&b, AUTOMATON_ALL_KEYS, 2, &built[turn], NULL), OK);
        automaton_builder_free(&b);
    }
    assert_int_equal(built[0].n, built[1].n);
    assert_memory_equal(built[0].slots, built[1].slots, built[0].n * 8);
    assert_memory_equal(built[0].fails, built[1].fails, built[0].n * 4);
    automaton_built_free(&built[0]);
    automaton_built_free(&built[1]);
}

static void test_saturates(void **unused) {
    (void)unused;
    struct automaton_builder b = {.lanes = 2};
    struct automaton_built built;
    const uint16_t key[] = {1, 1};
    automaton_add_weights(&b, key, 1, (int32_t[]){30000, -30000}, NULL);
    automaton_add_weights(&b, key, 2, (int32_t[]){30000, -30000}, NULL);
    assert_int_equal(automaton_build(&b, AUTOMATON_VECTORS, 1, &built, NULL), OK);
    struct automaton a = automaton_of(&built);
    uint32_t state = automaton_step(&a, automaton_step(&a, AUTOMATON_ROOT, 1), 1);
    assert_int_equal(built.vectors[automaton_value(&a, state) * 2], 32767);
    assert_int_equal(built.vectors[automaton_value(&a, state) * 2 + 1], -32767);
    automaton_builder_free(&b);
    automaton_built_free(&built);
}

static void test_refused_keys(void **unused) {
    (void)unused;
    struct automaton_builder b = {0};
    struct automaton_built built;
    uint16_t key[AUTOMATON_KEY_MAX + 1] = {3, 3};
    struct error e;
    assert_int_equal(automaton_add(&b, key, 0, 1, &e), BAD_DATA);
    assert_int_equal(automaton_add(&b, key, AUTOMATON_KEY_MAX + 1, 1, &e), BAD_DATA);
    assert_int_equal(automaton_add(&b, key, 2, 0, &e), BAD_DATA);
    assert_int_equal(automaton_add(&b, key, 2, AUTOMATON_VALUE_MAX + 1, &e), BAD_DATA);
    assert_int_equal(automaton_add(&b, key, 2, 1, &e), OK);
    assert_int_equal(automaton_build(&b, AUTOMATON_DICTIONARY, 2, &built, &e), BAD_DATA);
    assert_string_equal(e.text, "3 is no symbol of 2");
    assert_int_equal(automaton_add(&b, key, 2, 2, &e), OK);
    assert_int_equal(automaton_build(&b, AUTOMATON_DICTIONARY, 9, &built, &e), BAD_DATA);
    assert_string_equal(e.text, "a key is given twice");
    automaton_builder_free(&b);
}

/* What a hostile file could hold. */
static void test_check(void **unused) {
    (void)unused;
    uint64_t slots[8] = {0};
    uint32_t fails[8] = {0}, hits[8] = {0};
    struct automaton a = {slots, fails, hits, 8, 4};
    struct error e;
    assert_int_equal(automaton_check(&a, 1, &e), OK);
    slots[5] = 3; /* base 3 + label 4 < 8 */
    assert_int_equal(automaton_check(&a, 1, &e), OK);
    slots[5] = 4;
    assert_int_equal(automaton_check(&a, 1, &e), BAD_FILE);
    slots[5] = (uint64_t)1 << 40;
    assert_int_equal(automaton_check(&a, 1, &e), BAD_FILE);
    assert_int_equal(automaton_check(&a, 2, &e), OK);
    fails[2] = 3;
    fails[3] = 2;
    assert_int_equal(automaton_check(&a, 2, &e), BAD_FILE);
    assert_string_equal(e.text, "the links of an automaton go in a circle");
    fails[3] = 8;
    assert_int_equal(automaton_check(&a, 2, &e), BAD_FILE);
    fails[3] = 0;
    assert_int_equal(automaton_check(&a, 2, &e), OK);
    hits[1] = 1;
    assert_int_equal(automaton_check(&a, 2, &e), BAD_FILE);
    hits[1] = 0;
    fails[0] = 1;
    assert_int_equal(automaton_check(&a, 2, &e), BAD_FILE);
    a.n = 0;
    assert_int_equal(automaton_check(&a, 2, &e), BAD_FILE);
}

/* A chain of fails longer than any key would make each step slow. */
static void test_long_chain(void **unused) {
    (void)unused;
    enum { N = 300 };
    uint64_t slots[N] = {0};
    uint32_t fails[N] = {0};
    struct automaton a = {slots, fails, NULL, N, 0};
    for (uint32_t s = 1; s <= AUTOMATON_KEY_MAX; s++)
        fails[s] = s - 1;
    assert_int_equal(automaton_check(&a, 1, NULL), OK);
    for (uint32_t s = 1; s < N; s++)
        fails[s] = s - 1;
    assert_int_equal(automaton_check(&a, 1, NULL), BAD_FILE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walks),     cmocka_unit_test(test_order_is_nothing),
        cmocka_unit_test(test_saturates), cmocka_unit_test(test_refused_keys),
        cmocka_unit_test(test_check),     cmocka_unit_test(test_long_chain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
