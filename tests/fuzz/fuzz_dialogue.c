/* Fuzz target: consultations. */
#include "fuzz_format.h"

static const struct driver plans[] = {
    {.format = &format_dialogue,
     .where = {"id", "url", "faculty", "disease", "description", "diagnosis", "fields"}},
    {.format = &format_dialogue, .where = {"id", "turn", "speaker", "text"}, .each = "turns"},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_format(plans, sizeof plans / sizeof *plans, data, size);
}
