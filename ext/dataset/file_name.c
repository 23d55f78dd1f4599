/* file_name.c - names in a path.
 *
 *     kg/疾病/肺癌.json.gz       file_name 肺癌     file_name_folder 疾病
 *     疾病.zip/肺癌.json                 肺癌                      疾病
 *     疾病/肺癌.zip/肺癌.json            肺癌                      疾病
 *     ./肺癌.json                        肺癌                      none */
#include "file_name.h"

static struct span file_name_last(struct span path) {
    const uint8_t *slash = path.n ? memrchr(path.p, '/', path.n) : NULL;
    return slash ? span_from(path, (size_t)(slash - path.p) + 1) : path;
}

/* The path without its last name. */
static struct span file_name_above(struct span path) {
    size_t behind = path.n - file_name_last(path).n;
    return span_slice(path, 0, behind ? behind - 1 : 0);
}

struct span file_name(struct span path) {
    struct span name = file_name_last(path);
    if (span_ends(name, ".gz"))
        name.n -= 3;
    const uint8_t *dot = name.n ? memrchr(name.p, '.', name.n) : NULL;
    return dot && dot > name.p ? span_slice(name, 0, (size_t)(dot - name.p)) : name;
}

struct span file_name_folder(struct span path) {
    struct span own = file_name(path), above = file_name_above(path);
    while (above.n && span_same(file_name(above), own))
        above = file_name_above(above);
    struct span name = file_name_last(above);
    if (span_is(name, ".") || span_is(name, ".."))
        name.n = 0;
    if (span_ends(name, ".zip"))
        name.n -= 4;
    return name;
}

bool file_name_among(struct span name, struct span words) {
    while (words.n) {
        size_t n = span_find(words, 0, ' ');
        if (span_same(span_slice(words, 0, n), name))
            return true;
        words = span_from(words, n + 1);
    }
    return false;
}
