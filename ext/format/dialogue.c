/* dialogue.c - consultations: the raw files of MedDialog.
 *
 *     id=4⏎                      a record, up to the next such line
 *     https://…⏎
 *     ⏎
 *     Doctor faculty⏎            a section, up to the next heading; may be missing or repeated
 *     某某医院 产科⏎
 *     ⏎
 *     Description⏎
 *     疾病：⏎                     fields: dialogue_field.h
 *     头痛⏎
 *     ⏎
 *     Dialogue⏎
 *     病人：⏎                     a turn, up to the next speaker or heading
 *     您好。⏎
 *     医生：⏎
 *     多久了？⏎
 *     ⏎
 *     Diagnosis and suggestions⏎
 *     …
 *
 * Blanks behind an id, a heading or a speaker are passed over; 'id=' without a number is text. */
#include "dialogue.h"
#include "columns.h"
#include "dialogue_field.h"
#include "field.h"
#include "lines.h"

enum dialogue_section {
    DIALOGUE_HEAD,
    DIALOGUE_FACULTY,
    DIALOGUE_DESCRIPTION,
    DIALOGUE_TURNS,
    DIALOGUE_DIAGNOSIS,
    DIALOGUE_SECTIONS
};

static const char *const dialogue_headings[DIALOGUE_SECTIONS] = {
    [DIALOGUE_HEAD] = "",
    [DIALOGUE_FACULTY] = "Doctor faculty",
    [DIALOGUE_DESCRIPTION] = "Description",
    [DIALOGUE_TURNS] = "Dialogue",
    [DIALOGUE_DIAGNOSIS] = "Diagnosis and suggestions",
};

static const char *const dialogue_speakers[] = {"病人：", "医生："};

enum dialogue_word {
    DIALOGUE_ID,
    DIALOGUE_URL,
    DIALOGUE_FACULTY_TEXT,
    DIALOGUE_DISEASE,
    DIALOGUE_DESCRIPTION_TEXT,
    DIALOGUE_DIAGNOSIS_TEXT,
    DIALOGUE_FIELDS,
    DIALOGUE_TURN,
    DIALOGUE_SPEAKER,
    DIALOGUE_TEXT
};

static const char *const dialogue_words[] = {"id",          "url",       "faculty", "disease",
                                             "description", "diagnosis", "fields",  "turn",
                                             "speaker",     "text",      NULL};
static const char *const dialogue_eaches[] = {"", "turns", NULL};

/* A section of a record: the lines behind its heading. */
struct dialogue_part {
    enum dialogue_section section;
    struct span body;
};

struct dialogue {
    struct span record, id;
    unsigned each_turn;
    bool given;                /* the one row of a record */
    size_t at;                 /* turns: of the record, behind the part in hand */
    struct dialogue_part part; /* a Dialogue section ... */
    size_t part_at;            /* ... and how far its turns are handed out */
    int64_t turn;
    struct span speaker, text;
    struct buf value, json; /* what the last cell was made in */
    uint8_t column[FORMAT_COLUMNS_MAX];
};

/* --- lines ------------------------------------------------------------------------------------ */

/* The line without white space at its end. */
static struct span dialogue_trim_end(struct span line) {
    while (line.n && lines_blank(span_from(line, line.n - 1)))
        line.n--;
    return line;
}

/* The digits of a line 'id=' and digits; empty for any other. */
static struct span dialogue_id(struct span line) {
    struct span digits = span_from(dialogue_trim_end(line), 3);
    if (!span_starts(line, "id="))
        return (struct span){NULL, 0};
    for (size_t i = 0; i < digits.n; i++)
        if (digits.p[i] < '0' || digits.p[i] > '9')
            return (struct span){NULL, 0};
    return digits;
}

static enum dialogue_section dialogue_heading(struct span line) {
    unsigned section = DIALOGUE_FACULTY;
    struct span text = dialogue_trim_end(line);
    while (section < DIALOGUE_SECTIONS && !span_is(text, dialogue_headings[section]))
        section++;
    return section < DIALOGUE_SECTIONS ? section : DIALOGUE_HEAD;
}

/* 病人 or 医生; empty for any other line. */
static struct span dialogue_speaker(struct span line) {
    struct span text = dialogue_trim_end(line);
    for (size_t i = 0; i < sizeof dialogue_speakers / sizeof *dialogue_speakers; i++)
        if (span_is(text, dialogue_speakers[i]))
            return span_slice(text, 0, text.n - strlen("："));
    return (struct span){NULL, 0};
}

/* From the first line that is not blank to the end of the last one. */
static struct span dialogue_trim(struct span text) {
    const uint8_t *from = NULL, *to = NULL;
    struct span line;
    size_t at = 0;
    while (lines_next(text, true, &at, &line)) {
        if (lines_blank(line))
            continue;
        from = from ? from : line.p;
        to = line.p + line.n;
    }
    return from ? span_of(from, (size_t)(to - from)) : span_slice(text, 0, 0);
}

/* --- frame ------------------------------------------------------------------------------------ */

/* Offset of the next line behind from that begins a record; bytes.n where none is seen. */
static size_t dialogue_next(struct span bytes, bool last, size_t from) {
    struct span line;
    for (;;) {
        size_t at = from + field_find(span_from(bytes, from), "\nid=") + 1;
        from = at;
        if (at >= bytes.n || !lines_next(bytes, last, &at, &line))
            return bytes.n;
        if (dialogue_id(line).n)
            return from;
    }
}

/* Behind the blank lines at from. */
static size_t dialogue_skip(struct span bytes, bool last, size_t from) {
    struct span line;
    size_t at = from;
    while (lines_next(bytes, last, &at, &line) && lines_blank(line))
        from = at;
    return from;
}

static enum error_code dialogue_frame(void *state, struct format_frame *f, struct error *e) {
    (void)state;
    (void)e;
    f->count = 0;
    f->unchecked = true;
    f->used = dialogue_skip(f->bytes, f->last, 0);
    while (f->count < f->cap && f->used < f->bytes.n) {
        size_t next = dialogue_next(f->bytes, f->last, f->used);
        if (next == f->bytes.n && !f->last)
            break;
        size_t end = next;
        while (f->bytes.p[end - 1] == '\n' || f->bytes.p[end - 1] == '\r')
            end--;
        f->record[f->count++] =
            (struct format_record){(uint32_t)f->used, (uint32_t)(end - f->used)};
        f->used = next;
    }
    return OK;
}

/* --- split and item --------------------------------------------------------------------------- */

/* The next section of a record; *at starts at 0. */
static bool dialogue_part_next(struct span record, size_t *at, struct dialogue_part *out) {
    struct span line;
    size_t from, to;
    if (!lines_next(record, true, at, &line))
        return false;
    out->section = dialogue_heading(line);
    from = to = *at;
    while (lines_next(record, true, at, &line) && dialogue_heading(line) == DIALOGUE_HEAD)
        to = *at;
    *at = to;
    out->body = span_slice(record, from, to);
    return true;
}

/* The next turn of a Dialogue section; what stands before the first speaker is none. */
static bool dialogue_turn_next(struct span body, size_t *at, struct span *speaker,
                               struct span *text) {
    struct span line;
    size_t from, to;
    do {
        if (!lines_next(body, true, at, &line))
            return false;
        *speaker = dialogue_speaker(line);
    } while (!speaker->n);
    from = to = *at;
    while (lines_next(body, true, at, &line) && !dialogue_speaker(line).n)
        to = *at;
    *at = to;
    *text = span_slice(body, from, to);
    return true;
}

static enum error_code dialogue_split(void *state, struct span record, struct error *e) {
    struct dialogue *s = state;
    struct span line;
    size_t at = 0;
    lines_next(record, true, &at, &line);
    s->id = dialogue_id(line);
    if (!s->id.n)
        return error_set(e, BAD_FILE, "the file does not begin with a line 'id=' and a number");
    s->record = record;
    s->given = false;
    s->at = s->part_at = 0;
    s->part = (struct dialogue_part){.section = DIALOGUE_HEAD};
    s->turn = 0;
    return OK;
}

static enum error_code dialogue_item(void *state, bool *more, struct error *e) {
    struct dialogue *s = state;
    (void)e;
    *more = !s->given && !s->each_turn;
    s->given = true;
    while (s->each_turn && !*more) {
        if (s->part.section == DIALOGUE_TURNS)
            *more = dialogue_turn_next(s->part.body, &s->part_at, &s->speaker, &s->text);
        if (!*more && !dialogue_part_next(s->record, &s->at, &s->part))
            return OK;
        if (!*more)
            s->part_at = 0;
    }
    s->turn++;
    return OK;
}

/* --- cells ------------------------------------------------------------------------------------ */

/* Adds the text, without blank lines around it and without CRs at line ends, on a new line. */
static enum error_code dialogue_add(struct buf *to, struct span text, struct error *e) {
    struct span line;
    size_t at = 0;
    enum error_code code = OK;
    text = dialogue_trim(text);
    bool apart = to->n > 0;
    while (!code && lines_next(text, true, &at, &line)) {
        code = apart ? buf_add_byte(to, '\n', e) : OK;
        code = code ? code : buf_add_span(to, line, e);
        apart = true;
    }
    return code;
}

/* What may hold labelled fields in a section. */
static struct span dialogue_labelled(const struct dialogue_part *part) {
    struct span speaker, text;
    size_t at = 0;
    if (part->section == DIALOGUE_DESCRIPTION || part->section == DIALOGUE_DIAGNOSIS)
        return part->body;
    if (part->section != DIALOGUE_TURNS)
        return (struct span){NULL, 0};
    if (!dialogue_turn_next(part->body, &at, &speaker, &text))
        return part->body;
    return span_slice(part->body, 0, (size_t)(speaker.p - part->body.p));
}

static bool dialogue_is(const struct dialogue_part *part, const struct dialogue_field *field,
                        enum dialogue_word word) {
    if (word == DIALOGUE_DISEASE)
        return span_is(field->label, "疾病");
    if (!field->label.n)
        return part->section == DIALOGUE_DESCRIPTION && !lines_blank(field->value);
    return span_starts(field->label, "病情描述") || span_starts(field->label, "内容");
}

/* The fields of a record that are 'word', in value. */
static enum error_code dialogue_join_fields(struct dialogue *s, enum dialogue_word word,
                                            bool *found, struct error *e) {
    struct dialogue_part part;
    struct dialogue_field field;
    enum error_code code = OK;
    size_t at = 0;
    while (!code && dialogue_part_next(s->record, &at, &part)) {
        struct span body = dialogue_labelled(&part);
        size_t in = 0;
        while (!code && dialogue_field_next(body, &in, &field)) {
            if (!dialogue_is(&part, &field, word))
                continue;
            *found = true;
            code = dialogue_add(&s->value, field.value, e);
        }
    }
    return code;
}

static enum error_code dialogue_join_sections(struct dialogue *s, enum dialogue_section section,
                                              bool *found, struct error *e) {
    struct dialogue_part part;
    enum error_code code = OK;
    size_t at = 0;
    while (!code && dialogue_part_next(s->record, &at, &part)) {
        if (part.section != section)
            continue;
        *found = true;
        code = dialogue_add(&s->value, part.body, e);
    }
    return code;
}

static enum error_code dialogue_add_field(struct dialogue *s, const struct dialogue_field *field,
                                          struct error *e) {
    s->value.n = 0;
    enum error_code code = dialogue_add(&s->value, field->value, e);
    code = code ? code : buf_add_text(&s->json, s->json.n > 1 ? ",[" : "[", e);
    code = code ? code : buf_add_json(&s->json, field->label, e);
    code = code ? code : buf_add_byte(&s->json, ',', e);
    code = code ? code : buf_add_json(&s->json, buf_span(&s->value), e);
    return code ? code : buf_add_byte(&s->json, ']', e);
}

static enum error_code dialogue_list_fields(struct dialogue *s, struct error *e) {
    struct dialogue_part part;
    struct dialogue_field field;
    size_t at = 0;
    s->json.n = 0;
    enum error_code code = buf_add_byte(&s->json, '[', e);
    while (!code && dialogue_part_next(s->record, &at, &part)) {
        struct span body = dialogue_labelled(&part);
        size_t in = 0;
        while (!code && dialogue_field_next(body, &in, &field))
            if (field.label.n)
                code = dialogue_add_field(s, &field, e);
    }
    return code ? code : buf_add_byte(&s->json, ']', e);
}

/* The first line behind the id that is not blank, where no section has begun. */
static struct span dialogue_url(struct dialogue *s) {
    struct dialogue_part head;
    struct span line;
    size_t at = 0, in = 0;
    if (!dialogue_part_next(s->record, &at, &head))
        return (struct span){NULL, 0};
    while (lines_next(head.body, true, &in, &line))
        if (!lines_blank(line))
            return line;
    return (struct span){NULL, 0};
}

/* What several places make together, in value. */
static enum error_code dialogue_join(struct dialogue *s, enum dialogue_word word, bool *found,
                                     struct error *e) {
    s->value.n = 0;
    *found = false;
    enum error_code code = buf_reserve(&s->value, 0, e);
    if (code)
        return code;
    switch (word) {
    case DIALOGUE_FACULTY_TEXT:
        return dialogue_join_sections(s, DIALOGUE_FACULTY, found, e);
    case DIALOGUE_DIAGNOSIS_TEXT:
        return dialogue_join_sections(s, DIALOGUE_DIAGNOSIS, found, e);
    default:
        return dialogue_join_fields(s, word, found, e);
    }
}

static enum error_code dialogue_turn_cell(struct dialogue *s, enum dialogue_word word,
                                          struct cell *out, struct error *e) {
    if (word == DIALOGUE_TURN) {
        *out = (struct cell){.kind = CELL_INTEGER, .i = s->turn};
        return OK;
    }
    *out = (struct cell){.kind = CELL_RAW, .s = s->speaker};
    if (word == DIALOGUE_SPEAKER)
        return OK;
    s->value.n = 0;
    enum error_code code = buf_reserve(&s->value, 0, e);
    code = code ? code : dialogue_add(&s->value, s->text, e);
    out->s = buf_span(&s->value);
    return code;
}

static enum error_code dialogue_cell(void *state, unsigned column, struct cell *out,
                                     struct error *e) {
    struct dialogue *s = state;
    uint8_t word = s->column[column];
    enum error_code code;
    bool found = false;
    *out = (struct cell){.kind = CELL_NULL};
    if (word == COLUMNS_NONE)
        return OK;
    if (word >= DIALOGUE_TURN)
        return s->each_turn ? dialogue_turn_cell(s, word, out, e) : OK;
    out->kind = CELL_RAW;
    switch (word) {
    case DIALOGUE_ID:
        out->s = s->id;
        return OK;
    case DIALOGUE_URL:
        out->s = dialogue_url(s);
        out->kind = out->s.p ? CELL_RAW : CELL_NULL;
        return OK;
    case DIALOGUE_FIELDS:
        code = dialogue_list_fields(s, e);
        out->s = buf_span(&s->json);
        return code;
    default:
        code = dialogue_join(s, word, &found, e);
        *out = (struct cell){.kind = found ? CELL_RAW : CELL_NULL, .s = buf_span(&s->value)};
        return code;
    }
}

static void dialogue_end(void *state) {
    struct dialogue *s = state;
    buf_free(&s->value);
    buf_free(&s->json);
}

static enum error_code dialogue_begin(void *state, const struct format_plan *plan, struct span head,
                                      bool last, size_t *used, struct error *e) {
    struct dialogue *s = state;
    (void)head;
    (void)last;
    *used = 0;
    enum error_code code = columns_setting("each", plan->each, dialogue_eaches, &s->each_turn, e);
    return code ? code : columns_find(plan, dialogue_words, s->column, e);
}

/* The first line that is not blank begins a record. */
static bool dialogue_smells(struct span head) {
    struct span line;
    size_t at = dialogue_skip(head, true, 0);
    return lines_next(head, true, &at, &line) && dialogue_id(line).n;
}

const struct format format_dialogue = {
    .name = "dialogue",
    .alone = FORMAT_SPLIT_ALONE,
    .state_size = sizeof(struct dialogue),
    .smells = dialogue_smells,
    .begin = dialogue_begin,
    .frame = dialogue_frame,
    .split = dialogue_split,
    .item = dialogue_item,
    .cell = dialogue_cell,
    .end = dialogue_end,
};
