-- Every wording with a standard term that it means, a row each; and every term of a standard with
-- its code, as its own wording. standard NULL: nobody says.
CREATE TEMP VIEW IF NOT EXISTS
med_term(dataset, split, file, doc, term, code, standard) AS
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.raw_term, NULL, p.value
FROM cmed_source s JOIN yidu_n7k(s.path) t ON s.reader = 'yidu_n7k'
     JOIN json_each('[' || replace(json_quote(t.standard_term), '##', '","') || ']') p
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.text, NULL, p.value
FROM cmed_source s JOIN chip_cdn(s.path) t ON s.reader = 'chip_cdn'
     JOIN json_each('[' || replace(json_quote(t.normalized_result), '##', '","') || ']') p
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.name, t.code, t.name
FROM cmed_source s JOIN yidu_n7k_codes(s.path) t ON s.reader = 'yidu_n7k_codes'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.name, t.code, t.name
FROM cmed_source s JOIN icd10(s.path) t ON s.reader = 'icd10';
