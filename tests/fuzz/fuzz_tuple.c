/* Fuzz target: tuples whose fields a separator of several characters parts. */
#include "fuzz_format.h"

static const struct driver plans[] = {
    {.format = &format_tuple, .where = {"#1", "#2"}, .shape = "-> 2"},
    {.format = &format_tuple, .where = {"#3", "#1"}, .shape = "|| 3"},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_format(plans, sizeof plans / sizeof *plans, data, size);
}
