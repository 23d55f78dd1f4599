/* Fuzz target: Markdown. Every piece lies in the text, in its order, and a walk ends. */
#include "../../ext/format/markdown.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine) {
    if (!fine)
        abort();
}

static void inside(struct span all, struct span s) {
    must(!s.n || (s.p >= all.p && s.p + s.n <= all.p + all.n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size)
        return 0;
    struct span all = span_of(data, size);
    struct markdown m = {.rest = all};
    struct markdown_piece p;
    size_t n = 0;
    while (markdown_next(&m, &p)) {
        struct buf plain = {0};
        inside(all, p.text);
        inside(all, p.url);
        inside(all, p.before);
        inside(all, p.behind);
        must(++n <= size && p.level <= MARKDOWN_BOLD);
        must(markdown_plain(p.text, &plain, NULL) == OK && plain.n <= p.text.n);
        buf_free(&plain);
    }
    return 0;
}
