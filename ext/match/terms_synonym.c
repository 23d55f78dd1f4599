/* terms_synonym.c - one form for what is written in several.
 *
 *     左侧肺ca伴脑梗塞      ->      左肺恶性肿瘤伴脑梗死
 *
 * A word that stands for itself keeps a shorter one from being seen inside it: 子宫颈 holds no
 * 宫颈. Latin words are seen only where no other letter or digit touches them.
 */
#include "terms_synonym.h"
#include "../base/utf8.h"

struct terms_synonym {
    const char *word, *form;
};

static const struct terms_synonym terms_synonyms[] = {
    /* abbreviations in Latin letters */
    {"af", "心房颤动"},
    {"aids", "获得性免疫缺陷综合征"},
    {"ards", "急性呼吸窘迫综合征"},
    {"bph", "前列腺增生"},
    {"ca", "恶性肿瘤"},
    {"chd", "冠状动脉粥样硬化性心脏病"},
    {"cin", "宫颈上皮内瘤变"},
    {"ckd", "慢性肾脏病"},
    {"copd", "慢性阻塞性肺病"},
    {"dm", "糖尿病"},
    {"gerd", "胃食管反流病"},
    {"gist", "胃肠道间质瘤"},
    {"hcc", "肝细胞癌"},
    {"htn", "高血压"},
    {"ibs", "肠易激综合征"},
    {"ida", "缺铁性贫血"},
    {"itp", "特发性血小板减少性紫癜"},
    {"mds", "骨髓增生异常综合征"},
    {"mt", "恶性肿瘤"},
    {"oa", "骨关节病"},
    {"osahs", "阻塞性睡眠呼吸暂停低通气综合征"},
    {"pcos", "多囊卵巢综合征"},
    {"ra", "类风湿性关节炎"},
    {"sle", "系统性红斑狼疮"},
    {"t1dm", "1型糖尿病"},
    {"t2dm", "2型糖尿病"},
    {"tb", "结核"},
    {"tia", "短暂性脑缺血发作"},
    {"uti", "泌尿道感染"},
    /* sides */
    {"双侧", "双"},
    {"两侧", "双"},
    {"左侧", "左"},
    {"右侧", "右"},
    /* organs and parts */
    {"子宫颈", "子宫颈"},
    {"宫颈", "子宫颈"},
    {"扁桃腺", "扁桃体"},
    {"植物神经", "自主神经"},
    {"智齿", "第三磨牙"},
    {"盲肠炎", "阑尾炎"},
    {"大肠癌", "结直肠恶性肿瘤"},
    {"食道", "食管"},
    {"胆道", "胆管"},
    {"颌下腺", "下颌下腺"},
    {"下颌下腺", "下颌下腺"},
    /* tumours */
    {"转移癌", "继发恶性肿瘤"},
    {"转移瘤", "继发恶性肿瘤"},
    {"癌性", "癌性"},
    {"癌变", "癌变"},
    {"癌", "恶性肿瘤"},
    {"恶性淋巴瘤", "淋巴瘤"},
    {"占位性病变", "肿物"},
    {"占位", "肿物"},
    {"肿块", "肿物"},
    {"包块", "肿物"},
    {"新生物", "肿物"},
    /* heart and vessels */
    {"冠心病", "冠状动脉粥样硬化性心脏病"},
    {"高心病", "高血压性心脏病"},
    {"肺心病", "肺源性心脏病"},
    {"风心病", "风湿性心脏病"},
    {"先心病", "先天性心脏病"},
    {"扩心病", "扩张型心肌病"},
    {"心梗", "心肌梗死"},
    {"脑梗塞", "脑梗死"},
    {"脑梗死", "脑梗死"},
    {"脑梗", "脑梗死"},
    {"梗塞", "梗死"},
    {"房颤", "心房颤动"},
    {"房扑", "心房扑动"},
    {"室早", "室性期前收缩"},
    {"房早", "房性期前收缩"},
    {"早搏", "期前收缩"},
    {"室速", "室性心动过速"},
    {"房速", "房性心动过速"},
    {"室上速", "室上性心动过速"},
    {"房缺", "房间隔缺损"},
    {"室缺", "室间隔缺损"},
    {"心衰", "心力衰竭"},
    {"心功能不全", "心功能不全"},
    {"心功不全", "心功能不全"},
    {"心功", "心功能"},
    {"心功能", "心功能"},
    {"动脉硬化", "动脉粥样硬化"},
    {"脑出血", "脑内出血"},
    {"脑溢血", "脑内出血"},
    /* lung, liver, kidney, glands */
    {"慢阻肺", "慢性阻塞性肺病"},
    {"慢支", "慢性支气管炎"},
    {"上感", "上呼吸道感染"},
    {"呼衰", "呼吸衰竭"},
    {"肾衰", "肾衰竭"},
    {"肾衰竭", "肾衰竭"},
    {"肾功能衰竭", "肾衰竭"},
    {"肝功能衰竭", "肝衰竭"},
    {"呼吸功能衰竭", "呼吸衰竭"},
    {"心功能衰竭", "心力衰竭"},
    {"甲肝", "甲型肝炎"},
    {"乙肝", "乙型肝炎"},
    {"丙肝", "丙型肝炎"},
    {"戊肝", "戊型肝炎"},
    {"甲亢", "甲状腺功能亢进"},
    {"甲减", "甲状腺功能减退"},
    {"甲旁亢", "甲状旁腺功能亢进"},
    {"甲旁减", "甲状旁腺功能减退"},
    {"甲癌", "甲状腺恶性肿瘤"},
    {"甲瘤", "甲状腺肿瘤"},
    {"胆石症", "胆囊结石"},
    {"泌感", "泌尿道感染"},
    {"尿路感染", "泌尿道感染"},
    {"泌尿系感染", "泌尿道感染"},
    {"返流", "反流"},
    {"高血脂", "高脂血症"},
    /* bones, skin, wording */
    {"椎间盘突出", "椎间盘脱出"},
    {"骨性关节炎", "骨关节病"},
    {"骨关节炎", "骨关节病"},
    {"类风湿关节炎", "类风湿性关节炎"},
    {"疤痕", "瘢痕"},
    {"拉肚子", "腹泻"},
    {"发烧", "发热"},
    {"粘膜", "黏膜"},
    {"粘连", "粘连"},
    {"粘液", "黏液"},
    {"粘", "黏"},
    {"机能", "功能"},
    {"综合症", "综合征"},
    {"综和征", "综合征"},
    {"炎症", "炎"},
    {"剖腹产", "剖宫产"},
    {"子痫前期", "先兆子痫"},
    {"摘除术", "切除术"},
    {"支架植入", "支架置入"},
    {"植入", "置入"},
    {"还纳", "回纳"},
};

enum { TERMS_SYNONYMS = sizeof terms_synonyms / sizeof *terms_synonyms };

_Static_assert(sizeof terms_synonyms / sizeof *terms_synonyms < TERMS_SYNONYMS_MAX,
               "a place in the table is a byte, 0 is none");

static bool terms_is_word(uint32_t c) {
    return (c >= '0' && c <= '9') || points_is_latin(c);
}

static uint32_t terms_synonym_first(const struct terms_synonym *s) {
    uint32_t first = 0;
    utf8_next(span_text(s->word), 0, &first);
    return first;
}

void terms_synonyms_open(struct terms_synonyms *s) {
    memset(s, 0, sizeof *s);
    for (size_t i = 0; i < TERMS_SYNONYMS; i++) {
        uint8_t *head = &s->head[terms_synonym_first(&terms_synonyms[i]) % TERMS_SYNONYMS_MAX];
        s->next[i + 1] = *head;
        *head = (uint8_t)(i + 1);
    }
}

/* Code points of the longest word of the table at 'at'; 0: none stands there. */
static size_t terms_synonym_at(const struct terms_synonyms *s, const struct points *t, size_t at,
                               size_t b, const char **form) {
    size_t longest = 0;
    for (unsigned i = s->head[t->p[at] % TERMS_SYNONYMS_MAX]; i; i = s->next[i]) {
        size_t n = points_match(t, at, terms_synonyms[i - 1].word);
        bool latin = points_is_latin(t->p[at]);
        bool part =
            latin && ((terms_is_word(points_before(t, at))) || terms_is_word(points_at(t, at + n)));
        if (n > longest && at + n <= b && !part) {
            longest = n;
            *form = terms_synonyms[i - 1].form;
        }
    }
    return longest;
}

enum error_code terms_synonyms_write(const struct terms_synonyms *s, const struct points *text,
                                     size_t a, size_t b, struct points *out, struct error *e) {
    enum error_code code = points_reserve(out, b - a, e);
    while (!code && a < b) {
        const char *form = NULL;
        size_t n = terms_synonym_at(s, text, a, b, &form);
        if (!n) {
            code = points_add(out, text->p[a++], e);
            continue;
        }
        struct span all = span_text(form);
        uint32_t c;
        for (size_t at = 0; !code && at < all.n;) {
            at += utf8_next(all, at, &c);
            code = points_add(out, c, e);
        }
        a += n;
    }
    return code;
}
