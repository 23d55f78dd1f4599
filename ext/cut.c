/* cut.c - the words of a text, by a model of ours, of pkuseg or of jieba.
 *
 *     cut_begin  头痛3天，加重       own: chunk by chunk      pkuseg, jieba: the whole text at once
 *     cut_next   头痛 | 3 | 天 | ， | 加重
 */
#include "cut.h"

#include "base/utf8.h"

#include <utf8proc.h>

enum { CUT_POLL = 4096 }; /* words between two questions */

/* ---- the three kinds ---- */

static enum error_code cut_begin_own(struct cut *c, struct user_words *users, struct error *e) {
    enum error_code code = c->segment ? OK : segment_new(&c->segment, e);
    if (!code && users)
        code = user_words_ready(users, e);
    if (!code)
        segment_begin(c->segment, c->model->own, users, c->text);
    return code;
}

enum error_code cut_begin(struct cut *c, const struct cut_model *model, struct user_words *users,
                          struct span text, struct error *e) {
    c->model = model;
    c->text = text;
    c->words = c->word = c->at = c->point = 0;
    if (model->own)
        return cut_begin_own(c, users && users->words.count ? users : NULL, e);
    if (model->pkuseg)
        return pkuseg_cut(model->pkuseg, &c->pkuseg, text, &c->pkuseg_word, &c->words, e);
    return jieba_cut(model->jieba, &c->jieba, text, model->jieba_mode, &c->jieba_word, &c->words,
                     e);
}

static bool cut_is_space(struct span word) {
    uint32_t point;
    utf8_next(word, 0, &point);
    return charset_class_of(point) == CLASS_SPACE;
}

/* Words of jieba's search mode lie in each other: the place may move back a little. */
static void cut_move(struct cut *c, size_t at) {
    if (at < c->at) {
        c->point -= utf8_count(span_slice(c->text, at, c->at));
        c->at = at;
    }
    c->point += utf8_count(span_slice(c->text, c->at, at));
    c->at = at;
}

static bool cut_next_listed(struct cut *c, struct cut_word *word) {
    struct span bytes;
    size_t at, n;
    do {
        if (c->word == c->words)
            return false;
        bool pkuseg = c->model->pkuseg != NULL;
        at = pkuseg ? c->pkuseg_word[c->word].at : c->jieba_word[c->word].at;
        n = pkuseg ? c->pkuseg_word[c->word].n : c->jieba_word[c->word].n;
        word->tag = pkuseg ? c->pkuseg_word[c->word].tag : (struct span){0};
        bytes = span_slice(c->text, at, at + n);
        c->word++;
    } while (!n || cut_is_space(bytes));
    cut_move(c, at);
    word->place = (struct segment_word){at, at + n, c->point, c->point + utf8_count(bytes)};
    return true;
}

bool cut_next(struct cut *c, struct cut_word *word) {
    if (!c->model->own)
        return cut_next_listed(c, word);
    word->tag = (struct span){0};
    return segment_next(c->segment, &word->place);
}

struct span cut_tag(const struct cut *c, const struct cut_word *word) {
    if (!c->model->own)
        return word->tag;
    return span_text(
        segment_tag(c->model->own, span_slice(c->text, word->place.start, word->place.end)));
}

void cut_free(struct cut *c) {
    segment_free(c->segment);
    pkuseg_room_free(&c->pkuseg);
    jieba_room_free(&c->jieba);
    *c = (struct cut){0};
}

/* ---- what is made of words ---- */

enum error_code cut_join(struct cut *c, const struct cut_model *model, struct user_words *users,
                         struct span text, const struct poll *poll, struct buf *out,
                         struct error *e) {
    struct cut_word w;
    enum error_code code = cut_begin(c, model, users, text, e);
    for (size_t i = 0; !code && cut_next(c, &w); i++) {
        size_t n = w.place.end - w.place.start;
        code = i % CUT_POLL == CUT_POLL - 1 ? poll_check(poll, e) : OK;
        if (!code)
            code = buf_reserve(out, n + 1, e);
        if (code)
            break;
        out->p[out->n] = ' ';
        out->n += i > 0;
        memcpy(out->p + out->n, text.p + w.place.start, n);
        out->n += n;
    }
    return code;
}

static bool cut_point_is_searchable(uint32_t point) {
    if (point < 0x80)
        return (point >= '0' && point <= '9') || ((point | 32) >= 'a' && (point | 32) <= 'z');
    if (point >= 0x4E00 && point <= 0x9FFF)
        return true;
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)point);
    return (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO) ||
           (kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO) ||
           kind == UTF8PROC_CATEGORY_CO;
}

bool cut_is_searchable(struct span word) {
    for (size_t at = 0; at < word.n;) {
        uint32_t point;
        at += charset_decode(word.p + at, word.n - at, &point);
        if (cut_point_is_searchable(point))
            return true;
    }
    return false;
}
