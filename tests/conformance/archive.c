/* archive.c - reads every zip and gzip file of a conformance folder, and judges by its manifest.
 *
 *     archive ../conformance            MANIFEST.tsv: path, reader, options, expect, note
 *
 *     accept             it opens, and every member can be read to its end
 *     reject             it does not open, or a member cannot be read to its end
 *     reject-or-escape   either; that no name holds a NUL follows from its type
 *     rows=0             it opens, and is empty
 *     either             it ends, without a crash */
#include "../../ext/read/source.h"
#include "../../ext/read/zip.h"

#include <stdio.h>
#include <stdlib.h>

enum { ARCHIVE_LINE_MAX = 4096, ARCHIVE_STEP = 64 << 10 };

struct archive {
    enum error_code code;
    size_t members;
    struct error error;
};

/* Reads a source to its end and closes it. */
static enum error_code archive_drain(struct source *s, struct error *e) {
    static uint8_t room[ARCHIVE_STEP];
    enum error_code code = OK;
    for (size_t got = 1; got > 0 && !code;)
        code = source_read(s, room, sizeof room, &got, e);
    source_close(s);
    return code;
}

static void archive_zip(const char *path, struct archive *a) {
    struct store *store;
    struct zip *z = NULL;
    struct source *s;
    a->code = file_store(path, &store, &a->error);
    if (!a->code)
        a->code = zip_open(store, &z, &a->error);
    for (size_t i = 0; !a->code && i < z->count; i++) {
        a->members++;
        a->code = zip_source(z, &z->member[i], &s, &a->error);
        if (!a->code)
            a->code = archive_drain(s, &a->error);
    }
    zip_close(z);
}

static void archive_gzip(const char *path, struct archive *a) {
    struct store *store;
    struct source *s;
    a->code = file_store(path, &store, &a->error);
    if (!a->code)
        a->code = store_source(store, true, 0, UINT64_MAX, &s, &a->error);
    if (!a->code)
        a->code = gzip_source(s, &s, &a->error);
    if (!a->code)
        a->code = archive_drain(s, &a->error);
}

static bool archive_fits(const char *expect, const struct archive *a) {
    if (strcmp(expect, "accept") == 0)
        return a->code == OK;
    if (strcmp(expect, "reject") == 0)
        return a->code != OK;
    if (strcmp(expect, "rows=0") == 0)
        return a->code == OK && a->members == 0;
    return strcmp(expect, "either") == 0 || strcmp(expect, "reject-or-escape") == 0;
}

/* One line of the manifest: 1 passed, 0 failed, -1 another reader's. */
static int archive_line(const char *folder, char *line) {
    char *field[5] = {line}, path[2 * ARCHIVE_LINE_MAX];
    struct archive a = {0};
    for (int i = 1; i < 5; i++) {
        char *tab = strpbrk(field[i - 1], "\t\n");
        if (!tab)
            return -1;
        *tab = 0;
        field[i] = tab + 1;
    }
    snprintf(path, sizeof path, "%s/%s", folder, field[0]);
    if (strcmp(field[1], "zip") == 0)
        archive_zip(path, &a);
    else if (strcmp(field[1], "gzip") == 0)
        archive_gzip(path, &a);
    else
        return -1;
    if (archive_fits(field[3], &a))
        return 1;
    printf("%s: expected %s, got %s\n", field[0], field[3], a.code ? a.error.text : "all of it");
    return 0;
}

int main(int argc, char **argv) {
    char line[ARCHIVE_LINE_MAX], path[ARCHIVE_LINE_MAX];
    int count[2] = {0, 0};
    if (argc != 2) {
        fprintf(stderr, "usage: archive FOLDER\n");
        return 2;
    }
    snprintf(path, sizeof path, "%s/MANIFEST.tsv", argv[1]);
    FILE *manifest = fopen(path, "r");
    if (!manifest) {
        perror(path);
        return 2;
    }
    while (fgets(line, sizeof line, manifest)) {
        int passed = archive_line(argv[1], line);
        if (passed >= 0)
            count[passed]++;
    }
    fclose(manifest);
    printf("archive: %d passed, %d failed\n", count[1], count[0]);
    return count[0] > 0 || count[1] == 0;
}
