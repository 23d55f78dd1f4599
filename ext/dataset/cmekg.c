/* cmekg.c - CMeKG, the Chinese medical knowledge graph, in the shapes that people keep it in.
 *
 *     {"name": "肺癌", "tree_type": "疾病", "categories": [{"name": "中心词"}, {"name": "关系"},
 *      {"name": "药物"}], "node": [{"name": "2", "category": 2, "label": "顺铂"}, …],
 *      "link": [{"source": "1", "target": "2", "value": "药物治疗"}, …]}         the server's reply
 *     {"data": {"name": "肺癌", "children": [{"name": "药物治疗", "children": [{"name":
 * "顺铂"}]}]}}
 *     {"size": 2, "疾病": [{"名称": "肺癌", "药物治疗": ["顺铂"]}, …]}       all concepts of a
 * crawl
 *     {"text": "…", "spo_list": [["肺癌", "药物治疗", "顺铂"]]}
 *     {"subject": "肺癌", "predicate": "药物治疗", "object": "顺铂"}   ["肺癌", "药物治疗", "顺铂"]
 *     {"class": "疾病", "中心词": "肺癌", "药物治疗": ["顺铂"]}                 a concept a line
 *     {"药物治疗": ["顺铂"]}                                       a concept a file: 疾病/肺癌.json
 *     肺癌 TAB 药物治疗 TAB 顺铂                 with a header or without, 3 columns or 5
 *
 * Of a reply, every link to a value (categories 0 and 1 are the centre and the relations) is a
 * triple of the centre. Its relation is the link's value, or else the label of the node that it
 * comes from, or else the value of the link to that.
 * Members of a concept that are no lists are no triples. */
#include "list.h"

enum cmekg_layout {
    REPLY,
    TREE,
    CRAWL,
    SPO,
    OBJECTS,
    ARRAYS,
    CONCEPT,
    FILE_NAMED,
    HEADER,
    TAB_3,
    TAB_5,
    COMMA_3,
    COMMA_5
};

#define CMEKG_COLUMNS(of_3, of_5) [TAB_3] = of_3, [TAB_5] = of_5, [COMMA_3] = of_3, [COMMA_5] = of_5

static const struct dataset_column triples[] = {
    {"subject",
     TEXT,
     {[REPLY] = "!/name",
      [TREE] = "!/data.name",
      [CRAWL] = "!/中心词|/名称",
      [SPO] = "!0",
      [OBJECTS] = "!subject|head",
      [ARRAYS] = "!0",
      [CONCEPT] = "!/中心词|/名称",
      [FILE_NAMED] = "=or .name .file",
      [HEADER] = "!subject|head|头实体|实体1|h",
      CMEKG_COLUMNS("#1", "#1")}},
    {"subject_type",
     TEXT,
     {[REPLY] = "/tree_type",
      [CRAWL] = "/@key",
      [OBJECTS] = "subject_type|head_type",
      [CONCEPT] = "=or .type .folder",
      [FILE_NAMED] = "=or .type .folder",
      [HEADER] = "subject_type|head_type|头实体类型",
      CMEKG_COLUMNS(NULL, "#2")}},
    {"predicate",
     TEXT,
     {[REPLY] = "=or .value .node",
      [TREE] = "@1.name",
      [CRAWL] = "@key",
      [SPO] = "!1",
      [OBJECTS] = "!predicate|relation",
      [ARRAYS] = "!1",
      [CONCEPT] = "@key",
      [FILE_NAMED] = "@key",
      [HEADER] = "!predicate|relation|关系|r",
      CMEKG_COLUMNS("#2", "#3")}},
    {"object",
     TEXT,
     {[REPLY] = "target/node[name].label",
      [TREE] = "name",
      [CRAWL] = ".",
      [SPO] = "!2",
      [OBJECTS] = "!object.@value|object|tail",
      [ARRAYS] = "!2",
      [CONCEPT] = ".",
      [FILE_NAMED] = ".",
      [HEADER] = "!object|tail|尾实体|实体2|t",
      CMEKG_COLUMNS("#3", "#4")}},
    {"object_type",
     TEXT,
     {[REPLY] = "?target/node[name].category/categories[#2].name",
      [OBJECTS] = "object_type.@value|object_type|tail_type",
      [HEADER] = "object_type|tail_type|尾实体类型",
      CMEKG_COLUMNS(NULL, "#5")}},
    {".value", TEXT, {[REPLY] = "value"}},
    {".node", TEXT, {[REPLY] = "=or .label .way"}},
    {".label", TEXT, {[REPLY] = "source/node[name].label"}},
    {".way", TEXT, {[REPLY] = "source/link[target].value"}},
    {".nodes", TEXT, {[REPLY] = "!/node", [FILE_NAMED] = "^/node"}},
    {".categories", TEXT, {[REPLY] = "!/categories"}},
    {".name", TEXT, {[FILE_NAMED] = "/name"}},
    {".file", TEXT, {[FILE_NAMED] = "=file"}},
    {".type",
     TEXT,
     {[CONCEPT] = "/class|/类型|/entity_type", [FILE_NAMED] = "/class|/类型|/entity_type"}},
    {".folder", TEXT, {[CONCEPT] = "=folder 疾病 药物 症状 诊疗", [FILE_NAMED] = "=folder"}},
    {".text", TEXT, {[SPO] = "/text"}},
    {".spo_list", TEXT, {[SPO] = "!/spo_list", [FILE_NAMED] = "^/spo_list"}},
    {".subject", TEXT, {[FILE_NAMED] = "^/subject"}},
    {0},
};

const struct dataset dataset_cmekg = {
    .name = "cmekg",
    .hints = "cmekg",
    .table =
        (const struct dataset_table[]){
            {"cmekg_triples",
             "one row a triple of a server's reply, of a crawled concept, or of a list of triples",
             {[REPLY] = {&format_json, .each = "link.*"},
              [TREE] = {&format_json, .each = "data.children.*.children.*"},
              [CRAWL] = {&format_json, .each = "*.[]", .shape = "groups"},
              [SPO] = {&format_json, .each = "spo_list.*"},
              [OBJECTS] = {&format_json, .nameless = true},
              [ARRAYS] = {&format_json, .nameless = true},
              [CONCEPT] = {&format_json, .each = "*.[]"},
              [FILE_NAMED] = {&format_json, .each = "*.[]", .nameless = true},
              [HEADER] = {&format_csv, .shape = "detect", .nameless = true},
              [TAB_3] = {&format_csv, .shape = "sep=TAB noheader fields=3", .nameless = true},
              [TAB_5] = {&format_csv, .shape = "sep=TAB noheader fields=5", .nameless = true},
              [COMMA_3] = {&format_csv, .shape = "sep=, noheader fields=3", .nameless = true},
              [COMMA_5] = {&format_csv, .shape = "sep=, noheader fields=5", .nameless = true}},
             triples},
            {0},
        },
};
