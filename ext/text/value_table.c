/* value_table.c - the vocabulary of medical numbers.
 *
 *     毫克 MG ㎎ mg -> mg       每日3次 一日三次 TID -> tid       小于 ＜ < -> <
 *
 * A unit is a word of the first table or words joined by '/', so mmol/L, mg/kg/d and 次/分 are
 * not in it.
 */
#include "value_table.h"

const struct value_word value_units[] = {
    {"%", "%"},         {"‰", "‰"},         {"mmHg", "mmHg"},     {"毫米汞柱", "mmHg"},
    {"mmH2O", "mmH2O"}, {"cmH2O", "cmH2O"}, {"kPa", "kPa"},       {"℃", "℃"},
    {"°C", "℃"},        {"摄氏度", "℃"},    {"度", "度"},         {"°", "°"},
    {"km", "km"},       {"m", "m"},         {"米", "m"},          {"cm", "cm"},
    {"厘米", "cm"},     {"公分", "cm"},     {"㎝", "cm"},         {"mm", "mm"},
    {"毫米", "mm"},     {"㎜", "mm"},       {"um", "μm"},         {"μm", "μm"},
    {"µm", "μm"},       {"微米", "μm"},     {"nm", "nm"},         {"m2", "m2"},
    {"m²", "m2"},       {"㎡", "m2"},       {"平方米", "m2"},     {"cm2", "cm2"},
    {"cm²", "cm2"},     {"mm2", "mm2"},     {"mm²", "mm2"},       {"cm3", "cm3"},
    {"cm³", "cm3"},     {"mm3", "mm3"},     {"mm³", "mm3"},       {"kg", "kg"},
    {"千克", "kg"},     {"公斤", "kg"},     {"㎏", "kg"},         {"斤", "斤"},
    {"g", "g"},         {"克", "g"},        {"mg", "mg"},         {"毫克", "mg"},
    {"㎎", "mg"},       {"ug", "μg"},       {"μg", "μg"},         {"µg", "μg"},
    {"mcg", "μg"},      {"微克", "μg"},     {"ng", "ng"},         {"纳克", "ng"},
    {"pg", "pg"},       {"L", "L"},         {"升", "L"},          {"dl", "dL"},
    {"分升", "dL"},     {"ml", "mL"},       {"毫升", "mL"},       {"㏄", "mL"},
    {"cc", "mL"},       {"ul", "μL"},       {"μl", "μL"},         {"µl", "μL"},
    {"微升", "μL"},     {"fl", "fL"},       {"mol", "mol"},       {"mmol", "mmol"},
    {"毫摩尔", "mmol"}, {"umol", "μmol"},   {"μmol", "μmol"},     {"µmol", "μmol"},
    {"nmol", "nmol"},   {"pmol", "pmol"},   {"mEq", "mEq"},       {"mOsm", "mOsm"},
    {"U", "U"},         {"单位", "U"},      {"万U", "万U"},       {"万单位", "万U"},
    {"IU", "IU"},       {"国际单位", "IU"}, {"万IU", "万IU"},     {"mIU", "mIU"},
    {"uIU", "μIU"},     {"μIU", "μIU"},     {"µIU", "μIU"},       {"mU", "mU"},
    {"kU", "kU"},       {"COI", "COI"},     {"copies", "copies"}, {"拷贝", "copies"},
    {"HP", "HP"},       {"HPF", "HP"},      {"LP", "LP"},         {"高倍视野", "HP"},
    {"次", "次"},       {"bpm", "次/min"},  {"个", "个"},         {"ms", "ms"},
    {"毫秒", "ms"},     {"s", "s"},         {"sec", "s"},         {"秒", "s"},
    {"秒钟", "s"},      {"min", "min"},     {"分", "分"},         {"分钟", "min"},
    {"h", "h"},         {"hr", "h"},        {"时", "时"},         {"小时", "h"},
    {"d", "d"},         {"天", "d"},        {"日", "d"},          {"余天", "d"},
    {"w", "w"},         {"周", "w"},        {"余周", "w"},        {"月", "月"},
    {"个月", "月"},     {"余月", "月"},     {"个余月", "月"},     {"年", "年"},
    {"余年", "年"},     {"岁", "岁"},       {"片", "片"},         {"粒", "粒"},
    {"支", "支"},       {"瓶", "瓶"},       {"袋", "袋"},         {"丸", "丸"},
    {"滴", "滴"},       {"吸", "吸"},       {"喷", "喷"},         {"枚", "枚"},
    {"颗", "颗"},       {"包", "包"},       {"贴", "贴"},         {"剂", "剂"},
    {"付", "剂"},       {"杯", "杯"},       {"Gy", "Gy"},         {"cGy", "cGy"},
    {"mSv", "mSv"},     {"mCi", "mCi"},     {"mA", "mA"},         {"mV", "mV"},
    {"kV", "kV"},       {"Hz", "Hz"},       {"MHz", "MHz"},       {"dB", "dB"},
    {"J", "J"},         {"kcal", "kcal"},   {"千卡", "kcal"},     {"kJ", "kJ"},
    {"T", "T"},         {NULL, NULL},
};

const struct value_word value_operators[] = {
    {"<=", "<="},     {">=", ">="},     {"≤", "<="},      {"≦", "<="},      {"≥", ">="},
    {"≧", ">="},      {"<", "<"},       {">", ">"},       {"=", "="},       {"≈", "~"},
    {"~", "~"},       {"小于", "<"},    {"低于", "<"},    {"不足", "<"},    {"大于", ">"},
    {"高于", ">"},    {"超过", ">"},    {"不低于", ">="}, {"不少于", ">="}, {"至少", ">="},
    {"不超过", "<="}, {"不高于", "<="}, {"至多", "<="},   {"约为", "~"},    {"大约", "~"},
    {"约", "~"},      {NULL, NULL},
};

const struct value_word value_frequencies[] = {
    {"qd", "qd"},
    {"q.d.", "qd"},
    {"每日1次", "qd"},
    {"每日一次", "qd"},
    {"每天1次", "qd"},
    {"每天一次", "qd"},
    {"一日一次", "qd"},
    {"一天一次", "qd"},
    {"1日1次", "qd"},
    {"日1次", "qd"},
    {"日一次", "qd"},
    {"1次/日", "qd"},
    {"1次/天", "qd"},
    {"1次/d", "qd"},
    {"bid", "bid"},
    {"b.i.d.", "bid"},
    {"每日2次", "bid"},
    {"每日两次", "bid"},
    {"每日二次", "bid"},
    {"每天2次", "bid"},
    {"每天两次", "bid"},
    {"一日两次", "bid"},
    {"一日二次", "bid"},
    {"一天两次", "bid"},
    {"1日2次", "bid"},
    {"日2次", "bid"},
    {"日两次", "bid"},
    {"日二次", "bid"},
    {"2次/日", "bid"},
    {"2次/天", "bid"},
    {"2次/d", "bid"},
    {"tid", "tid"},
    {"t.i.d.", "tid"},
    {"每日3次", "tid"},
    {"每日三次", "tid"},
    {"每天3次", "tid"},
    {"每天三次", "tid"},
    {"一日三次", "tid"},
    {"一天三次", "tid"},
    {"1日3次", "tid"},
    {"日3次", "tid"},
    {"日三次", "tid"},
    {"3次/日", "tid"},
    {"3次/天", "tid"},
    {"3次/d", "tid"},
    {"qid", "qid"},
    {"q.i.d.", "qid"},
    {"每日4次", "qid"},
    {"每日四次", "qid"},
    {"每天4次", "qid"},
    {"每天四次", "qid"},
    {"一日四次", "qid"},
    {"日4次", "qid"},
    {"日四次", "qid"},
    {"4次/日", "qid"},
    {"4次/天", "qid"},
    {"4次/d", "qid"},
    {"qn", "qn"},
    {"每晚", "qn"},
    {"每晚1次", "qn"},
    {"每晚一次", "qn"},
    {"睡前", "qn"},
    {"qm", "qm"},
    {"每晨", "qm"},
    {"每早", "qm"},
    {"qod", "qod"},
    {"隔日1次", "qod"},
    {"隔日一次", "qod"},
    {"隔天一次", "qod"},
    {"qh", "qh"},
    {"每小时", "qh"},
    {"q2h", "q2h"},
    {"q3h", "q3h"},
    {"q4h", "q4h"},
    {"每4小时", "q4h"},
    {"q6h", "q6h"},
    {"每6小时", "q6h"},
    {"q8h", "q8h"},
    {"每8小时", "q8h"},
    {"q12h", "q12h"},
    {"每12小时", "q12h"},
    {"q24h", "q24h"},
    {"每8小时1次", "q8h"},
    {"每6小时1次", "q6h"},
    {"每12小时1次", "q12h"},
    {"qw", "qw"},
    {"每周1次", "qw"},
    {"每周一次", "qw"},
    {"1次/周", "qw"},
    {"biw", "biw"},
    {"每周2次", "biw"},
    {"每周两次", "biw"},
    {"tiw", "tiw"},
    {"每周3次", "tiw"},
    {"每周三次", "tiw"},
    {"prn", "prn"},
    {"必要时", "prn"},
    {"st", "st"},
    {"stat", "st"},
    {"立即", "st"},
    {"ac", "ac"},
    {"餐前", "ac"},
    {"饭前", "ac"},
    {"pc", "pc"},
    {"餐后", "pc"},
    {"饭后", "pc"},
    {NULL, NULL},
};

const char *const value_names[] = {"pH",  "INR", "BMI",  "GCS", "APACHE", "Apgar",    "PTA",
                                   "A/G", "NRS", "ECOG", "KPS", "MELD",   "体重指数", NULL};

const char *const value_known[] = {
    "血压",       "收缩压",   "舒张压", "体温",     "脉搏",     "心率",
    "呼吸",       "呼吸频率", "身高",   "体重",     "血糖",     "空腹血糖",
    "餐后血糖",   "白细胞",   "红细胞", "血红蛋白", "血小板",   "中性粒细胞",
    "肌酐",       "尿素氮",   "尿酸",   "血钾",     "血钠",     "血氯",
    "血钙",       "总胆红素", "白蛋白", "甘油三酯", "总胆固醇", "糖化血红蛋白",
    "血氧饱和度", "氧饱和度", "尿量",   "射血分数", "大小",     "直径",
    NULL};

size_t value_word_match(const struct points *t, size_t at, const struct value_word *table,
                        const char **canonical) {
    size_t best = 0;
    for (; table->text; table++) {
        size_t n = points_match(t, at, table->text);
        if (n <= best)
            continue;
        uint32_t last = t->p[at + n - 1], next = points_at(t, at + n);
        bool word = points_is_latin(last) || points_digit(last) >= 0;
        if (word && points_is_latin(last) && (points_is_latin(next) || points_digit(next) >= 0))
            continue;
        if (word && points_digit(last) >= 0 && points_digit(next) >= 0)
            continue;
        best = n;
        *canonical = table->canonical;
    }
    return best;
}
