/* generic.c - the tables that read any file of a format.
 *
 *     SELECT cells ->> 'title' FROM cmed_csv('any.csv');        {"department":"…","title":"…"}
 *     SELECT json FROM cmed_json('any.json');                   a record a row
 *     SELECT cells ->> 0 FROM cmed_xlsx('any.xlsx');            ["A01",null,3.5] */
#include "list.h"

static const struct dataset_column csv[] = {{"cells", TEXT, {"@cells"}}, {0}};

static const struct dataset_column json[] = {
    {"json", TEXT, {"@json"}},
    {"key", TEXT, {"@key"}},
    {0},
};

static const struct dataset_column xlsx[] = {
    {"sheet", TEXT, {"@sheet"}},
    {"row_no", INTEGER, {"@row"}},
    {"cells", TEXT, {"@cells"}},
    {0},
};

static const struct dataset_column lines[] = {
    {"line", INTEGER, {"n"}},
    {"text", TEXT, {"text"}},
    {0},
};

static const struct dataset_column brat[] = {
    {"doc", TEXT, {"=doc"}},    {"kind", TEXT, {"kind"}},
    {"id", TEXT, {"id"}},       {"type", TEXT, {"type"}},
    {"spans", TEXT, {"spans"}}, {"text", TEXT, {"text"}},
    {"args", TEXT, {"args"}},   {0},
};

static const struct dataset_column pubtator[] = {
    {"pmid", INTEGER, {"pmid"}},       {"kind", TEXT, {"kind"}},
    {"start_pos", INTEGER, {"start"}}, {"end_pos", INTEGER, {"end"}},
    {"text", TEXT, {"text"}},          {"type", TEXT, {"type"}},
    {"concept_id", TEXT, {"concept"}}, {0},
};

static const struct dataset_column conll[] = {
    {"sentence", INTEGER, {"sentence"}}, {"token_no", INTEGER, {"token_no"}},
    {"token", TEXT, {"token"}},          {"tag", TEXT, {"tag"}},
    {"fields", TEXT, {"fields"}},        {0},
};

const struct dataset dataset_generic = {
    .name = "generic",
    .generic = true,
    .table =
        (const struct dataset_table[]){
            {"cmed_csv",
             "one row a record of any delimited file, as a JSON object by header",
             {{.format = &format_csv, .shape = "detect"}},
             csv},
            {"cmed_json",
             "one row a record of any JSON file; key: of a member, with options {\"each\":\"members\"}",
             {{.format = &format_json}},
             json},
            {"cmed_xlsx",
             "one row a row of any sheet, as a JSON array",
             {{.shape = "noheader every"}},
             xlsx},
            {"cmed_lines", "one row a line of any text", {{.format = &format_lines}}, lines},
            {"cmed_brat",
             "one row a line of any .ann file",
             {{.format = &format_brat, .files = ".ann", .documents = true}},
             brat},
            {"cmed_pubtator",
             "one row a document, mention or relation of any PubTator file",
             {{.format = &format_pubtator, .each = "all"}},
             pubtator},
            {"cmed_conll",
             "one row a token of any file with a token a line",
             {{.format = &format_conll}},
             conll},
            {0},
        },
};
