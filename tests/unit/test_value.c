/* test_value.c - numbers with units, as doctors write them. */
#include "../../ext/text/value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>

static struct points text;
static struct buf written;

static void value_write(const struct value *v) {
    struct error e;
    char number[40];
    points_encode(&text, v->name_start, v->name_end, &written, &e);
    buf_add_byte(&written, '[', &e);
    buf_add_text(&written, v->operator, & e);
    for (unsigned i = 0; i < v->n; i++) {
        if (i)
            buf_add_byte(&written, (uint8_t)v->joiner, &e);
        snprintf(number, sizeof number, "%.10g", v->number[i]);
        buf_add_text(&written, number, &e);
    }
    if (v->unit[0])
        buf_add_byte(&written, ' ', &e);
    buf_add_text(&written, v->unit, &e);
    if (v->frequency) {
        buf_add_byte(&written, ' ', &e);
        buf_add_text(&written, v->frequency, &e);
    }
    buf_add_byte(&written, ']', &e);
}

static const char *values_of(const char *z) {
    struct error e;
    struct value v;
    size_t at = 0, last = 0;
    written.n = 0;
    assert_int_equal(points_decode(&text, span_text(z), &e), OK);
    while (value_next(&text, &at, &v)) {
        assert_true(v.start >= last && v.start <= v.value_start && v.value_start < v.value_end);
        assert_true(v.value_end <= v.end && v.end == at && at <= text.n &&
                    v.name_start <= v.name_end);
        last = v.end;
        value_write(&v);
    }
    buf_add_byte(&written, 0, &e);
    return (const char *)written.p;
}

static const char *const value_cases[][2] = {
    {"", ""},
    {"无", ""},
    {"第3床", ""},
    {"血压140/90mmHg", "血压[140/90 mmHg]"},
    {"患者血压：140/90 mmHg，脉搏80次/分", "血压[140/90 mmHg]脉搏[80 次/min]"},
    {"T36.5℃ P80次/分 R20次/分 BP120/80mmHg", "T[36.5 ℃]P[80 次/min]R[20 次/min]BP[120/80 mmHg]"},
    {"阿莫西林0.5g tid", "阿莫西林[0.5 g tid]"},
    {"二甲双胍 500MG, 每日两次", "二甲双胍[500 mg bid]"},
    {"白细胞12.5×10⁹/L", "白细胞[12.5 10^9/L]"},
    {"WBC 12.5*10^9/L", "WBC[12.5 10^9/L]"},
    {"血小板 210×109/L", "血小板[210 10^9/L]"},
    {"红细胞4.5x10^12/L", "红细胞[4.5 10^12/L]"},
    {"体温３８．５℃", "体温[38.5 ℃]"},
    {"结节3-5mm", "结节[3-5 mm]"},
    {"肌钙蛋白<0.01 ng/ml", "肌钙蛋白[<0.01 ng/mL]"},
    {"大小约4.6CM×3.2CM×2cm", "大小[~4.6x3.2x2 cm]"},
    {"4.6×3.2", "[4.6x3.2]"},
    {"血红蛋白低于90克/升", "血红蛋白[<90 g/L]"},
    {"年龄≥18岁", "年龄[>=18 岁]"},
    {"中性粒细胞75.3%", "中性粒细胞[75.3 %]"},
    {"pH 7.35 INR：2.1", "pH[7.35]INR[2.1]"},
    {"肌酐 1,200μmol/L", "肌酐[1200 μmol/L]"},
    {"多巴胺5μg/kg/min", "多巴胺[5 μg/kg/min]"},
    {"青霉素80万U q8h", "青霉素[80 万U q8h]"},
    {"3.5±0.2mmol/L", "[3.5+0.2 mmol/L]"},
    {"咳嗽3天，加重2小时", "咳嗽[3 d]加重[2 h]"},
    {"2019年3月5日 2019-03-05", ""},
    {"2型糖尿病 T2DM B12 HbA1c CD4", ""},
    {"HbA1c 6.5%", "HbA1c[6.5 %]"},
    {"5gm 5mgx", ""},
    {"KRAS基因G13D突变，DOPA5μg", "DOPA[5 μg]"},
    {"1.2.3.4g", ""},
    {"GCS评分15分，滴速40滴/分", "GCS评分[15 分]滴速[40 滴/min]"},
    {"口服，每日3次，每次2片", "每次[2 片]"},
    {"0.1234567890123456789g", "[0.123456789 g]"},
    {"1cm/", "[1 cm]"},
    {"90/", ""},
    {"10×10", "[10x10]"},
    {"12345678901234567890mg", ""},
    {"约12345678901234567890mg", ""},
};

static void value_cases_hold(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof value_cases / sizeof *value_cases; i++)
        assert_string_equal(values_of(value_cases[i][0]), value_cases[i][1]);
}

static void value_says_where(void **state) {
    (void)state;
    struct value v;
    struct error e;
    size_t at = 0;
    points_decode(&text, span_text("肌酐 >= 1,200 μmol/L, qd。"), &e);
    assert_true(value_next(&text, &at, &v));
    assert_int_equal(v.name_start, 0);
    assert_int_equal(v.name_end, 2);
    assert_int_equal(v.start, 3);
    assert_int_equal(v.value_start, 6);
    assert_int_equal(v.value_end, 11);
    assert_int_equal(v.end, 22);
    assert_string_equal(v.operator, ">=");
    assert_string_equal(v.unit, "μmol/L");
    assert_string_equal(v.frequency, "qd");
    assert_true(v.number[0] == 1200);
}

static int free_all(void **state) {
    (void)state;
    points_free(&text);
    buf_free(&written);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(value_cases_hold),
        cmocka_unit_test(value_says_where),
    };
    return cmocka_run_group_tests(tests, NULL, free_all);
}
