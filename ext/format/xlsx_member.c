/* xlsx_member.c - the names of a workbook's parts (OPC, ECMA-376 part 2).
 *
 *     folder   target                    member
 *     xl/      worksheets/sheet1.xml     xl/worksheets/sheet1.xml
 *     xl/      /xl/worksheets/a.xml      xl/worksheets/a.xml
 *     xl/      ../custom/./a.xml         custom/a.xml
 *     xl/      ../../a.xml               refused: outside of the package */
#include "xlsx_part.h"

static bool xlsx_member_slash(uint8_t c) {
    return c == '/' || c == '\\';
}

/* Takes the last name off a path that begins at 'from'; false where there is none. */
static bool xlsx_member_up(struct buf *out, size_t from) {
    if (out->n == from)
        return false;
    while (out->n > from && out->p[out->n - 1] != '/')
        out->n--;
    out->n -= out->n > from;
    return true;
}

static enum error_code xlsx_member_down(struct buf *out, size_t from, struct span name,
                                        struct error *e) {
    enum error_code code = out->n > from ? buf_add_byte(out, '/', e) : OK;
    return code ? code : buf_add_span(out, name, e);
}

enum error_code xlsx_member_resolve(struct span folder, const char *target, struct buf *out,
                                    struct error *e) {
    size_t from = out->n;
    struct span rest = span_text(target);
    enum error_code code = OK;
    if (folder.n && !xlsx_member_slash((uint8_t)*target))
        code = buf_add(out, folder.p, folder.n - 1, e);
    while (!code && rest.n) {
        size_t n = 0;
        while (n < rest.n && !xlsx_member_slash(rest.p[n]))
            n++;
        struct span name = span_slice(rest, 0, n);
        rest = span_from(rest, n + 1);
        if (span_is(name, "..") && !xlsx_member_up(out, from))
            code = error_set(e, BAD_FILE, "the target '%s' lies outside of the workbook", target);
        else if (name.n && !span_is(name, ".") && !span_is(name, ".."))
            code = xlsx_member_down(out, from, name, e);
    }
    return code;
}

static uint8_t xlsx_member_fold(uint8_t c) {
    if (c == '\\')
        return '/';
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

bool xlsx_member_is(const char *member, struct span name) {
    if (name.n && xlsx_member_slash(name.p[0]))
        name = span_from(name, 1);
    for (size_t i = 0; i < name.n; i++, member++)
        if (!*member || xlsx_member_fold((uint8_t)*member) != xlsx_member_fold(name.p[i]))
            return false;
    return !*member;
}
