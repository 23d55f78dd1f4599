/* vector_function.c - vectors as values: BLOBs of float32, sqlite-vec's own.
 *
 *     SELECT hex(cmed_vec('[1, -0.5]'));                                      0000803F000000BF
 *     SELECT cmed_vec_cosine(cmed_vec('[1, 0]'), cmed_vec('[1, 1]'));         0.707…
 *     SELECT note, cmed_vec_avg(vector) FROM words JOIN word_vectors(…) USING (term) GROUP BY note;
 */
#include "function.h"

#include "base/memory.h"
#include "match/vector.h"

SQLITE_EXTENSION_INIT3

static enum error_code vector_blob(sqlite3_value *value, struct vector *v, struct error *e) {
    if (sqlite3_value_type(value) != SQLITE_BLOB)
        return error_set(e, BAD_USE, "a vector is a BLOB of float32, as cmed_vec() makes it");
    const void *p = sqlite3_value_blob(value);
    return vector_open(span_of(p ? p : "", (size_t)sqlite3_value_bytes(value)), v, e);
}

static void vector_from_json(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct span json = function_span(argv[0]);
    struct buf out = {0};
    struct error e;
    (void)argc;
    if (json.p)
        function_blob(context, vector_parse(json, &out, &e), &out, &e);
}

static void vector_to_json(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct buf out = {0};
    struct vector v;
    struct error e;
    (void)argc;
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL)
        return;
    enum error_code code = vector_blob(argv[0], &v, &e);
    if (!code)
        code = vector_write(v, &out, &e);
    function_text(context, code, &out, &e);
}

static void vector_pair(sqlite3_context *context, sqlite3_value **argv,
                        double (*measure)(struct vector a, struct vector b)) {
    struct vector a, b;
    struct error e;
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL || sqlite3_value_type(argv[1]) == SQLITE_NULL)
        return;
    enum error_code code = vector_blob(argv[0], &a, &e);
    if (!code)
        code = vector_blob(argv[1], &b, &e);
    if (!code && a.n != b.n)
        code = error_set(&e, BAD_DATA, "vectors of %zu and %zu numbers", a.n, b.n);
    function_real(context, code, code ? 0 : measure(a, b), &e);
}

static void vector_function_cosine(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    vector_pair(context, argv, vector_cosine);
}

static void vector_function_dot(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    vector_pair(context, argv, vector_dot);
}

static void vector_function_l2(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    vector_pair(context, argv, vector_l2);
}

static void vector_average_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct vector_sum *s = sqlite3_aggregate_context(context, sizeof *s);
    struct vector v;
    struct error e;
    (void)argc;
    if (!s) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL)
        return;
    enum error_code code = vector_blob(argv[0], &v, &e);
    if (!code)
        code = vector_sum_add(s, v, &e);
    if (code)
        door_fail(context, &e);
}

static void vector_average_final(sqlite3_context *context) {
    struct vector_sum *s = sqlite3_aggregate_context(context, 0);
    struct buf out = {0};
    struct error e;
    if (s && s->n)
        function_blob(context, vector_sum_average(s, &out, &e), &out, &e);
    if (s)
        vector_sum_free(s);
}

const struct function vector_functions[] = {
    {"cmed_vec", 1, FUNCTION_PURE, vector_from_json, NULL, NULL, "cmed_vec(json)",
     "a JSON array of numbers as a BLOB of little-endian float32"},
    {"cmed_vec_json", 1, FUNCTION_PURE, vector_to_json, NULL, NULL, "cmed_vec_json(v)",
     "a vector as a JSON array, the shortest that makes the same BLOB again"},
    {"cmed_vec_cosine", 2, FUNCTION_PURE, vector_function_cosine, NULL, NULL,
     "cmed_vec_cosine(a, b)", "cosine similarity, -1 to 1; NULL where either is all zero"},
    {"cmed_vec_dot", 2, FUNCTION_PURE, vector_function_dot, NULL, NULL, "cmed_vec_dot(a, b)",
     "dot product"},
    {"cmed_vec_l2", 2, FUNCTION_PURE, vector_function_l2, NULL, NULL, "cmed_vec_l2(a, b)",
     "Euclidean distance"},
    {"cmed_vec_avg", 1, FUNCTION_PURE, NULL, vector_average_step, vector_average_final,
     "cmed_vec_avg(v)",
     "the mean of vectors, number by number: of a text, from those of its words"},
    {0},
};
