/* medkg.c - medical knowledge graphs that are used in CMeKG's place: QASystemOnMedicalKG's
 * medical.json, and 39健康's disease.csv of QASystemOnMedicalGraph.
 *
 *     { "_id" : { "$oid" : "5bb5…" }, "name" : "偏头痛", "symptom" : [ "头痛", "恶心" ],
 *       "get_prob" : "0.4%", "recommand_drug" : [ ], … }      mongoexport: keys as they are spelled
 *     name,alias,part,age,…,money,,,,,                        GB18030, five columns without a name
 *     偏头痛,"偏头疼，血管性头痛",头部,…,布洛芬缓释胶... [详细],…
 *
 * Lists of disease.csv are parted by blanks, other names by commas; what was cut off ("...") is
 * left out. */
#include "list.h"

static const struct dataset_column triples[] = {
    {"subject", TEXT, {"!/name", "!/name", "!name"}},
    {"predicate", TEXT, {"@key", "@key", "@key"}},
    {"object", TEXT, {".", ".", "@item"}},
    {".id", TEXT, {"!/_id", NULL, "!checklist"}},
    {".known", TEXT, {"!/cure_department|/yibao_status|/get_prob", NULL, "!symptom"}},
    {0},
};

const struct dataset dataset_medkg = {
    .name = "medkg",
    .hints = "medkg medicalkg medicalgraph disease39",
    .table =
        (const struct dataset_table[]){
            {"medkg_triples",
             "one row an element of a list or another value of a disease; predicate: the file's key",
             {{&format_json, .each = "*,_id,name.[]?", .shape = "commas"},
              {&format_json, .each = "*,_id,name.[]?", .shape = "commas", .nameless = true},
              {&format_csv_fields,
               .each = "-name alias=,， part=_ department=_ checklist=_ symptom=_ complication=_ "
                       "treatment=_ drug=_ without=[详细] without=*...",
               .shape = "detect"}},
             triples},
            {0},
        },
};
