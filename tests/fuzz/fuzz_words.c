/* Fuzz target: sentences that are parted into words. */
#include "fuzz_format.h"

static const struct driver plans[] = {
    {.format = &format_words, .where = {"sentence", "words"}},
    {.format = &format_words, .where = {"sentence", "words"}, .shape = "spaced-lines"},
    {.format = &format_words, .where = {"sentence", "words"}, .shape = "sentences", .stride = 2},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_format(plans, sizeof plans / sizeof *plans, data, size);
}
