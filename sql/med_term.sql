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
FROM cmed_source s JOIN icd10(s.path) t ON s.reader = 'icd10'
UNION ALL
-- COMETA links a term twice: to a general concept, and to what it means in its example.
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.term,
       CAST(t.general_snomed_id AS TEXT), t.general_snomed_label
FROM cmed_source s JOIN cometa(s.path) t ON s.reader = 'cometa'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.term,
       CAST(t.specific_snomed_id AS TEXT), t.specific_snomed_label
FROM cmed_source s JOIN cometa(s.path) t ON s.reader = 'cometa'
WHERE t.specific_snomed_id IS NOT t.general_snomed_id;
