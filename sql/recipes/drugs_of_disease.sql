-- Which drugs treat a disease, and who says so? Statements of knowledge graphs, relations annotated
-- in texts, and drugs that stand in a document with one disease only: the further down, the less
-- sure.
.mode list
.headers on
SELECT cmed_open('samples/[!b]*') > 0 AS opened;
WITH said(disease, drug, source) AS (
    SELECT subject, object, 'statement ' || dataset FROM med_triple
    WHERE predicate LIKE '%drug' OR predicate IN ('药物治疗', '相关药物')
    UNION ALL
    SELECT CASE WHEN subject_type = 'Drug' THEN object ELSE subject END,
           CASE WHEN subject_type = 'Drug' THEN subject ELSE object END, 'relation ' || dataset
    FROM med_relation WHERE type = 'Drug_Disease'
    UNION ALL
    SELECT max(CASE WHEN type IN ('疾病和诊断', 'dis', 'Disease', 'DISEASE') THEN mention END),
           max(CASE WHEN type IN ('药物', 'dru', 'Drug', 'DRUG') THEN mention END),
           'together ' || dataset
    FROM med_entity GROUP BY dataset, doc
    HAVING count(DISTINCT CASE WHEN type IN ('疾病和诊断', 'dis', 'Disease', 'DISEASE')
                          THEN mention END) = 1
       AND count(DISTINCT CASE WHEN type IN ('药物', 'dru', 'Drug', 'DRUG') THEN mention END) = 1
)
SELECT disease, drug, count(*) AS times, group_concat(DISTINCT source) AS sources
FROM said WHERE drug IS NOT NULL AND disease IS NOT NULL
GROUP BY disease, drug ORDER BY disease, times DESC, drug;
