/* Fuzz target: a token a line. */
#include "fuzz_format.h"

static const struct driver plans[] = {
    {.format = &format_conll, .where = {"sentence", "token_no", "token", "tag", "fields"}},
    {.format = &format_conll,
     .where = {"sentence", "token_no", "token", "tag", "fields"},
     .shape = "last-blank",
     .stride = 2},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_format(plans, sizeof plans / sizeof *plans, data, size);
}
