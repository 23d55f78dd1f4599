/* section_table.c - the headings of Chinese medical records.
 *
 *     现病史   <- 现病史, 现病史及诊治经过, 病史摘要, ...
 *
 * Canonical names follow 病历书写基本规范 (2010); the rest are spellings seen in hospitals.
 */
#include "section.h"

static const char *const section_none[] = {NULL};
static const char *const section_complaint[] = {"主述", "主要症状", "主诉及现病史", NULL};
static const char *const section_present[] = {"现病情",   "现病史摘要", "病史摘要",
                                              "简要病史", "病史",       NULL};
static const char *const section_past[] = {"既往病史", "既往疾病史",     "过去史",
                                           "既往",     "既往史及个人史", NULL};
static const char *const section_allergy[] = {"药物过敏史", "食物药物过敏史", "过敏", NULL};
static const char *const section_surgery_past[] = {"手术外伤史", "外伤手术史", "外伤史",
                                                   "手术及外伤史", NULL};
static const char *const section_transfusion[] = {"输血及血制品史", NULL};
static const char *const section_vaccine[] = {"疫苗接种史", "接种史", NULL};
static const char *const section_systems[] = {"系统回顾及既往史", "各系统回顾", NULL};
static const char *const section_personal[] = {"个人生活史", "个人及社会史", NULL};
static const char *const section_marriage[] = {"婚姻史", "婚姻及生育史", "婚姻生育史",
                                               "生育史", "婚育",         NULL};
static const char *const section_menses[] = {"月经及婚育史", "月经生育史", "月经", "经带胎产史",
                                             NULL};
static const char *const section_family[] = {"家族病史", "家庭史", "家族遗传史", NULL};
static const char *const section_epidemic[] = {"流行病史", "接触史", NULL};
static const char *const section_exam[] = {
    "查体",           "体检",     "体格检查及专科检查", "入院查体", "体查",
    "入院时体格检查", "一般查体", "一般检查",           "PE",       NULL};
static const char *const section_vital[] = {"生命征", "生命体征监测", NULL};
static const char *const section_special[] = {"专科情况",     "专科体检",     "专科查体",
                                              "外科情况",     "外科检查",     "妇科检查",
                                              "神经系统检查", "神经专科检查", NULL};
static const char *const section_tests[] = {
    "辅查",           "辅助检查结果", "辅助检查及结果", "主要辅助检查",
    "入院前辅助检查", "门诊辅助检查", "门诊检查",       NULL};
static const char *const section_lab[] = {"实验室检验", "化验检查", "化验",
                                          "化验结果",   "检验结果", NULL};
static const char *const section_imaging[] = {"影像检查", "影像学",   "影像诊断",
                                              "特殊检查", "器械检查", NULL};
static const char *const section_pathology[] = {"病理", "病理检查", "病理结果", "病理报告", NULL};
static const char *const section_summary[] = {"病例特点", "病历特点", "病历摘要", "病例摘要", NULL};
static const char *const section_tcm[] = {"四诊摘要", "望闻切诊", "望闻问切", "舌脉", NULL};
static const char *const section_first[] = {"初诊",     "拟诊",         "初步印象", "印象",
                                            "诊断印象", "临床初步诊断", NULL};
static const char *const section_admission[] = {"入院时诊断", "入院诊断及依据", NULL};
static const char *const section_diagnosis[] = {"临床诊断", "目前诊断", "最后诊断", "最终诊断",
                                                "确定诊断", "主要诊断", "西医诊断", NULL};
static const char *const section_tcm_diagnosis[] = {"中医病名", "中医证型", "辨证", NULL};
static const char *const section_corrected[] = {"修订诊断", "补充诊断", NULL};
static const char *const section_outpatient[] = {"门诊初步诊断", "门急诊诊断", "急诊诊断", NULL};
static const char *const section_discharge[] = {"出院时诊断", "出院主要诊断", NULL};
static const char *const section_basis[] = {"诊断依据及鉴别诊断", NULL};
static const char *const section_differential[] = {"鉴别", NULL};
static const char *const section_plan[] = {"诊疗方案", "治疗计划", "治疗方案", "处理",
                                           "处理意见", "处置",     "诊治计划", "诊疗意见",
                                           "治疗意见", NULL};
static const char *const section_condition[] = {"入院时情况", "入院时主要症状及体征", "入院时病情",
                                                NULL};
static const char *const section_course[] = {"治疗经过",       "诊治经过",     "住院经过",
                                             "入院后诊疗经过", "诊疗过程",     "治疗过程",
                                             "住院诊疗经过",   "主要诊疗经过", NULL};
static const char *const section_progress[] = {"病程", "首次病程记录", "日常病程记录", NULL};
static const char *const section_outcome[] = {"出院时情况", "出院时病情", "出院病情", "出院时状况",
                                              "治疗结果",   "转归",       NULL};
static const char *const section_orders[] = {"医嘱",         "出院建议",   "出院后建议",
                                             "出院注意事项", "出院后医嘱", "建议",
                                             "健康指导",     "健康教育",   NULL};
static const char *const section_drugs[] = {"出院用药", "带药", NULL};
static const char *const section_follow[] = {"复诊", "复查", "随诊", "随访计划", NULL};
static const char *const section_operation[] = {"手术经过", "手术过程", "手术步骤",
                                                "手术经过及所见", NULL};
static const char *const section_operation_name[] = {
    "术式", "手术方式", "拟行手术", "拟施手术", "施行手术", "实施手术", "手术及操作名称", NULL};
static const char *const section_before[] = {"手术前诊断", NULL};
static const char *const section_after[] = {"手术后诊断", NULL};
static const char *const section_during[] = {"手术中诊断", NULL};
static const char *const section_findings[] = {"手术所见", "手术中所见", "检查所见", "所见", NULL};
static const char *const section_anaesthesia[] = {"麻醉方法", "麻醉", NULL};
static const char *const section_imaging_end[] = {"结论", "检查结论", "意见", "诊断意见",
                                                  "提示", "检查印象", NULL};
static const char *const section_source[] = {"病史叙述者", "供史者", "病史提供者", NULL};
static const char *const section_death[] = {"死亡经过", "抢救经过", NULL};

const struct section_heading section_headings[] = {
    {"主诉", section_complaint},
    {"现病史", section_present},
    {"既往史", section_past},
    {"过敏史", section_allergy},
    {"手术史", section_surgery_past},
    {"输血史", section_transfusion},
    {"预防接种史", section_vaccine},
    {"系统回顾", section_systems},
    {"个人史", section_personal},
    {"婚育史", section_marriage},
    {"月经史", section_menses},
    {"家族史", section_family},
    {"流行病学史", section_epidemic},
    {"体格检查", section_exam},
    {"生命体征", section_vital},
    {"专科检查", section_special},
    {"辅助检查", section_tests},
    {"实验室检查", section_lab},
    {"影像学检查", section_imaging},
    {"病理诊断", section_pathology},
    {"病史特点", section_summary},
    {"中医四诊", section_tcm},
    {"初步诊断", section_first},
    {"入院诊断", section_admission},
    {"诊断", section_diagnosis},
    {"中医诊断", section_tcm_diagnosis},
    {"修正诊断", section_corrected},
    {"门诊诊断", section_outpatient},
    {"出院诊断", section_discharge},
    {"诊断依据", section_basis},
    {"鉴别诊断", section_differential},
    {"诊疗计划", section_plan},
    {"入院情况", section_condition},
    {"诊疗经过", section_course},
    {"病程记录", section_progress},
    {"出院情况", section_outcome},
    {"出院医嘱", section_orders},
    {"出院带药", section_drugs},
    {"随访", section_follow},
    {"手术记录", section_operation},
    {"手术名称", section_operation_name},
    {"术前诊断", section_before},
    {"术后诊断", section_after},
    {"术中诊断", section_during},
    {"术中所见", section_findings},
    {"麻醉方式", section_anaesthesia},
    {"检查意见", section_imaging_end},
    {"病史陈述者", section_source},
    {"死亡诊断", section_none},
    {"死亡原因", section_none},
    {"死亡记录", section_death},
    {NULL, NULL},
};
