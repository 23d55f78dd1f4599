/* model_shipped.c - the bytes that model_bin.S carries: MIT-licensed, see NOTICE.
 *
 *     ext/words/model.bin --.incbin--> .rodata --page faults, at first use--> memory
 */
#include "model.h"

extern const uint8_t model_bin[];
extern const uint64_t model_bin_size;

struct span model_shipped(void) {
    return span_of(model_bin, model_bin_size);
}
