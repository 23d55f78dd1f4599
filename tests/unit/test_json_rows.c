/* Rows of JSON: steps that leave members out, groups, what is looked up elsewhere in the record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "format_check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct driver pairs = {.format = &format_json, .where = {"@key", "."}};

static void steps_choose_rows(void **state) {
    static const char in[] =
        "{\"id\":7,\"a\":[\"x\",\"\",null],\"b\":\"y\",\"c\":\"\",\"d\":null,\"e\":{\"f\":[1]},"
        "\"g\":[],\"h\":false}\n";
    static const struct check_case cases[] = {
        {"every member", in,
         "id|7\na|[\"x\",\"\",null]\nb|\"y\"\nc|\"\"\nd|null\n"
         "e|{\"f\":[1]}\ng|[]\nh|false\n",
         NULL, "*"},
        {"but some", in, "b|\"y\"\nc|\"\"\nd|null\nh|false\n", NULL, "*,id,a,e,g"},
        {"elements of lists alone", in, "a|\"x\"\na|\"\"\na|null\n", NULL, "*.[]"},
        {"elements, or what is no list and not empty", in,
         "id|7\na|\"x\"\na|\"\"\na|null\nb|\"y\"\nh|false\n", NULL, "*.[]?"},
        {"both", in, "a|\"x\"\na|\"\"\na|null\nb|\"y\"\nh|false\n", NULL, "*,id.[]?"},
        {"a name that is escaped", "{\"\\u0069d\":[1],\"idx\":[2]}\n", "idx|2\n", NULL, "*,id.[]"},
        {"elements, or what is no list", in, "~|1\n", NULL, "e.f.*?"},
        {"no object", "{\"a\":{}}\n\"a\"\n", "a|{}\n", NULL, "*"},
        {"nothing", "{}\n[]\n", "", NULL, "*"},
    };
    static const struct driver verbatim = {.format = &format_json, .where = {"@key", "@json"}};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct driver set = verbatim;
        set.each = cases[i].each;
        check_bytes(set, span_text(cases[i].in), cases[i].name, cases[i].out);
    }
}

static void groups_are_members_that_are_lists(void **state) {
    static const struct check_case cases[] = {
        {"two groups", "{\"size\":3,\"x\":[{\"n\":1},{\"n\":2}],\"y\":[{\"n\":3}]}",
         "x|1\nx|2\ny|3\n", NULL, NULL},
        {"blanks", " { \"x\" : [ { \"n\" : 1 } , {\"n\":2} ] ,\n\"s\" : {\"x\":[1]} } \n",
         "x|1\nx|2\n", NULL, NULL},
        {"empty ones, and what is no list",
         "{\"a\":[],\"b\":{\"c\":[{\"n\":1}]},\"d\":[{\"n\":2}]}", "d|2\n", NULL, NULL},
        {"an escaped key", "{\"\\u75be\\u75c5\":[{\"n\":\"\\n\"}]}", "\\u75be\\u75c5|\\n\n", NULL,
         NULL},
        {"nothing", "{}", "", NULL, NULL},
        {"scalars alone", "{\"a\":1,\"b\":\"x\"}", "", NULL, NULL},
        {"elements of any kind", "{\"a\":[1,\"b\",null,[2],{}]}", "a|~\na|~\na|~\na|~\na|~\n", NULL,
         NULL},
        {"an array", "[{\"n\":1}]", "!! a JSON object of records should stand here\n", NULL, NULL},
        {"an open group", "{\"a\":[{\"n\":1}", "a|1\n!! a JSON object does not end\n", NULL, NULL},
        {"an open object", "{\"a\":[{\"n\":1}]", "a|1\n!! a JSON object does not end\n", NULL,
         NULL},
        {"an open record", "{\"a\":[{\"n\":1", "!! a JSON object does not end\n", NULL, NULL},
        {"an open key", "{\"a", "!! a JSON string does not end\n", NULL, NULL},
        {"a key alone", "{\"a\"", "!! a JSON object does not end\n", NULL, NULL},
        {"no value", "{\"a\":", "!! a JSON value should stand where the bytes end\n", NULL, NULL},
        {"no comma", "{\"a\":[{\"n\":1} {\"n\":2}]}",
         "a|1\n!! ',' or ']' should stand in a JSON array\n", NULL, NULL},
        {"no comma between groups", "{\"a\":[{\"n\":1}] \"b\":[]}",
         "a|1\n!! ',' or '}' should stand in a JSON object\n", NULL, NULL},
        {"no colon", "{\"a\" [{\"n\":1}]}", "!! ':' should stand behind a JSON key\n", NULL, NULL},
        {"no key", "{\"a\":[{\"n\":1}],[{\"n\":2}]}",
         "a|1\n!! a JSON key should stand where something else does\n", NULL, NULL},
        {"a comma too many", "{\"a\":[{\"n\":1},]}",
         "a|1\n!! a JSON value should stand where something else does\n", NULL, NULL},
        {"something behind", "{\"a\":[{\"n\":1}]} {}",
         "a|1\n!! something stands behind the end of the JSON\n", NULL, NULL},
    };
    static const struct driver groups = {
        .format = &format_json, .where = {"/@key", "n"}, .shape = "groups"};
    (void)state;
    check_cases(&groups, cases, COUNT(cases));
}

static void things_are_looked_up(void **state) {
    static const char nodes[] =
        "{\"n\":\"r\",\"kind\":[{\"k\":\"c\"},{\"k\":\"d\"},{\"k\":\"e\"}],"
        "\"node\":[{\"id\":\"b\",\"is\":2,\"t\":\"B\"},{\"id\":\"a\",\"is\":1,\"t\":\"A\"},"
        "{\"id\":7,\"is\":\"0\",\"t\":\"S\"},{\"id\":\"b\",\"is\":0,\"t\":\"late\"},{\"t\":\"none\"},"
        "{\"id\":\"\\u0061\\n\",\"is\":9,\"t\":\"E\"}],"
        "\"link\":[{\"to\":\"a\"},{\"to\":\"b\"},{\"to\":\"7\"},{\"to\":7},{\"to\":\"z\"},{},"
        "{\"to\":\"a\\u000a\"},{\"to\":[\"a\"]}]}\n";
    static const struct driver set = {.format = &format_json,
                                      .where = {"/n", "to/node[id].t", "to/node[id].is/kind[#].k",
                                                "to/node[id].is/kind[#1].k", "@1", "@1.to"},
                                      .each = "link.*"};
    static const char expected[] = "r|A|d|d|1|a\nr|B|e|e|2|b\nr|S|c|~|3|7\nr|S|c|~|4|7\n"
                                   "r|~|~|~|5|z\nr|~|~|~|6|~\nr|E|~|~|7|a\\u000a\n"
                                   "r|~|~|~|8|[\"a\"]\n";
    struct driver needed = set;
    (void)state;
    check_bytes(set, span_text(nodes), "looked up", expected);
    needed.where[3] = "?to/node[id].is/kind[#1].k";
    check_bytes(needed, span_text(nodes), "rows without it are left out",
                "r|A|d|d|1|a\nr|B|e|e|2|b\n");
}

static void parallel_lists_are_joined(void **state) {
    static const struct check_case cases[] = {
        {"as many", "{\"a\":[\"x\",\"y\"],\"b\":[1,2]}\n", "1|x|1\n2|y|2\n", NULL, NULL},
        {"too few", "{\"a\":[\"x\",\"y\"],\"b\":[1]}\n", "1|x|1\n2|y|~\n", NULL, NULL},
        {"none", "{\"a\":[\"x\"]}\n{\"a\":[\"x\"],\"b\":3}\n", "1|x|~\n1|x|~\n", NULL, NULL},
        {"record after record", "{\"a\":[1],\"b\":[2]}\n{\"a\":[3],\"b\":[4]}\n", "1|1|2\n1|3|4\n",
         NULL, NULL},
    };
    static const struct driver set = {
        .format = &format_json, .where = {"@1", ".", "@1/b[@]"}, .each = "a.*"};
    (void)state;
    check_cases(&set, cases, COUNT(cases));
}

static void levels_above_a_row(void **state) {
    static const struct driver set = {.format = &format_json,
                                      .where = {"/d.n", "@1.n", "@2", "n"},
                                      .each = "d.children.*.children.*"};
    (void)state;
    check_bytes(set,
                span_text("{\"d\":{\"n\":\"r\",\"children\":[{\"n\":\"p\",\"children\":[{\"n\":"
                          "\"x\"},{\"n\":\"y\"}]},{\"n\":\"q\",\"children\":[]},{\"n\":\"s\","
                          "\"children\":[{\"n\":null}]}]}}\n"),
                "a tree of two levels", "r|p|1|x\nr|p|2|y\nr|s|1|~\n");
}

static void what_is_required(void **state) {
    static const struct driver rows = {
        .format = &format_json, .where = {"!0", "!1|n"}, .each = "a.*"};
    static const struct driver records = {
        .format = &format_json, .where = {"!/n|/m", "."}, .each = "a.[]"};
    (void)state;
    check_bytes(rows, span_text("{\"a\":[[1,2],{\"0\":3,\"n\":4}]}\n{\"a\":[[1]]}\n{}\n"),
                "of rows", "1|2\n3|4\n! no '1' in one of its rows\n");
    check_bytes(records, span_text("{\"n\":1,\"a\":[2]}\n{\"o\":1,\"a\":[2]}\n"), "of records",
                "1|2\n! no 'n' in the record\n");
}

/* A million links to the last of a thousand nodes, and as many nodes of one name: no look-up walks
 * them all. */
static void looking_up_stays_quick(void **state) {
    char *in = NULL, *text;
    size_t n, rows = 0;
    FILE *f = open_memstream(&in, &n);
    (void)state;
    fputs("{\"node\":[", f);
    for (int i = 0; i < 100000; i++)
        fprintf(f, "{\"k\":\"same\",\"v\":%d},", i);
    fputs("{\"k\":\"z\",\"v\":-1}],\"link\":[", f);
    for (int i = 0; i < 200000; i++)
        fputs(i % 2 ? "{\"t\":\"same\"}," : "{\"t\":\"z\"},", f);
    fputs("{}]}\n", f);
    fclose(f);
    static const struct driver set = {
        .format = &format_json, .where = {"?t/node[k].v"}, .each = "link.*"};
    text = driver_rows(&set, span_of(in, n), NULL);
    for (const char *p = text; (p = strchr(p, '\n')) != NULL; p++)
        rows++;
    assert_int_equal(rows, 200000);
    assert_memory_equal(text, "-1\n0\n-1\n", 8);
    free(text);
    free(in);
}

/* Four million empty lines: a look at all that follow from each one takes hours. */
static void empty_lines_are_passed_once(void **state) {
    enum { LINES = 4 << 20 };
    static const struct driver set = {.format = &format_json, .where = {"a"}};
    static const char record[] = "{\"a\":1}\n";
    char *in = malloc(LINES + 2 * sizeof record);
    (void)state;
    size_t n = sizeof record - 1;
    memcpy(in, record, n);
    memset(in + n, '\n', LINES);
    memcpy(in + n + LINES, record, n);
    char *text = driver_rows(&set, span_of(in, LINES + 2 * n), NULL);
    assert_string_equal(text, "1\n1\n");
    free(text);
    free(in);
}

static void too_much_is_asked(void **state) {
    static const struct driver lookups = {
        .format = &format_json,
        .where = {"a/a[k]", "a/b[k]", "a/c[k]", "a/d[k]", "a/e[k]"},
        .each = "x.*"};
    static const struct driver hops = {
        .format = &format_json, .where = {"a/a[k].b/a[k].c/a[k]"}, .each = "x.*"};
    (void)state;
    check_bytes(lookups, span_text("{}\n"), "arrays", "!! too many look-ups\n");
    check_bytes(hops, span_text("{}\n"), "one behind another", "!! too many look-ups\n");
    check_bytes(pairs, span_text("1\n"), "no rows", "~|1\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_choose_rows),
        cmocka_unit_test(groups_are_members_that_are_lists),
        cmocka_unit_test(things_are_looked_up),
        cmocka_unit_test(parallel_lists_are_joined),
        cmocka_unit_test(levels_above_a_row),
        cmocka_unit_test(what_is_required),
        cmocka_unit_test(looking_up_stays_quick),
        cmocka_unit_test(empty_lines_are_passed_once),
        cmocka_unit_test(too_much_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
