/* fuzz_options.c - the argument 'options', and that of the encoding.
 *
 *     | table | text ...
 *
 * What is taken keeps the promises of struct format_options; what is refused says why. */
#include "../../ext/base/encoding.h"
#include "../../ext/base/memory.h"
#include "../../ext/base/utf8.h"
#include "../../ext/dataset/list.h"
#include "../../ext/dataset/options.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_must(bool holds) {
    if (!holds)
        abort();
}

static const struct dataset_table *fuzz_table(unsigned number) {
    size_t count = 0;
    while (dataset_list[count])
        count++;
    return dataset_list[count - 1 - number % count]->table;
}

static void fuzz_character(const char *text, bool may_be_none) {
    struct span s = span_text(text ? text : "x");
    fuzz_must(utf8_valid(s) == s.n && (utf8_count(s) == 1 || (may_be_none && s.n == 0)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct options o = {0};
    struct error e = {0};
    enum encoding encoding;
    enum encoding_bad bad;
    if (size < 1)
        return 0;
    char *text = malloc(size);
    fuzz_must(text != NULL);
    memcpy(text, data + 1, size - 1);
    text[size - 1] = 0;
    if (options_parse(&o, fuzz_table(data[0]), text, &e)) {
        fuzz_must(*e.text && utf8_valid(span_text(e.text)) == strlen(e.text));
    } else {
        fuzz_character(o.format.sep, false);
        fuzz_character(o.format.quote, true);
        fuzz_must(o.format.header >= -1 && o.format.header <= 1);
        fuzz_must(!o.format.columns || o.format.columns[0] == '[');
    }
    options_free(&o);
    if (encoding_parse(span_of(data + 1, size - 1), &encoding, &bad, &e) == OK)
        fuzz_must(encoding_name(encoding) != NULL);
    free(text);
    return 0;
}
