/* What a path names, and the bytes of each file of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../../ext/read/files.h"
#include "../../ext/read/glob.h"
#include "../../ext/read/zip.h"
#include "read_check.h"

#include <time.h>
#include <utime.h>

static void wildcards(void **state) {
    static const struct {
        const char *pattern, *name;
        bool fits;
    } cases[] = {
        {"", "", true},
        {"", "a", false},
        {"a", "a", true},
        {"a", "b", false},
        {"*", "", true},
        {"*", "anything", true},
        {"?", "", false},
        {"?", "a", true},
        {"?", "病", true},
        {"??", "病", false},
        {"?", "\xFF", true},
        {"?", "\xE7\x97", false},
        {"病?.csv", "病历.csv", true},
        {"*.csv", "a.csv", true},
        {"*.csv", "a.csv.gz", false},
        {"*.csv*", "a.csv.gz", true},
        {"a*b*c", "aXbYc", true},
        {"a*b*c", "abbbc", true},
        {"a*b*c", "acb", false},
        {"*a*", "bab", true},
        {"**", "x", true},
        {"[abc]", "b", true},
        {"[abc]", "d", false},
        {"[a-c]x", "bx", true},
        {"[!a-c]", "b", false},
        {"[!a-c]", "d", true},
        {"[^a]", "a", false},
        {"[]]", "]", true},
        {"[]a]", "a", true},
        {"[!]]", "]", false},
        {"[a-]", "-", true},
        {"[-a]", "-", true},
        {"[一-龥]", "病", true},
        {"[一-龥]", "a", false},
        {"[c-a]", "b", false},
        {"[", "[", true},
        {"[a", "[a", true},
        {"[a", "a", false},
        {"a[", "a", false},
        {"part[0-9][0-9].txt", "part07.txt", true},
        {"A", "a", false},
        {"\\*", "\\x", true},
        {"*\xFF", "a\xFF", true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool fits = glob_fits(span_text(cases[i].pattern), span_text(cases[i].name));
        if (fits != cases[i].fits)
            print_error("%s and %s\n", cases[i].pattern, cases[i].name);
        assert_int_equal(fits, cases[i].fits);
    }
    assert_true(glob_wild(span_text("a*")));
    assert_true(glob_wild(span_text("a?")));
    assert_true(glob_wild(span_text("[a")));
    assert_false(glob_wild(span_text("a]b!-\\")));
}

/* Stars in a row take no more time than pattern times name. */
static void wildcards_in_time(void **state) {
    char pattern[401], name[20001];
    (void)state;
    for (size_t i = 0; i < 400; i++)
        pattern[i] = i % 2 ? 'a' : '*';
    pattern[400] = 0;
    memset(name, 'a', 20000);
    name[20000] = 0;
    assert_true(glob_fits(span_text(pattern), span_text(name)));
    name[19999] = 'b';
    assert_false(glob_fits(span_text(pattern), span_text(name)));
}

/* The folder that the tests look at. */

static const struct pack_member book[] = {{"[Content_Types].xml", "<Types/>", 8, 0, false, 0},
                                          {"xl/workbook.xml", "<workbook/>", 8, 0, false, 0}};

static void zip_add(struct buf *to, const struct pack_member *m, size_t n) {
    struct pack_zip z;
    pack_zip(&z, m, n, "", "", false);
    pack(to, z.bytes.p, z.bytes.n);
    buf_free(&z.bytes);
}

static struct pack_member member_of(const char *name, const struct buf *bytes) {
    return (struct pack_member){name, (const char *)bytes->p, 8, 0, false, bytes->n};
}

/* outer.zip: inner.zip, a workbook, a .gz, and names that are left out. */
static void make_archives(void) {
    struct buf xlsx = {0}, inner = {0}, outer = {0}, gz = {0}, deep = {0}, deeper = {0};
    zip_add(&xlsx, book, COUNT(book));
    pack_gzip(&gz, span_text("gz in zip\n"), 0);
    const struct pack_member in[] = {{"x.csv", "x in inner\n", 8, 0, false, 0},
                                     {"sub/y.csv", "y in inner\n", 0, 0, false, 0},
                                     member_of("book.xlsx", &xlsx)};
    zip_add(&inner, in, COUNT(in));
    const struct pack_member out[] = {{"b/name.csv", "name\n", 8, 0, false, 0},
                                      {"a.csv", "the first a\n", 8, 0, false, 0},
                                      {"b/[1].csv", "[1]\n", 8, 0, false, 0},
                                      {"a.csv", "the last a\n", 8, 0, false, 0},
                                      {"b/", "", 0, 0, false, 0},
                                      {"b/1.csv", "1\n", 8, 0, false, 0},
                                      {"empty.csv", "", 8, 0, false, 0},
                                      {"__MACOSX/._a.csv", "finder", 8, 0, false, 0},
                                      {".DS_Store", "finder", 8, 0, false, 0},
                                      {"b/example_pred.json", "{}", 8, 0, false, 0},
                                      {"\xB2\xA1\xC0\xFA.txt", "gbk name\n", 8, 0, false, 0},
                                      member_of("z/inner.zip", &inner),
                                      member_of("z/log.gz", &gz),
                                      member_of("z/book.xlsx", &xlsx)};
    zip_add(&outer, out, COUNT(out));
    check_write("outer.zip", buf_span(&outer));
    check_write("book.xlsx", buf_span(&xlsx));
    check_write("data/packed", buf_span(&outer)); /* an archive, whatever its name */
    check_write("data/cut.zip", span_slice(buf_span(&outer), 0, outer.n - 1));
    check_write("data/table.xlsx", buf_span(&xlsx));
    struct pack_member in_deep = member_of("inner.zip", &inner);
    zip_add(&deep, &in_deep, 1);
    check_write("deep.zip", buf_span(&deep));
    struct pack_member in_deeper = member_of("deep.zip", &deep);
    struct buf deepest = {0};
    zip_add(&deeper, &in_deeper, 1);
    struct pack_member in_deepest = member_of("deeper.zip", &deeper);
    zip_add(&deepest, &in_deepest, 1);
    check_write("deepest.zip", buf_span(&deepest));
    struct buf *const all[] = {&xlsx, &inner, &outer, &gz, &deep, &deeper, &deepest};
    for (size_t i = 0; i < COUNT(all); i++)
        buf_free(all[i]);
}

static int make_tree(void **state) {
    static const char *const folders[] = {"data",      "data/sub",      "data/sub/sub", "nothing",
                                          "data/.git", "data/__MACOSX", "odd[1]"};
    static const struct {
        const char *name, *text;
    } files[] = {
        {"data/b.txt", "b\n"},
        {"data/a.txt", "a\n"},
        {"data/sub.txt", "sub.txt\n"},
        {"data/sub/c.txt", "c\n"},
        {"data/sub/sub/d.txt", "d\n"},
        {"data/empty.txt", ""},
        {"data/.hidden", "hidden\n"},
        {"data/.git/config", "git\n"},
        {"data/__MACOSX/x", "finder\n"},
        {"data/example_gold.json", "example\n"},
        {"data/example.json", "no example\n"},
        {"data/bad\xFF.txt", "bad name\n"},
        {"odd[1]/train (1).csv", "odd\n"},
        {"odd[1]/x*.csv", "star\n"},
        {"odd[1]/xy.csv", "no star\n"},
        {"empty", ""},
    };
    struct buf gz = {0};
    int failed = check_folder_make(state);
    for (size_t i = 0; i < COUNT(folders); i++)
        failed |= mkdir(check_path(folders[i]), 0700);
    for (size_t i = 0; i < COUNT(files); i++)
        check_write(files[i].name, span_text(files[i].text));
    pack_gzip(&gz, span_text("packed\n"), 0);
    check_write("data/log", buf_span(&gz)); /* gzip, whatever its name */
    buf_free(&gz);
    make_archives();
    failed |= symlink("a.txt", check_path("data/link.txt"));
    failed |= symlink("..", check_path("data/sub/up"));
    failed |= symlink("nowhere", check_path("data/dangling"));
    failed |= symlink("data", check_path("linked"));
    failed |= mkfifo(check_path("data/fifo"), 0600);
    return failed;
}

static int remove_tree(void **state) {
    return check_folder_remove(state) || heap_live != 0 ? -1 : 0;
}

/* What is in an entry, or what is wrong with it. */
static void list_one(struct files *f, size_t i, struct buf *out) {
    static const char *const packings[] = {"", " gzip", " zip", " zip gzip"};
    const struct files_entry *entry = &f->entry[i];
    struct source *s;
    struct error e;
    enum files_packing packing;
    char line[2048];
    const char *path = entry->path;
    if (strncmp(path, check_folder, strlen(check_folder)) == 0)
        path += strlen(check_folder) + 1;
    struct buf bytes = {0};
    if (files_source(f, i, &s, &packing, &e) != OK) {
        snprintf(line, sizeof line, "%s|%s|! %s\n", path, entry->doc, e.text);
        pack(out, line, strlen(line));
        return;
    }
    assert_int_equal(check_read(s, 100, &bytes, &e), OK);
    source_close(s);
    pack(&bytes, "", 1);
    bool zip = bytes.n > 4 && memcmp(bytes.p, "PK\3\4", 4) == 0;
    snprintf(line, sizeof line, "%s|%s|%s%s%s", path, entry->doc, packings[packing],
             zip ? " package" : "",
             zip                  ? "\n"
             : *packings[packing] ? ": "
                                  : "");
    pack(out, line, strlen(line));
    if (!zip)
        pack(out, bytes.p, bytes.n - 1);
    assert_int_equal(zip, entry->package);
    assert_int_equal(entry->member, packing >= FILES_ZIP);
    buf_free(&bytes);
}

static void list(const char *path, struct buf *out) {
    struct files *f;
    struct error e;
    out->n = 0;
    if (files_open(path, &f, &e) != OK) {
        pack(out, "! ", 2);
        char *folder = strstr(e.text, check_folder); /* its name is another one each time */
        if (folder)
            memmove(folder, folder + strlen(check_folder) + 1,
                    strlen(folder + strlen(check_folder)));
        pack(out, e.text, strlen(e.text));
        pack(out, "\n", 2);
        return;
    }
    pack(out, f->many ? "many\n" : "one\n", f->many ? 5 : 4);
    for (size_t i = 0; i < f->count; i++)
        list_one(f, i, out);
    pack(out, "", 1);
    files_close(f);
}

struct list_case {
    const char *path, *listed;
};

static void check_lists(const struct list_case *cases, size_t n) {
    struct buf out = {0};
    for (size_t i = 0; i < n; i++) {
        list(check_path(cases[i].path), &out);
        if (strcmp((char *)out.p, cases[i].listed) != 0)
            print_error("%s\n", cases[i].path);
        assert_string_equal((char *)out.p, cases[i].listed);
    }
    buf_free(&out);
}

#define IN_OUTER                                                                                   \
    "outer.zip/a.csv|a.csv| zip: the last a\n"                                                     \
    "outer.zip/b/1.csv|b/1.csv| zip: 1\n"                                                          \
    "outer.zip/b/[1].csv|b/[1].csv| zip: [1]\n"                                                    \
    "outer.zip/b/name.csv|b/name.csv| zip: name\n"                                                 \
    "outer.zip/z/book.xlsx|z/book.xlsx| zip package\n"                                             \
    "outer.zip/z/inner.zip/book.xlsx|z/inner.zip/book.xlsx| zip package\n"                         \
    "outer.zip/z/inner.zip/sub/y.csv|z/inner.zip/sub/y.csv| zip: y in inner\n"                     \
    "outer.zip/z/inner.zip/x.csv|z/inner.zip/x.csv| zip: x in inner\n"                             \
    "outer.zip/z/log.gz|z/log.gz| zip gzip: gz in zip\n"                                           \
    "outer.zip/病历.txt|病历.txt| zip: gbk name\n"

static void files_and_folders(void **state) {
    static const struct list_case cases[] = {
        {"data/a.txt", "one\ndata/a.txt|a.txt|a\n"},
        {"linked/a.txt", "one\nlinked/a.txt|a.txt|a\n"},
        {"data/link.txt", "one\ndata/link.txt|link.txt|a\n"},
        {"data/log", "one\ndata/log|log| gzip: packed\n"},
        {"data/.hidden", "one\ndata/.hidden|.hidden|hidden\n"},
        {"data/example_gold.json", "one\ndata/example_gold.json|example_gold.json|example\n"},
        {"data/__MACOSX", "many\ndata/__MACOSX/x|x|finder\n"},
        {"data/bad\xFF.txt", "one\ndata/bad\xEF\xBF\xBD.txt|bad\xEF\xBF\xBD.txt|bad name\n"},
        {"empty", "one\nempty|empty|"},
        {"data/sub", "many\n"
                     "data/sub/c.txt|c.txt|c\n"
                     "data/sub/sub/d.txt|sub/d.txt|d\n"},
        {"data/sub/", "many\n"
                      "data/sub/c.txt|c.txt|c\n"
                      "data/sub/sub/d.txt|sub/d.txt|d\n"},
        {"data//sub//sub", "many\ndata/sub/sub/d.txt|d.txt|d\n"},
        {"data//./sub//sub", "many\ndata/sub/sub/d.txt|sub/sub/d.txt|d\n"},
        {"data/./sub/c.txt", "one\ndata/sub/c.txt|sub/c.txt|c\n"},
        {"data/./b?d\xFF.txt", "many\ndata/bad\xEF\xBF\xBD.txt|bad\xEF\xBF\xBD.txt|bad name\n"},
        {"data/././sub/c.txt", "one\ndata/./sub/c.txt|./sub/c.txt|c\n"},
        {"data/./log", "one\ndata/log|log| gzip: packed\n"},
        {"outer.zip/./b/1.csv", "one\nouter.zip/b/1.csv|b/1.csv| zip: 1\n"},
        {"outer.zip/z/./inner.zip/x.csv",
         "one\nouter.zip/z/inner.zip/x.csv|inner.zip/x.csv| zip: x in inner\n"},
        {"d*/./sub/c.txt", "many\ndata/sub/c.txt|sub/c.txt|c\n"},
        {"missing/./a.txt", "! there is no file 'missing/./a.txt'\n"},
        {"nothing", "! no file in 'nothing'\n"},
        {"missing", "! there is no file 'missing'\n"},
        {"missing/", "! there is no file 'missing/'\n"},
        {"data/a.txt/x", "! there is no file 'data/a.txt/x'\n"},
        {"data/dangling", "! there is no file 'data/dangling'\n"},
        {"data/fifo", "one\ndata/fifo|fifo|! it is a FIFO, not a file\n"},
        {"book.xlsx", "one\nbook.xlsx|book.xlsx| package\n"},
        {"book.xlsx/xl/workbook.xml",
         "one\nbook.xlsx/xl/workbook.xml|workbook.xml| zip: <workbook/>"},
    };
    (void)state;
    check_lists(cases, COUNT(cases));
}

static void a_whole_folder(void **state) {
    static const char head[] = "many\n"
                               "data/a.txt|a.txt|a\n"
                               "data/b.txt|b.txt|b\n"
                               "data/bad\xEF\xBF\xBD.txt|bad\xEF\xBF\xBD.txt|bad name\n"
                               "data/cut.zip|cut.zip|! it is not a zip archive, or one that is cut "
                               "short\n"
                               "data/example.json|example.json|no example\n"
                               "data/link.txt|link.txt|a\n"
                               "data/log|log| gzip: packed\n",
                      tail[] = "data/sub.txt|sub.txt|sub.txt\n"
                               "data/sub/c.txt|sub/c.txt|c\n"
                               "data/sub/sub/d.txt|sub/sub/d.txt|d\n"
                               "data/table.xlsx|table.xlsx| package\n";
    static const char inside[] =
        "data/packed/a.csv|packed/a.csv| zip: the last a\n"
        "data/packed/b/1.csv|packed/b/1.csv| zip: 1\n"
        "data/packed/b/[1].csv|packed/b/[1].csv| zip: [1]\n"
        "data/packed/b/name.csv|packed/b/name.csv| zip: name\n"
        "data/packed/z/book.xlsx|packed/z/book.xlsx| zip package\n"
        "data/packed/z/inner.zip/book.xlsx|packed/z/inner.zip/book.xlsx| zip package\n"
        "data/packed/z/inner.zip/sub/y.csv|packed/z/inner.zip/sub/y.csv| zip: y in inner\n"
        "data/packed/z/inner.zip/x.csv|packed/z/inner.zip/x.csv| zip: x in inner\n"
        "data/packed/z/log.gz|packed/z/log.gz| zip gzip: gz in zip\n"
        "data/packed/病历.txt|packed/病历.txt| zip: gbk name\n";
    struct buf expected = {0}, out = {0};
    (void)state;
    const char *const order[] = {head, inside, tail};
    for (size_t i = 0; i < COUNT(order); i++)
        pack(&expected, order[i], strlen(order[i]));
    pack(&expected, "", 1);
    list(check_path("data"), &out);
    assert_string_equal((char *)out.p, (char *)expected.p);
    buf_free(&expected);
    buf_free(&out);
}

static void globs(void **state) {
    static const struct list_case cases[] = {
        {"data/?.txt", "many\ndata/a.txt|a.txt|a\ndata/b.txt|b.txt|b\n"},
        {"data/sub*/c.txt", "many\ndata/sub/c.txt|sub/c.txt|c\n"},
        {"data/s*/*.txt", "many\ndata/sub/c.txt|sub/c.txt|c\n"},
        {"data/*/*.txt", "! 'data/cut.zip': it is not a zip archive, or one that is cut short\n"},
        {"data/sub/s?b", "many\ndata/sub/sub/d.txt|sub/d.txt|d\n"},
        {"data/b[a-z]*", "many\ndata/bad\xEF\xBF\xBD.txt|bad\xEF\xBF\xBD.txt|bad name\n"},
        {"data/e*", "many\n"
                    "data/example.json|example.json|no example\n"
                    "data/example_gold.json|example_gold.json|example\n"},
        {"data/*.json", "many\ndata/example.json|example.json|no example\n"},
        {"data/.h*", "many\ndata/.hidden|.hidden|hidden\n"},
        {"data/*.none", "! there is no file 'data/*.none'\n"},
        {"data/empt?.txt", "! there is no file 'data/empt?.txt'\n"},
        {"link*/a.txt", "many\nlinked/a.txt|linked/a.txt|a\n"},
        {"odd[1]/train (1).csv", "one\nodd[1]/train (1).csv|train (1).csv|odd\n"},
        {"odd[1]/x*.csv", "one\nodd[1]/x*.csv|x*.csv|star\n"},
        {"odd[1]/x?.csv", "many\nodd[1]/x*.csv|x*.csv|star\nodd[1]/xy.csv|xy.csv|no star\n"},
        {"odd*/t*", "many\nodd[1]/train (1).csv|odd[1]/train (1).csv|odd\n"},
        {"*/xy.csv", "many\nodd[1]/xy.csv|odd[1]/xy.csv|no star\n"},
        {"out*.zip/b/*e.csv", "many\nouter.zip/b/name.csv|outer.zip/b/name.csv| zip: name\n"},
    };
    (void)state;
    check_lists(cases, COUNT(cases));
}

static void archives(void **state) {
    static const struct list_case cases[] = {
        {"outer.zip", "many\n" IN_OUTER},
        {"outer.zip/", "many\n" IN_OUTER},
        {"outer.zip/b/name.csv", "one\nouter.zip/b/name.csv|name.csv| zip: name\n"},
        {"outer.zip/a.csv", "one\nouter.zip/a.csv|a.csv| zip: the last a\n"},
        {"outer.zip/b", "many\n"
                        "outer.zip/b/1.csv|1.csv| zip: 1\n"
                        "outer.zip/b/[1].csv|[1].csv| zip: [1]\n"
                        "outer.zip/b/name.csv|name.csv| zip: name\n"},
        {"outer.zip/b/[1].csv", "one\nouter.zip/b/[1].csv|[1].csv| zip: [1]\n"},
        {"outer.zip/b/[!n]*", "many\n"
                              "outer.zip/b/1.csv|1.csv| zip: 1\n"
                              "outer.zip/b/[1].csv|[1].csv| zip: [1]\n"},
        {"outer.zip/*/name.csv", "many\nouter.zip/b/name.csv|b/name.csv| zip: name\n"},
        {"outer.zip/[ab]", "many\n"
                           "outer.zip/b/1.csv|b/1.csv| zip: 1\n"
                           "outer.zip/b/[1].csv|b/[1].csv| zip: [1]\n"
                           "outer.zip/b/name.csv|b/name.csv| zip: name\n"},
        {"outer.zip/z/inner.zip", "many\n"
                                  "outer.zip/z/inner.zip/book.xlsx|book.xlsx| zip package\n"
                                  "outer.zip/z/inner.zip/sub/y.csv|sub/y.csv| zip: y in inner\n"
                                  "outer.zip/z/inner.zip/x.csv|x.csv| zip: x in inner\n"},
        {"outer.zip/z/inner.zip/sub/y.csv",
         "one\nouter.zip/z/inner.zip/sub/y.csv|y.csv| zip: y in inner\n"},
        {"outer.zip/z/*.zip/*/y.csv",
         "many\nouter.zip/z/inner.zip/sub/y.csv|inner.zip/sub/y.csv| zip: y in inner\n"},
        {"outer.zip/z/log.gz", "one\nouter.zip/z/log.gz|log.gz| zip gzip: gz in zip\n"},
        {"outer.zip/z/book.xlsx", "one\nouter.zip/z/book.xlsx|book.xlsx| zip package\n"},
        {"outer.zip/empty.csv", "one\nouter.zip/empty.csv|empty.csv| zip: "},
        {"outer.zip/.DS_Store", "one\nouter.zip/.DS_Store|.DS_Store| zip: finder"},
        {"outer.zip/病历.txt", "one\nouter.zip/病历.txt|病历.txt| zip: gbk name\n"},
        {"outer.zip/none.csv", "! there is no file 'outer.zip/none.csv'\n"},
        {"outer.zip/nam", "! there is no file 'outer.zip/nam'\n"},
        {"outer.zip/b/name.csv/x", "! there is no file 'outer.zip/b/name.csv/x'\n"},
        {"outer.zip/*.none", "! there is no file 'outer.zip/*.none'\n"},
        {"deep.zip/inner.zip/x.csv", "one\ndeep.zip/inner.zip/x.csv|x.csv| zip: x in inner\n"},
        {"deepest.zip", "! 'deepest.zip/deeper.zip/deep.zip/inner.zip': archives lie more than 3 "
                        "deep in each other\n"},
        {"data/cut.zip", "! 'data/cut.zip': it is not a zip archive, or one that is cut short\n"},
        {"data/cut.zip/a.csv",
         "! 'data/cut.zip': it is not a zip archive, or one that is cut short\n"},
    };
    (void)state;
    check_lists(cases, COUNT(cases));
}

static void the_home_folder(void **state) {
    struct buf out = {0};
    (void)state;
    setenv("HOME", check_folder, 1);
    list("~/data/a.txt", &out);
    assert_string_equal((char *)out.p, "one\ndata/a.txt|a.txt|a\n");
    list("~", &out);
    assert_string_equal((char *)out.p, "! there is no file '~'\n");
    unsetenv("HOME");
    list("~/data/a.txt", &out);
    assert_string_equal((char *)out.p, "! there is no home folder: HOME is not set\n");
    list("", &out);
    assert_string_equal((char *)out.p, "! the path is empty\n");
    buf_free(&out);
}

static void a_path_from_here(void **state) {
    char here[512];
    struct buf out = {0};
    (void)state;
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(check_folder), 0);
    list("data/a.txt", &out);
    assert_string_equal((char *)out.p, "one\ndata/a.txt|a.txt|a\n");
    list("dat?/a.txt", &out);
    assert_string_equal((char *)out.p, "many\ndata/a.txt|data/a.txt|a\n");
    list("book.xlsx", &out);
    assert_string_equal((char *)out.p, "one\nbook.xlsx|book.xlsx| package\n");
    assert_int_equal(chdir("data/sub"), 0);
    list(".", &out);
    assert_string_equal((char *)out.p, "many\n./c.txt|c.txt|c\n./sub/d.txt|sub/d.txt|d\n");
    list("../sub/sub", &out);
    assert_string_equal((char *)out.p, "many\n../sub/sub/d.txt|d.txt|d\n");
    assert_int_equal(chdir(here), 0);
    buf_free(&out);
}

/* By their first bytes, behind gzip too. */
static void what_must_be_unpacked_first(void **state) {
    static const struct {
        size_t at, n;
        const char *magic, *message;
        bool inside; /* refused inside gzip only */
    } cases[] = {
        {257, 8, "ustar\00000", "'x' is a tar archive: unpack it first, as with tar xf", false},
        {257, 8, "ustar  \0", "'x' is a tar archive: unpack it first, as with tar xf", false},
        {0, 4, "BZh9", "'x' is compressed by bzip2: unpack it first, as with bunzip2", false},
        {0, 6,
         "\xFD"
         "7zXZ\0",
         "'x' is compressed by xz: unpack it first, as with unxz", false},
        {0, 4, "\x28\xB5\x2F\xFD", "'x' is compressed by zstd: unpack it first, as with unzstd",
         false},
        {0, 6, "7z\xBC\xAF\x27\x1C", "'x' is a 7z archive: unpack it first, as with 7z x", false},
        {0, 7, "Rar!\x1A\x07\x01", "'x' is a rar archive: unpack it first, as with unrar x", false},
        {0, 43, "version https://git-lfs.github.com/spec/v1\n",
         "'x' is a Git-LFS pointer, not the file: fetch it with git lfs pull", false},
        {0, 3, "\x1F\x8B\x08", "'x' is compressed twice: unpack it first, as with gunzip", true},
        {0, 4, "PK\3\4", "'x' is a zip archive in gzip: unpack it first, as with gunzip", true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases) * 2; i++) {
        uint8_t bytes[700] = {0};
        struct buf gz = {0}, out = {0};
        struct span plain = span_of(bytes, sizeof bytes);
        bool packed = i % 2;
        char expected[200];
        memcpy(bytes + cases[i / 2].at, cases[i / 2].magic, cases[i / 2].n);
        if (cases[i / 2].inside && !packed)
            continue;
        pack_gzip(&gz, plain, 0);
        check_write("x", packed ? buf_span(&gz) : plain);
        snprintf(expected, sizeof expected, "one\nx|x|! %s\n", cases[i / 2].message);
        list(check_path("x"), &out);
        assert_string_equal((char *)out.p, expected);
        buf_free(&gz);
        buf_free(&out);
        unlink(check_path("x"));
    }
}

/* The bytes that were looked at are handed over like all others. */
static void short_files(void **state) {
    struct buf out = {0};
    (void)state;
    for (size_t n = 0; n < 1100; n += n < 20 ? 1 : 97) {
        uint8_t bytes[1100];
        struct files *f;
        struct source *s;
        struct error e;
        for (size_t i = 0; i < n; i++)
            bytes[i] = (uint8_t)(i * 31 + 5);
        check_write("x", span_of(bytes, n));
        assert_int_equal(files_open(check_path("x"), &f, &e), OK);
        assert_int_equal(f->entry[0].size, n);
        assert_int_equal(files_source(f, 0, &s, NULL, &e), OK);
        out.n = 0;
        assert_int_equal(check_read(s, 300, &out, &e), OK);
        check_bytes(out, span_of(bytes, n));
        source_close(s);
        files_close(f);
    }
    buf_free(&out);
    unlink(check_path("x"));
}

static void stores(void **state) {
    static const char *const paths[] = {"book.xlsx", "outer.zip/z/book.xlsx",
                                        "outer.zip/z/inner.zip/book.xlsx"};
    (void)state;
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct files *f;
        struct store *store;
        struct zip *z;
        struct error e;
        assert_int_equal(files_open(check_path(paths[i]), &f, &e), OK);
        assert_int_equal(files_store(f, 0, &store, &e), OK);
        assert_int_equal(zip_open(store, &z, &e), OK);
        assert_string_equal(z->member[1].name, "xl/workbook.xml");
        files_close(f);
        zip_close(z);
    }
}

/* A file that changes gives other stamps, also one that an archive in it lies in, and one whose
 * time of change is set back. */
static void stamps(void **state) {
    static const char *const paths[] = {"data/sub", "outer.zip/z", "data/bad\xFF.txt"};
    static const char *const touched[] = {"data/sub/sub/d.txt", "outer.zip", "data/bad\xFF.txt"};
    (void)state;
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct buf stamp[4] = {{0}};
        struct files *f;
        struct utimbuf time = {0, (long)i};
        const struct timespec tick = {0, 20000000}; /* what the kernel tells times by */
        assert_int_equal(files_open(check_path(paths[i]), &f, NULL), OK);
        for (size_t k = 0; k < 4; k++) {
            if (k == 3)
                nanosleep(&tick, NULL);
            if (k >= 2)
                assert_int_equal(utime(check_path(touched[i]), &time), 0);
            assert_int_equal(files_stamps(f, &stamp[k], NULL), OK);
        }
        check_bytes(stamp[1], buf_span(&stamp[0]));
        assert_int_equal(stamp[2].n, stamp[0].n);
        assert_memory_not_equal(stamp[2].p, stamp[0].p, stamp[0].n);
        assert_memory_not_equal(stamp[3].p, stamp[2].p, stamp[2].n);
        files_close(f);
        for (size_t k = 0; k < 4; k++)
            buf_free(&stamp[k]);
    }
    assert_int_equal(files_weigh(check_path("data/a.txt")), 2);
    assert_int_equal(files_weigh(check_path("data")), 0);
    assert_int_equal(files_weigh(check_path("missing")), 0);
}

/* More archives than may be open at a time, read in turns, each source alive until the end. */
static void many_archives(void **state) {
    enum { ARCHIVES = 12 };
    struct files *f;
    struct source *s[ARCHIVES];
    struct error e;
    char name[32], text[32];
    (void)state;
    assert_int_equal(mkdir(check_path("many"), 0700), 0);
    for (int i = 0; i < ARCHIVES; i++) {
        struct buf inner = {0}, outer = {0};
        snprintf(text, sizeof text, "text %02d\n", i);
        snprintf(name, sizeof name, "many/%02d.zip", i);
        struct pack_member m = {"x", text, 8, 0, false, 0};
        zip_add(&inner, &m, 1);
        struct pack_member in = member_of("in.zip", &inner);
        zip_add(&outer, &in, 1);
        check_write(name, i % 2 ? buf_span(&outer) : buf_span(&inner));
        buf_free(&inner);
        buf_free(&outer);
    }
    assert_int_equal(files_open(check_path("many"), &f, &e), OK);
    assert_int_equal(f->count, ARCHIVES);
    for (int i = 0; i < ARCHIVES; i++)
        assert_int_equal(files_source(f, (size_t)(i * 5 % ARCHIVES), &s[i], NULL, &e), OK);
    for (int i = 0; i < ARCHIVES; i++) {
        struct buf out = {0};
        snprintf(text, sizeof text, "text %02d\n", i * 5 % ARCHIVES);
        assert_int_equal(check_read(s[i], 4, &out, &e), OK);
        check_bytes(out, span_text(text));
        source_close(s[i]);
        buf_free(&out);
    }
    /* One that is no longer the archive that was listed. */
    struct buf other = {0};
    struct pack_member m = {"x", "something else\n", 8, 0, false, 0};
    zip_add(&other, &m, 1);
    check_write("many/00.zip", buf_span(&other));
    assert_int_equal(files_source(f, 0, &s[0], NULL, &e), BAD_IO);
    assert_string_equal(e.text, "the archive changed while it was read");
    assert_int_equal(files_source(f, 2, &s[0], NULL, &e), OK);
    source_close(s[0]);
    files_close(f);
    buf_free(&other);
}

/* A file that became an archive behind the list's back. */
static void a_file_that_became_an_archive(void **state) {
    struct files *f;
    struct source *s;
    struct error e;
    struct buf bytes = {0};
    (void)state;
    check_write("y", span_text("text\n"));
    assert_int_equal(files_open(check_path("y"), &f, &e), OK);
    zip_add(&bytes, book, 1);
    check_write("y", buf_span(&bytes));
    assert_int_equal(files_source(f, 0, &s, NULL, &e), BAD_IO);
    assert_string_equal(e.text, "the file changed while it was read");
    files_close(f);
    buf_free(&bytes);
    unlink(check_path("y"));
}

/* Held in memory, so there is a limit; read as a stream there is none. */
static void a_large_member(void **state) {
    struct buf zip = {0};
    struct files *f;
    struct source *s;
    struct store *store;
    struct error e;
    size_t n = FILES_INNER_MAX + 1, got = 1, total = 0;
    uint8_t *room = malloc(n);
    (void)state;
    memset(room, 'x', n);
    memcpy(room, "PK\3\4", 4);
    struct pack_member m[] = {{"large.zip", (char *)room, 8, 0, false, n},
                              {"large.csv", (char *)room + 4, 8, 0, false, n - 4}};
    zip_add(&zip, m, 2);
    check_write("large.zip", buf_span(&zip));
    assert_int_equal(files_open(check_path("large.zip"), &f, &e), OK);
    assert_int_equal(f->count, 2);
    assert_int_equal(files_source(f, 0, &s, NULL, &e), OK); /* large.csv */
    while (got > 0) {
        assert_int_equal(source_read(s, room, 1 << 20, &got, &e), OK);
        total += got;
    }
    assert_int_equal(total, n - 4);
    source_close(s);
    assert_int_equal(files_store(f, 1, &store, &e), BAD_FILE);
    assert_string_equal(e.text, "what lies in an archive and must be held in memory is larger than "
                                "64 MiB");
    assert_int_equal(files_source(f, 1, &s, NULL, &e), BAD_FILE);
    files_close(f);
    unlink(check_path("large.zip"));
    buf_free(&zip);
    free(room);
}

static void folders_too_deep(void **state) {
    char path[512];
    struct buf out = {0};
    (void)state;
    snprintf(path, sizeof path, "%s", check_path("deep"));
    for (int i = 0; i < FILES_DEPTH_MAX + 2; i++) {
        assert_int_equal(mkdir(path, 0700), 0);
        strcat(path, "/d");
    }
    list(check_path("deep"), &out);
    assert_string_equal((char *)out.p, "! folders lie more than 64 deep\n");
    buf_free(&out);
}

static enum error_code files_run(void *of) {
    struct files *f;
    struct source *s;
    enum error_code code = files_open(of, &f, NULL);
    if (code)
        return code;
    for (size_t i = 0; i < f->count && code != NO_MEMORY; i++) {
        struct buf out = {0};
        code = files_source(f, i, &s, NULL, NULL);
        if (!code) {
            code = check_read(s, 4096, &out, NULL);
            source_close(s);
        }
        buf_free(&out);
    }
    files_close(f);
    return code == BAD_FILE ? OK : code; /* data/cut.zip */
}

static void memory_ends_anywhere(void **state) {
    static const char *const paths[] = {
        "data", "outer.zip/z", "data/*.txt", "outer.zip/*/1.csv", "book.xlsx", "data/log"};
    (void)state;
    for (size_t i = 0; i < COUNT(paths); i++)
        heap_sweep(files_run, (void *)check_path(paths[i]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wildcards),
        cmocka_unit_test(wildcards_in_time),
        cmocka_unit_test(files_and_folders),
        cmocka_unit_test(a_whole_folder),
        cmocka_unit_test(globs),
        cmocka_unit_test(archives),
        cmocka_unit_test(the_home_folder),
        cmocka_unit_test(a_path_from_here),
        cmocka_unit_test(what_must_be_unpacked_first),
        cmocka_unit_test(short_files),
        cmocka_unit_test(stores),
        cmocka_unit_test(stamps),
        cmocka_unit_test(many_archives),
        cmocka_unit_test(a_file_that_became_an_archive),
        cmocka_unit_test(a_large_member),
        cmocka_unit_test(folders_too_deep),
        cmocka_unit_test(memory_ends_anywhere),
    };
    heap_use();
    return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
