/* dialogue_field.c - where a label begins and ends.
 *
 *     过敏史： 无
 *     ^ from ^ colon
 *              ^ value, behind the blanks
 *
 * A known label counts at the start of a line or of another label's value, with or without a remark
 * in brackets. Some count anywhere: the oldest files run them into the text. Any other label counts
 * at the start of a line only, before a full-width colon and a blank, where it is short and neither
 * begins with a digit nor holds punctuation: "21：头孢" and "我的情况如下：" are text. */
#include "dialogue_field.h"
#include "field.h"
#include "lines.h"

#include "../base/utf8.h"

enum {
    DIALOGUE_LABEL_POINTS_MAX = 20, /* of a label that is not known */
    DIALOGUE_REMARK_BYTES_MAX = 300
};

enum dialogue_reach { REACH_START, REACH_BLANK, REACH_ANYWHERE };

/* Where one label ends with another, the longer one stands first. */
static const struct {
    const char *text;
    enum dialogue_reach reach; /* also behind a blank, or anywhere, in a line */
} dialogue_labels[] = {
    {"疾病", REACH_START},
    {"内容", REACH_BLANK},
    {"病情描述", REACH_START},
    {"曾经治疗情况和效果", REACH_ANYWHERE},
    {"曾经治疗情况及是否有过敏、遗传病史", REACH_ANYWHERE},
    {"现在病情、想获得的帮助", REACH_ANYWHERE},
    {"想获得的帮助", REACH_ANYWHERE},
    {"想得到怎样的帮助", REACH_ANYWHERE},
    {"希望获得的帮助", REACH_START},
    {"化验、检查结果", REACH_ANYWHERE},
    {"最后一次就诊的医院", REACH_ANYWHERE},
    {"所就诊医院科室", REACH_START},
    {"已就诊医院及科室", REACH_START},
    {"检查及治疗情况", REACH_START},
    {"治疗情况", REACH_START},
    {"用药情况", REACH_START},
    {"怀孕情况", REACH_START},
    {"患病多久", REACH_START},
    {"患病时长", REACH_START},
    {"过敏史", REACH_START},
    {"既往病史", REACH_START},
    {"病史", REACH_START},
    {"病情摘要及初步印象", REACH_START},
    {"总结建议", REACH_START},
    {"处置建议", REACH_START},
};

static const char *const dialogue_punctuation[] = {"，", "。", "；", "！", "？", "：", "、", "“",
                                                   "”",  ",",  ".",  ";",  "!",  "?",  ":",  " "};

/* A label in the bytes of a section. */
struct dialogue_label {
    size_t from, colon, value;
};

/* Bytes of the colon at 'at', 0 where there is none. */
static size_t dialogue_colon(struct span s, size_t at) {
    if (s.p[at] == ':')
        return 1;
    return s.p[at] == 0xEF && span_starts(span_from(s, at), "：") ? 3 : 0;
}

/* Without a remark in brackets at its end. */
static struct span dialogue_bare(struct span label) {
    const char *open = span_ends(label, "）") ? "（" : span_ends(label, ")") ? "(" : NULL;
    size_t most = label.n < DIALOGUE_REMARK_BYTES_MAX ? label.n : DIALOGUE_REMARK_BYTES_MAX;
    for (size_t n = 1; open && n <= most; n++)
        if (span_starts(span_from(label, label.n - n), open))
            return span_slice(label, 0, label.n - n);
    return label;
}

/* Does text, which ends at a colon, end with a known label? *from: where that begins in it. */
static bool dialogue_known(struct span text, size_t *from) {
    struct span bare = dialogue_bare(text);
    for (size_t i = 0; i < sizeof dialogue_labels / sizeof *dialogue_labels; i++) {
        if (!span_ends(bare, dialogue_labels[i].text))
            continue;
        enum dialogue_reach reach = dialogue_labels[i].reach;
        *from = bare.n - strlen(dialogue_labels[i].text);
        if (*from == 0 || reach == REACH_ANYWHERE ||
            (reach == REACH_BLANK && bare.p[*from - 1] == ' '))
            return true;
    }
    return false;
}

static bool dialogue_likely(struct span text) {
    if (!text.n || utf8_valid(text) < text.n || utf8_count(text) > DIALOGUE_LABEL_POINTS_MAX ||
        (text.p[0] >= '0' && text.p[0] <= '9'))
        return false;
    for (size_t i = 0; i < sizeof dialogue_punctuation / sizeof *dialogue_punctuation; i++)
        if (field_find(text, dialogue_punctuation[i]) < text.n)
            return false;
    return true;
}

static size_t dialogue_skip_blanks(struct span body, size_t at, size_t to) {
    size_t n;
    while (at < to && body.p[at] != '\n' && (n = lines_space(body, at)) > 0)
        at += n;
    return at;
}

/* Is there a blank at 'at', and not only the end of the line? */
static bool dialogue_apart(struct span body, size_t at, size_t to) {
    return at < to && body.p[at] != '\r' && lines_space(body, at) > 0;
}

/* The first label of body[from, to): a line, or its rest behind a label. */
static bool dialogue_label_in(struct span body, size_t from, size_t to, bool line,
                              struct dialogue_label *out) {
    bool first = true;
    for (size_t at = from; at < to; at++) {
        size_t colon = dialogue_colon(body, at), before = 0;
        if (!colon)
            continue;
        struct span text = span_slice(body, from, at);
        bool found = dialogue_known(text, &before);
        if (!found && line && first)
            found = dialogue_apart(body, at + colon, to) && colon > 1 && dialogue_likely(text);
        if (found) {
            size_t value = dialogue_skip_blanks(body, at + colon, to);
            *out = (struct dialogue_label){from + before, at, value};
            return true;
        }
        first = false;
    }
    return false;
}

/* The first label at or behind from, where a line begins, or a label, or ends. */
static bool dialogue_label_find(struct span body, size_t from, struct dialogue_label *out) {
    bool line = from == 0 || body.p[from - 1] == '\n';
    while (from < body.n) {
        size_t to = span_find(body, from, '\n');
        if (dialogue_label_in(body, from, to, line, out))
            return true;
        from = to + 1;
        line = true;
    }
    return false;
}

bool dialogue_field_next(struct span body, size_t *at, struct dialogue_field *out) {
    struct dialogue_label label, next;
    if (*at >= body.n)
        return false;
    bool found = dialogue_label_find(body, *at, &label);
    if (!found || label.from > *at) {
        size_t to = found ? label.from : body.n;
        *out = (struct dialogue_field){.value = span_slice(body, *at, to)};
        *at = to;
        return true;
    }
    size_t to = dialogue_label_find(body, label.value, &next) ? next.from : body.n;
    *at = to;
    while (to < body.n && to > label.value && body.p[to - 1] == ' ')
        to--;
    out->label = span_slice(body, label.from, label.colon);
    out->value = span_slice(body, label.value, to);
    return true;
}
