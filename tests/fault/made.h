/* Large files that programs of this folder make for themselves, in the shapes of datasets.
 *
 *     made_repeat("csv/answer.csv", head, line, tail, bytes)     head line line line ... tail
 *     made_links("csv/answer.csv", 64)                           the same file under 64 names */
#ifndef CMED_TESTS_FAULT_MADE_H
#define CMED_TESTS_FAULT_MADE_H

#include "twin.h"

/* Returns the lines. What stands for %010u in a line is its number. */
static inline unsigned long made_repeat(const char *path, const char *head, const char *line,
                                        const char *tail, size_t bytes) {
    unsigned long lines = 0;
    twin_write(path, (const unsigned char *)"", 0);
    FILE *f = fopen(path, "w");
    common_need(f != NULL, path);
    size_t n = strlen(line);
    fputs(head, f);
    for (size_t done = 0; done < bytes; done += n)
        fprintf(f, line, (unsigned)lines++);
    fputs(tail, f);
    common_need(fclose(f) == 0, path);
    return lines;
}

static inline void made_links(const char *path, unsigned count) {
    char name[PATH_MAX];
    const char *dot = strrchr(path, '.');
    for (unsigned i = 1; i < count; i++) {
        snprintf(name, sizeof name, "%.*s%03u%s", (int)(dot - path), path, i, dot);
        common_need(link(path, name) == 0, name);
    }
}

/* times members of gzip, one behind the other: together they are times the text. */
static inline void made_gzip(const char *path, struct twin_bytes text, unsigned times) {
    struct twin_bytes one = twin_gzip(text), all = twin_room(one.n * times);
    for (unsigned i = 0; i < times; i++)
        memcpy(all.p + i * one.n, one.p, one.n);
    twin_write(path, all.p, all.n);
    free(one.p);
    free(all.p);
}

/* unit, n times. */
static inline struct twin_bytes made_text(const char *head, const char *unit, size_t n,
                                          const char *tail) {
    size_t a = strlen(head), b = strlen(unit), c = strlen(tail);
    struct twin_bytes out = twin_room(a + n * b + c);
    unsigned char *p = twin_copy(out.p, head, a);
    for (size_t i = 0; i < n; i++)
        p = twin_copy(p, unit, b);
    twin_copy(p, tail, c);
    return out;
}

/* A workbook of one sheet with these rows, and these shared strings. */
static inline void made_workbook(const char *path, struct twin_bytes sheet,
                                 struct twin_bytes strings) {
    static const char book[] =
        "<workbook xmlns:r='r'><sheets><sheet name='S' sheetId='1' r:id='a'/></sheets></workbook>";
    static const char relations[] =
        "<Relationships><Relationship Id='a' Type='/worksheet' Target='worksheets/sheet1.xml'/>"
        "<Relationship Id='b' Type='/sharedStrings' Target='sharedStrings.xml'/></Relationships>";
    static const char root[] = "<Relationships><Relationship Id='a' Type='/officeDocument' "
                               "Target='xl/workbook.xml'/></Relationships>";
    struct twin_member m[] = {
        {.name = "_rels/.rels", .bytes = {(unsigned char *)root, sizeof root - 1}},
        {.name = "xl/workbook.xml", .bytes = {(unsigned char *)book, sizeof book - 1}},
        {.name = "xl/_rels/workbook.xml.rels",
         .bytes = {(unsigned char *)relations, sizeof relations - 1}},
        {.name = "xl/worksheets/sheet1.xml", .bytes = sheet},
        {.name = "xl/sharedStrings.xml", .bytes = strings},
    };
    struct twin_bytes zip = twin_zip_of(m, sizeof m / sizeof *m);
    twin_write(path, zip.p, zip.n);
    free(zip.p);
}

#endif
