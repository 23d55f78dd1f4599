/* test_mask.c - identifiers found, and what only looks like one left alone. The numbers are
 * made up; the identity cards' check digits are computed, their holders do not exist. */
#include "../../ext/text/date.h"
#include "../../ext/text/mask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

struct mask_case {
    const char *kinds, *text, *expected;
};

static const struct mask_case mask_cases[] = {
    {"", "", ""},
    {"", "无", "无"},
    {"id", "身份证11010519491231002X。", "身份证[身份证号]。"},
    {"id", "11010519491231002x", "[身份证号]"},
    {"id", "１１０１０５１９４９１２３１００２Ｘ", "[身份证号]"},
    {"id", "440524188001010014", "440524188001010014"}, /* born before 1900 */
    {"id", "110105194912310021", "110105194912310021"}, /* wrong check digit */
    {"id", "11010519491331002X", "11010519491331002X"}, /* month 13 */
    {"id", "99010519491231002X", "99010519491231002X"}, /* no such region */
    {"id", "111010519491231002X", "111010519491231002X"},
    {"id", "110105491231002", "[身份证号]"},
    {"id", "110105491331002", "110105491331002"},
    {"phone", "电话13800001111，", "电话[电话]，"},
    {"phone", "+86 138-0000-1111", "[电话]"},
    {"phone", "１３８ ００００ １１１１", "[电话]"},
    {"phone", "138000011112", "138000011112"},
    {"phone", "12800001111", "12800001111"},
    {"phone", "010-12345678", "[电话]"},
    {"phone", "(0571)8765432转123", "[电话]"},
    {"phone", "021 6234 5678", "[电话]"},
    {"phone", "400-820-8820", "[电话]"},
    {"phone", "电话：62345678", "电话：[电话]"},
    {"phone", "白细胞62345678", "白细胞62345678"},
    {"phone", "0.01012345678", "0.01012345678"},
    {"email", "邮箱a.b-c@mail.example.cn，", "邮箱[邮箱]，"},
    {"email", "a@b 甲@乙.cn @x.cn", "a@b 甲@乙.cn @x.cn"},
    {"url", "见https://example.cn/a?b=1。", "见[网址]。"},
    {"url", "(www.example.cn) http:// xwww.a.cn", "([网址]) http:// xwww.a.cn"},
    {"date", "2019年3月5日入院", "[日期]入院"},
    {"date", "2019-03-05 08:30出院", "[日期]出院"},
    {"date", "2019/3/5、2019.3.5、20190305、3月5日、2019年3月",
     "[日期]、[日期]、[日期]、[日期]、[日期]"},
    {"date", "２０１９年３月５号8时30分", "[日期]"},
    {"date", "2019-13-05 2019-02-30 20191305 13月5日", "2019-13-05 2019-02-30 20191305 13月5日"},
    {"date", "2020-02-29 2019-02-29", "[日期] 2019-02-29"},
    {"date", "3个月 5日 12.20190305", "3个月 5日 12.20190305"},
    {"mrn", "住院号：ZY-0012345 门诊号 998", "住院号：[病案号] 门诊号 [病案号]"},
    {"mrn", "住院号：未知", "住院号：未知"},
    {"name", "姓名：张三 性别：男", "姓名：[姓名] 性别：男"},
    {"name", "姓名：张三性别：男", "姓名：[姓名]性别：男"},
    {"name", "联系人：欧阳小明，主治医师：李某某", "联系人：[姓名]，主治医师：[姓名]"},
    {"name", "姓名：买买提·吐尔逊", "姓名：[姓名]"},
    {"name", "姓名 李四", "姓名 [姓名]"},
    {"name", "姓名不详 姓名：", "姓名不详 姓名："},
    {"id, phone", "13800001111 11010519491231002X a@b.cn", "[电话] [身份证号] a@b.cn"},
    {"all", "姓名：张三，住院号0012345，2019-03-05，13800001111，a@b.cn，www.a.cn",
     "姓名：[姓名]，住院号[病案号]，[日期]，[电话]，[邮箱]，[网址]"},
    {"", "\xFF住院号12\xE4", "\uFFFD住院号[病案号]\uFFFD"},
};

static void mask_cases_hold(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof mask_cases / sizeof *mask_cases; i++) {
        const struct mask_case *c = &mask_cases[i];
        struct buf out = {0};
        struct error e = {0};
        unsigned bits = 0;
        assert_int_equal(mask_parse(span_text(c->kinds), &bits, &e), OK);
        assert_int_equal(mask_text(span_text(c->text), bits, &out, &e), OK);
        buf_add_byte(&out, 0, &e);
        assert_string_equal((const char *)out.p, c->expected);
        buf_free(&out);
    }
}

static void mask_refuses_unknown_kinds(void **state) {
    (void)state;
    struct error e = {0};
    unsigned bits = 0;
    assert_int_equal(mask_parse(span_text("id,fax"), &bits, &e), BAD_USE);
    assert_string_equal(e.text, "there is no kind 'fax' of identifier");
    assert_int_equal(mask_parse(span_text("id,"), &bits, &e), BAD_USE);
}

static void mask_says_where(void **state) {
    (void)state;
    struct points t = {0};
    struct mask_hit hit;
    struct error e = {0};
    size_t at = 0;
    points_decode(&t, span_text("姓名：张三，电话13800001111"), &e);
    assert_true(mask_next(&t, MASK_ALL, &at, &hit));
    assert_string_equal(hit.kind->name, "name");
    assert_int_equal(hit.start, 3);
    assert_int_equal(hit.end, 5);
    assert_true(mask_next(&t, MASK_ALL, &at, &hit));
    assert_string_equal(hit.kind->name, "phone");
    assert_int_equal(hit.start, 8);
    assert_int_equal(hit.end, 19);
    assert_false(mask_next(&t, MASK_ALL, &at, &hit));
    points_free(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mask_cases_hold),
        cmocka_unit_test(mask_refuses_unknown_kinds),
        cmocka_unit_test(mask_says_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
