-- Every pair of texts with what they are to each other: the same, an answer, relevant.
CREATE TEMP VIEW IF NOT EXISTS
med_pair(dataset, split, file, doc, text1, text2, label, category) AS
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.question1, t.question2,
       CAST(t.label AS TEXT), t.category
FROM cmed_source s JOIN chip2019_pairs(s.path) t ON s.reader = 'chip2019_pairs'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.query1, t.query2,
       CAST(t.label AS TEXT), t.category
FROM cmed_source s JOIN covid_pairs(s.path) t ON s.reader = 'covid_pairs'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT),
       t.text1, t.text2, t.label, t.category
FROM cmed_source s JOIN chip_sts(s.path) t ON s.reader = 'chip_sts'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT),
       t.query1, t.query2, t.label, NULL
FROM cmed_source s JOIN kuake_qqr(s.path) t ON s.reader = 'kuake_qqr'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT),
       t.query, t.title, t.label, NULL
FROM cmed_source s JOIN kuake_qtr(s.path) t ON s.reader = 'kuake_qtr'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.text1, t.text2,
       CAST(t.label AS TEXT), NULL
FROM cmed_source s JOIN cmedqq(s.path) t ON s.reader = 'cmedqq'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.text1, t.text2,
       CAST(t.label AS TEXT), NULL
FROM cmed_source s JOIN cmedqnli(s.path) t ON s.reader = 'cmedqnli'
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, t.query, t.title, t.label, NULL
FROM cmed_source s JOIN cmedir(s.path) t ON s.reader = 'cmedir';
