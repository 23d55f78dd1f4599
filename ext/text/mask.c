/* mask.c - identifiers in medical text.
 *
 *     姓名：张某，住院号 0012345，电话13800001111   ->  姓名：[姓名]，住院号 [病案号]，电话[电话]
 *
 *     identity card   110105 19491231 002 X      region, birthday, sequence, check (GB 11643)
 *     mobile          +86 138-0000-1111
 *     landline        (010)12345678-123, 021 6234 5678, 400-820-8820
 *
 * Every matcher looks a bounded way ahead, so the whole is linear in the text.
 */
#include "mask.h"
#include "date.h"

enum { MASK_LABEL_GAP = 4, MASK_NAME_MAX = 16, MASK_WORD_MAX = 256 };

/* ---- what the matchers share ---- */

static bool mask_is_digit(uint32_t c) {
    return points_digit(c) >= 0;
}

static bool mask_is_word(uint32_t c) {
    return mask_is_digit(c) || points_is_latin(c);
}

static bool mask_found(struct mask_hit *hit, size_t start, size_t end) {
    hit->start = start;
    hit->end = end;
    return true;
}

static size_t mask_digits(const struct points *t, size_t at, size_t max) {
    size_t n = 0;
    while (n < max && mask_is_digit(points_at(t, at + n)))
        n++;
    return n;
}

/* Behind the label at 'at' and the colon, dash or blanks after it; 0 where none stands there. */
static size_t mask_label(const struct points *t, size_t at, const char *const *labels) {
    size_t n = 0;
    for (; *labels && !n; labels++)
        n = points_match(t, at, *labels);
    if (!n)
        return 0;
    at += n;
    for (n = 0; n < MASK_LABEL_GAP; n++, at++) {
        uint32_t c = points_fold(points_at(t, at));
        if (c != ':' && c != ' ' && c != '\t' && c != 0x3000 && c != 0x2236)
            break;
    }
    return at;
}

/* ---- identity cards ---- */

static unsigned mask_value(const struct points *t, size_t at, size_t n) {
    unsigned v = 0;
    for (size_t i = 0; i < n; i++)
        v = v * 10 + (unsigned)points_digit(t->p[at + i]);
    return v;
}

static bool mask_is_region(unsigned province) {
    return (province >= 11 && province <= 15) || (province >= 21 && province <= 23) ||
           (province >= 31 && province <= 37) || (province >= 41 && province <= 46) ||
           (province >= 50 && province <= 54) || (province >= 61 && province <= 65) ||
           province == 71 || province == 81 || province == 82 || province == 83;
}

static bool mask_checks(const struct points *t, size_t at) {
    static const uint8_t weight[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    unsigned sum = 0;
    for (size_t i = 0; i < 17; i++)
        sum += weight[i] * (unsigned)points_digit(t->p[at + i]);
    return points_fold(t->p[at + 17]) == (uint32_t) "10x98765432"[sum % 11];
}

static bool mask_id(const struct points *t, size_t at, struct mask_hit *hit) {
    size_t n = mask_digits(t, at, 19);
    if (mask_is_word(points_before(t, at)) || (n != 15 && n != 17 && n != 18))
        return false;
    size_t length = n == 17 ? 18 : n;
    if (n == 17 && points_fold(points_at(t, at + 17)) != 'x')
        return false;
    if (mask_is_word(points_at(t, at + length)) || !mask_is_region(mask_value(t, at, 2)))
        return false;
    unsigned year = length == 15 ? 1900 + mask_value(t, at + 6, 2) : mask_value(t, at + 6, 4);
    size_t month = at + (length == 15 ? 8 : 10);
    if (!date_is_day(year, mask_value(t, month, 2), mask_value(t, month + 2, 2)))
        return false;
    return (length == 15 || mask_checks(t, at)) && mask_found(hit, at, at + length);
}

/* ---- telephones ---- */

static size_t mask_separator(const struct points *t, size_t at) {
    uint32_t c = points_fold(points_at(t, at));
    return c == '-' || c == ' ' || c == 0x2014 || c == 0x2013 || c == 0x3000;
}

/* Groups of so many digits, a separator allowed between; the end, 0 where they are not there. */
static size_t mask_groups(const struct points *t, size_t at, const uint8_t *groups, size_t n) {
    for (size_t i = 0; i < n; i++) {
        at += i ? mask_separator(t, at) : 0;
        if (mask_digits(t, at, groups[i]) < groups[i])
            return 0;
        at += groups[i];
    }
    return mask_is_digit(points_at(t, at)) ? 0 : at;
}

static size_t mask_mobile(const struct points *t, size_t at) {
    static const char *const country[] = {"+86", "0086", "(+86)", "86-", NULL};
    static const uint8_t groups[] = {3, 4, 4};
    for (size_t i = 0; country[i]; i++) {
        size_t n = points_match(t, at, country[i]);
        at += n;
        at += n ? mask_separator(t, at) : 0;
        if (n)
            break;
    }
    if (points_digit(points_at(t, at)) != 1 || points_digit(points_at(t, at + 1)) < 3)
        return 0;
    return mask_groups(t, at, groups, 3);
}

static size_t mask_extension(const struct points *t, size_t at) {
    size_t skip = points_match(t, at, "转");
    skip = skip ? skip : points_match(t, at, "-");
    size_t n = skip ? mask_digits(t, at + skip, 6) : 0;
    return n && n <= 5 ? at + skip + n : at;
}

/* 0 and an area code, in brackets or not, and 7 or 8 digits; 400 and 800 numbers. */
static size_t mask_landline(const struct points *t, size_t at) {
    static const uint8_t free_of_charge[] = {3, 3, 4};
    if (points_match(t, at, "400") || points_match(t, at, "800"))
        return mask_separator(t, at + 3) ? mask_groups(t, at, free_of_charge, 3) : 0;
    bool bracket = points_fold(points_at(t, at)) == '(';
    size_t i = at + bracket, area;
    if (points_digit(points_at(t, i)) != 0 || points_digit(points_at(t, i + 1)) < 1)
        return 0;
    for (area = 3; area <= 4; area++) {
        if (mask_digits(t, i, area) < area)
            return 0;
        size_t number = i + area;
        if (bracket && points_fold(points_at(t, number++)) != ')')
            continue;
        number += mask_separator(t, number);
        size_t n = mask_digits(t, number, 4);
        size_t rest = number + n + (n == 4 ? mask_separator(t, number + n) : 0);
        size_t n2 = mask_digits(t, rest, 5);
        if (n == 4 && (n2 == 3 || n2 == 4))
            return mask_extension(t, rest + n2);
    }
    return 0;
}

static bool mask_phone(const struct points *t, size_t at, struct mask_hit *hit) {
    uint32_t c = points_fold(points_at(t, at)), before = points_before(t, at);
    if (mask_is_word(before) || (!mask_is_digit(c) && c != '+' && c != '('))
        return false;
    size_t end = mask_mobile(t, at);
    end = end || before == '.' ? end : mask_landline(t, at);
    return end && mask_found(hit, at, end);
}

/* Behind 电话: a number without an area code. */
static bool mask_short_phone(const struct points *t, size_t at, struct mask_hit *hit) {
    size_t n = mask_digits(t, at, 9);
    return (n == 7 || n == 8) && mask_found(hit, at, at + n);
}

/* ---- the net ---- */

static bool mask_is_local(uint32_t c) {
    return c < 0x80 && (mask_is_word(c) || (c && strchr("._%+-", (int)c)));
}

static bool mask_email(const struct points *t, size_t at, struct mask_hit *hit) {
    size_t i = at, dot = 0;
    if (!mask_is_local(points_at(t, at)) || mask_is_local(points_before(t, at)))
        return false;
    while (i - at < MASK_WORD_MAX && mask_is_local(points_at(t, i)))
        i++;
    if (points_fold(points_at(t, i)) != '@')
        return false;
    size_t domain = ++i;
    for (; i - domain < MASK_WORD_MAX && mask_is_local(points_at(t, i)); i++)
        if (t->p[i] == '.')
            dot = i;
    while (i > domain && !mask_is_word(t->p[i - 1]))
        i--;
    return dot > domain && i > dot + 2 && mask_found(hit, at, i);
}

static bool mask_url(const struct points *t, size_t at, struct mask_hit *hit) {
    static const char *const starts[] = {"https://", "http://", "ftp://", "www.", NULL};
    size_t n = 0;
    if (!points_is_latin(points_at(t, at)) || mask_is_word(points_before(t, at)))
        return false;
    for (size_t i = 0; starts[i] && !n; i++)
        n = points_match(t, at, starts[i]);
    size_t end = at + n;
    while (n && points_at(t, end) > ' ' && points_at(t, end) < 0x7F &&
           !strchr("\"<>`{}|\\^", (int)t->p[end]))
        end++;
    while (end > at + n && strchr(".,;:!?)]'", (int)t->p[end - 1]))
        end--;
    return n && end > at + n && mask_found(hit, at, end);
}

static bool mask_date(const struct points *t, size_t at, struct mask_hit *hit) {
    size_t n = date_match(t, at);
    return n && mask_found(hit, at, at + n);
}

/* ---- behind labels ---- */

static bool mask_mrn(const struct points *t, size_t at, struct mask_hit *hit) {
    size_t end = at;
    bool digit = false;
    for (; end - at < MASK_WORD_MAX; end++) {
        uint32_t c = points_fold(points_at(t, end));
        if (!mask_is_word(c) && c != '-' && c != '_' && c != '/')
            break;
        digit |= mask_is_digit(c);
    }
    return digit && mask_found(hit, at, end);
}

/* What follows a name in forms: the next label, and words that are no part of a name. */
static bool mask_ends_name(const struct points *t, size_t at) {
    static const char *const next[] = {"性别", "年龄", "男",   "女",   "出生", "民族", "职业",
                                       "婚姻", "科室", "科别", "床号", "住院", "门诊", "电话",
                                       "联系", "身份", "籍贯", "地址", "单位", "入院", "主诉",
                                       "日期", "签名", "医师", "关系", "病案", "登记", NULL};
    for (size_t i = 0; next[i]; i++)
        if (points_match(t, at, next[i]))
            return true;
    return false;
}

/* Up to 4 ideographs, or parts joined by ·; a label without colon or blank behind it (姓名不详)
 * begins no name. */
static bool mask_name(const struct points *t, size_t at, struct mask_hit *hit) {
    size_t end = at, han = 0;
    uint32_t before = points_before(t, at);
    if (!points_is_blank(before) && points_fold(before) != ':')
        return false;
    for (; end - at < MASK_NAME_MAX; end++) {
        uint32_t c = points_at(t, end);
        bool joined = c == 0xB7 || c == 0x2022;
        bool part = points_is_han(c) || points_is_latin(c) || joined || c == '*' || c == 0xD7;
        if (!part || (han >= 2 && mask_ends_name(t, end)) || (han == 4 && !joined))
            break;
        han = joined ? 0 : han + points_is_han(c);
    }
    return end - at >= 2 && !mask_ends_name(t, at) && mask_found(hit, at, end);
}

static const char *const mask_mrn_labels[] = {
    "住院号码", "住院号",   "门诊号", "病案号", "病历号", "病历编号", "登记号", "就诊卡号",
    "就诊号",   "医保卡号", "医保号", "社保号", "检查号", "影像号",   "超声号", "病理号",
    "标本号",   "条码号",   "床号",   "ID号",   "MRN",    NULL};

static const char *const mask_phone_labels[] = {"联系电话", "电话号码", "手机号码", "手机号",
                                                "电话",     "手机",     "Tel",      NULL};

static const char *const mask_name_labels[] = {
    "患者姓名", "病人姓名", "姓名",     "联系人姓名", "联系人",   "监护人",   "供史者",
    "陈述者",   "经治医师", "主治医师", "住院医师",   "主管医师", "主刀医师", "医师签名",
    "医生签名", "记录者",   "术者",     "麻醉医师",   "审核医师", "报告医师", NULL};

const struct mask_kind mask_kinds[] = {
    {"id", MASK_ID, "[身份证号]", NULL, mask_id,
     "identity card: 18 digits that check, 15 of the old form"},
    {"mrn", MASK_MRN, "[病案号]", mask_mrn_labels, mask_mrn,
     "record number behind 住院号, 门诊号, 病案号 ..."},
    {"phone", MASK_PHONE, "[电话]", NULL, mask_phone, "mobile, landline, 400 and 800 numbers"},
    {"phone", MASK_PHONE, "[电话]", mask_phone_labels, mask_short_phone,
     "7 or 8 digits behind 电话"},
    {"email", MASK_EMAIL, "[邮箱]", NULL, mask_email, "address with @"},
    {"url", MASK_URL, "[网址]", NULL, mask_url, "http, https, ftp, www."},
    {"date", MASK_DATE, "[日期]", NULL, mask_date,
     "day or month of a year, day of a month, with its time"},
    {"name", MASK_NAME, "[姓名]", mask_name_labels, mask_name,
     "name behind 姓名：, 联系人：, 主治医师： ..."},
    {NULL, 0, NULL, NULL, NULL, NULL},
};

/* ---- the whole ---- */

enum error_code mask_parse(struct span kinds, unsigned *bits, struct error *e) {
    *bits = 0;
    if (!kinds.n)
        kinds = span_text("all");
    for (size_t at = 0, comma; at <= kinds.n; at = comma + 1) {
        comma = span_find(kinds, at, ',');
        struct span name = span_slice(kinds, at, comma);
        while (name.n && name.p[0] == ' ')
            name = span_from(name, 1);
        while (name.n && name.p[name.n - 1] == ' ')
            name.n--;
        const struct mask_kind *k = mask_kinds;
        while (k->name && !span_is(name, k->name))
            k++;
        unsigned bit = span_is(name, "all") ? MASK_ALL : k->bit;
        if (!bit)
            return error_set(e, BAD_USE, "there is no kind '%.*s' of identifier",
                             (int)(name.n < 40 ? name.n : 40), (const char *)name.p);
        *bits |= bit;
    }
    return OK;
}

static bool mask_matches(const struct points *t, const struct mask_kind *k, size_t at,
                         struct mask_hit *hit) {
    if (!k->labels)
        return k->match(t, at, hit);
    size_t start = points_at(t, at) < 'A' ? 0 : mask_label(t, at, k->labels);
    return start && k->match(t, start, hit);
}

bool mask_next(const struct points *t, unsigned bits, size_t *at, struct mask_hit *hit) {
    for (size_t i = *at; i < t->n; i++)
        for (const struct mask_kind *k = mask_kinds; k->name; k++) {
            if (!(bits & k->bit) || !mask_matches(t, k, i, hit))
                continue;
            hit->kind = k;
            *at = hit->end;
            return true;
        }
    return false;
}

enum error_code mask_text(struct span text, unsigned bits, struct buf *out, struct error *e) {
    struct points t = {0};
    struct mask_hit hit;
    size_t at = 0, done = 0;
    enum error_code code = points_decode(&t, text, e);
    while (!code && mask_next(&t, bits, &at, &hit)) {
        code = points_encode(&t, done, hit.start, out, e);
        if (!code)
            code = buf_add_text(out, hit.kind->mask, e);
        done = hit.end;
    }
    if (!code)
        code = points_encode(&t, done, t.n, out, e);
    points_free(&t);
    return code;
}
