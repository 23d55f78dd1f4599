/* Fuzz target: word vectors, in decimal and in binary. */
#include "fuzz_format.h"

static const struct driver plans[] = {
    {.format = &format_vectors_text, .where = {"term", "dim", "vector"}},
    {.format = &format_vectors_binary, .where = {"term", "dim", "vector"}},
    {.format = &format_vectors_text, .where = {"term"}},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_format(plans, sizeof plans / sizeof *plans, data, size);
}
