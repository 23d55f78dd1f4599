/* pkuseg.c - a text, cut as pkuseg cuts it.
 *
 *     患者 因发热伴咳嗽3天          white space parts chunks, and is dropped
 *     患者 | 因发热伴咳嗽 | 3天     user words part pieces
 *     患者 | 因 发 热伴 咳嗽 | ..   the model cuts each piece by itself
 *     患者 | 因 发热 伴 咳嗽 | ..   the dictionary puts words of a piece together
 *     nr     p  v    v  v           the tag model sees all words
 */
#include "pkuseg.h"

#include "../base/memory.h"
#include "../base/utf8.h"
#include "lexicon.h"
#include "pickle.h"
#include "pkuseg_model.h"
#include "pkuseg_tag.h"
#include "pkuseg_user.h"
#include "python_text.h"

struct pkuseg {
    struct pkuseg_model model;
    struct pkuseg_tagger tagger; /* tag is NULL: none */
    struct pkuseg_user user;
    struct lexicon dictionary;
};

/* One cut under way. */
struct pkuseg_job {
    const struct pkuseg *p;
    struct pkuseg_room *room;
    struct span text;
};

enum error_code pkuseg_load(const struct pkuseg_files *files, struct pkuseg **out,
                            struct error *e) {
    struct pkuseg *p = memory_zero(sizeof *p);
    if (!p)
        return error_no_memory(e);
    enum error_code code = pkuseg_model_load(&p->model, files, e);
    if (code)
        memory_free(p);
    else
        *out = p;
    return code;
}

void pkuseg_free(struct pkuseg *p) {
    if (!p)
        return;
    pkuseg_model_free(&p->model);
    pkuseg_tag_free(&p->tagger);
    pkuseg_user_free(&p->user);
    lexicon_free(&p->dictionary);
    memory_free(p);
}

enum error_code pkuseg_load_tags(struct pkuseg *p, const struct pkuseg_files *files,
                                 struct error *e) {
    struct pkuseg_tagger tagger;
    enum error_code code = pkuseg_tag_load(&tagger, files, e);
    if (code)
        return code;
    pkuseg_tag_free(&p->tagger);
    p->tagger = tagger;
    return OK;
}

enum error_code pkuseg_add_dictionary(struct pkuseg *p, struct span pickle, struct error *e) {
    struct tree tree = {0};
    struct tree_value top = {0};
    enum error_code code = pickle_read(pickle, &tree, &top, e);
    tree_free(&tree);
    if (!code && (top.kind != TREE_TEXT || utf8_valid(tree_span(top)) != top.n))
        code = error_set(e, BAD_FILE, "a dictionary that is no pickled text");
    if (code)
        return code;
    struct span text = python_text_strip(tree_span(top));
    for (size_t from = 0; !code && from <= text.n;) {
        size_t end = span_find(text, from, '\n');
        code = lexicon_put(&p->dictionary, span_slice(text, from, end), 0, e);
        from = end + 1;
    }
    return code;
}

enum error_code pkuseg_add_word(struct pkuseg *p, struct span word, struct span tag,
                                struct error *e) {
    return pkuseg_user_add(&p->user, word, tag, e);
}

enum error_code pkuseg_add_words(struct pkuseg *p, struct span lines, struct error *e) {
    if (utf8_valid(lines) != lines.n)
        return error_set(e, BAD_FILE, "a dictionary that is not UTF-8");
    size_t at = 0;
    struct span line;
    enum error_code code = OK;
    while (!code && python_text_line(lines, &at, &line)) {
        line = python_text_strip(line);
        size_t tab = span_find(line, 0, '\t');
        struct span rest = span_from(line, tab + 1);
        struct span tag = span_slice(rest, 0, span_find(rest, 0, '\t'));
        code = pkuseg_user_add(&p->user, span_slice(line, 0, tab), tag, e);
    }
    return code;
}

static struct pkuseg_position *pkuseg_positions(const struct pkuseg_room *room) {
    return (struct pkuseg_position *)(void *)room->positions.p;
}

static size_t pkuseg_words(const struct pkuseg_room *room) {
    return room->words.n / sizeof(struct pkuseg_word);
}

static enum error_code pkuseg_emit(struct pkuseg_job *j, size_t at, size_t end, struct span tag,
                                   struct error *e) {
    struct pkuseg_word word = {(uint32_t)at, (uint32_t)(end - at), tag};
    return buf_add(&j->room->words, &word, sizeof word, e);
}

/* Positions a to b, which no user word crosses: the model's. Position b is there too, for its 'at'.
 */
static enum error_code pkuseg_cut_piece(struct pkuseg_job *j, size_t a, size_t b, struct error *e) {
    struct pkuseg_room *room = j->room;
    struct pkuseg_position *piece = pkuseg_positions(room) + a;
    const struct pkuseg_model *m = &j->p->model;
    size_t n = b - a, first = room->words.n;
    enum error_code code = OK;
    if (n == 0)
        return OK;
    room->back.n = 0;
    code = buf_reserve(&room->back, n * m->crf.tags, e);
    if (code)
        return code;
    pkuseg_score_tags(m, piece, n, room->back.p);
    size_t from = 0;
    for (size_t i = 1; !code && i <= n; i++) {
        if (i < n && !m->opens[room->back.p[i]])
            continue;
        code = pkuseg_emit(j, piece[from].at, piece[i].at, (struct span){0}, e);
        from = i;
    }
    if (code || j->p->dictionary.count == 0)
        return code;
    struct pkuseg_word *word = (struct pkuseg_word *)(void *)(room->words.p + first);
    size_t words = (room->words.n - first) / sizeof *word;
    words = pkuseg_user_join(&j->p->dictionary, j->text, word, words);
    room->words.n = first + words * sizeof *word;
    return OK;
}

/* The n positions of a chunk, and one for its end. */
static enum error_code pkuseg_cut_chunk(struct pkuseg_job *j, size_t n, struct error *e) {
    const struct pkuseg_user *user = &j->p->user;
    enum error_code code = OK;
    for (size_t from = 0; !code && from < n;) {
        const struct pkuseg_position *position = pkuseg_positions(j->room);
        struct pkuseg_user_piece piece = pkuseg_user_find(user, position, n, from);
        code = pkuseg_cut_piece(j, from, piece.from, e);
        if (!code && piece.to > piece.from)
            code = pkuseg_emit(j, position[piece.from].at, position[piece.to].at,
                               pkuseg_user_text(user, piece.tag), e);
        from = piece.to;
    }
    return code;
}

/* Reads the positions of the chunk at *at, up to white space or the end. */
static enum error_code pkuseg_chunk(struct pkuseg_job *j, size_t *at, size_t *n, struct error *e) {
    struct buf *b = &j->room->positions;
    struct pkuseg_position position = {0};
    enum error_code code = OK;
    b->n = 0;
    for (*n = 0; !code; (*n)++) {
        size_t length = 0;
        position.at = (uint32_t)*at;
        if (*at < j->text.n)
            length = utf8_next(j->text, *at, &position.point);
        if (*n == PKUSEG_PIECE_MAX)
            return error_set(e, BAD_DATA, "more than %d characters without white space",
                             PKUSEG_PIECE_MAX);
        code = buf_add(b, &position, sizeof position, e);
        if (length == 0 || python_text_space(position.point))
            break;
        *at += length;
    }
    return code;
}

enum error_code pkuseg_cut(const struct pkuseg *p, struct pkuseg_room *room, struct span text,
                           const struct pkuseg_word **words, size_t *count, struct error *e) {
    struct pkuseg_job job = {p, room, text};
    enum error_code code = OK;
    if (text.n > BUF_MAX || utf8_valid(text) != text.n)
        return error_set(e, BAD_DATA, "a text that is not UTF-8 or longer than %d bytes", BUF_MAX);
    room->words.n = 0;
    for (size_t at = 0; !code && at < text.n;) {
        uint32_t point;
        size_t n, length = utf8_next(text, at, &point);
        if (python_text_space(point)) {
            at += length;
            continue;
        }
        code = pkuseg_chunk(&job, &at, &n, e);
        if (!code)
            code = pkuseg_cut_chunk(&job, n, e);
    }
    struct pkuseg_word *word = (struct pkuseg_word *)(void *)room->words.p;
    *words = word;
    *count = pkuseg_words(room);
    if (!code && p->tagger.tag)
        code = pkuseg_tag_words(&p->tagger, room, text, word, *count, e);
    return code;
}

void pkuseg_room_free(struct pkuseg_room *room) {
    buf_free(&room->words);
    buf_free(&room->positions);
    buf_free(&room->back);
    buf_free(&room->names);
    buf_free(&room->feature);
}
