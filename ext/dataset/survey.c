/* survey.c - looks at every file once and says what it is.
 *
 *     CHIP-CDN_train.json   chip_cdn   chip_cdn   utf-8   -     707117
 *     dev_candidates.zip/dev_candidates.txt   cmedqa   cmedqa_candidates   utf-8   zip   … */
#include "survey.h"

#include "../base/memory.h"
#include "scan.h"

#include <ctype.h>
#include <strings.h>

struct survey {
    struct files *files;
    size_t next;
    struct window window;
    struct window_settings set;
    struct error why;
};

/* The last word of a path that says so decides: train/dev.txt is dev. */
static const struct {
    const char *word, *split;
} survey_words[] = {
    {"train", "train"},  {"training", "train"}, {"trng", "train"},
    {"dev", "dev"},      {"val", "dev"},        {"valid", "dev"},
    {"validate", "dev"}, {"validation", "dev"}, {"test", "test"},
};

/* A word is a run of letters: train1, round1_train2 and dev_20200228 say train, train and dev. */
const char *survey_split(const char *path) {
    const char *split = NULL;
    for (const char *p = path; *p;) {
        size_t n = 0;
        while (isalpha((unsigned char)p[n]))
            n++;
        for (size_t i = 0; n && i < sizeof survey_words / sizeof *survey_words; i++)
            if (strlen(survey_words[i].word) == n && strncasecmp(p, survey_words[i].word, n) == 0)
                split = survey_words[i].split;
        p += n ? n : 1;
    }
    return split;
}

enum error_code survey_open(const char *path, int (*stopped)(void *of), void *of,
                            struct survey **out, struct error *e) {
    struct survey *s = memory_zero(sizeof *s);
    *out = s;
    if (!s)
        return error_no_memory(e);
    s->set = (struct window_settings){.no_text = true, .stopped = stopped, .of = of};
    return files_open(path, &s->files, e);
}

static enum error_code survey_look(struct survey *s, size_t i, struct survey_row *row,
                                   struct error *e) {
    struct source *source;
    struct recognized found;
    enum files_packing packing = FILES_PLAIN;
    enum error_code code = files_source(s->files, i, &source, &packing, e);
    if (!code)
        code = window_open(&s->window, source, &s->set, e);
    row->compression = packing == FILES_GZIP || packing == FILES_ZIP_GZIP ? "gzip"
                       : packing == FILES_ZIP                             ? "zip"
                                                                          : NULL;
    if (!code)
        code = recognize(s->files, i, &s->window, &found, e);
    if (!code && !found.table && s->window.no_text.code) {
        *e = s->window.no_text;
        code = e->code;
    }
    if (code)
        return code;
    bool bytes = found.book || (found.table && found.table->layout[found.layout].format->binary);
    row->dataset = found.dataset ? found.dataset->name : NULL;
    row->reader = found.table ? found.table->name : NULL;
    if (found.table && found.table->layout[found.layout].documents)
        row->doc = scan_stem(row->doc);
    row->encoding = bytes ? NULL : encoding_name(s->window.original);
    row->note = found.empty ? "the file is empty" : NULL;
    return OK;
}

enum error_code survey_next(struct survey *s, struct survey_row *row, bool *found,
                            struct error *e) {
    *found = s->next < s->files->count;
    if (!*found)
        return OK;
    size_t i = s->next++;
    const struct files_entry *entry = &s->files->entry[i];
    *row = (struct survey_row){.file = entry->path,
                               .path = entry->name ? entry->name : entry->path,
                               .below = entry->doc,
                               .doc = span_text(entry->doc),
                               .bytes = entry->size,
                               .split = survey_split(entry->path)};
    enum error_code code = survey_look(s, i, row, &s->why);
    window_close(&s->window);
    if (code == BAD_DATA || code == BAD_FILE || code == BAD_USE || code == BAD_IO) {
        row->note = s->why.text;
        row->wrong = code;
        code = OK;
    } else if (code) {
        *e = s->why;
    }
    return code;
}

void survey_close(struct survey *s) {
    if (!s)
        return;
    window_close(&s->window);
    window_free(&s->window);
    files_close(s->files);
    memory_free(s);
}
