/* Labelled fields inside a section of a consultation.
 *
 *     疾病：⏎                         a known label begins a field
 *     头痛⏎
 *     病情描述（主要症状）：咳三天。⏎    ... also with a remark; the value may begin on its line
 *     22日：又烧了⏎                   no label: text of the field above
 *     报到来源： 门诊⏎                 not known, but label, colon and blank: a field
 *
 *     疾病：胃炎 内容：病情描述：胃痛曾经治疗情况和效果：无      old files: one line */
#ifndef CMED_FORMAT_DIALOGUE_FIELD_H
#define CMED_FORMAT_DIALOGUE_FIELD_H

#include "../base/span.h"

struct dialogue_field {
    struct span label; /* without its colon; empty for text before the first label */
    struct span value; /* from behind the colon and its blanks up to the next label */
};

/* The next field of a section; *at starts at 0. False: no more. */
bool dialogue_field_next(struct span body, size_t *at, struct dialogue_field *out);

#endif
