-- Every text with its annotation. spans: [[start, end, "type"], …], code points, end exclusive;
-- [] where nothing was found in the text, NULL where nobody looked. A discontinuous mention goes
-- from its first start to its last end; med_entity has its pieces.
--
-- A dataset is one SELECT: its rows of cmed_source, and a reader called with their path. Columns
-- go through as they are, so that dataset = … and doc = … are decided before a file is opened.
CREATE TEMP VIEW IF NOT EXISTS med_document(dataset, split, file, doc, title, text, spans) AS
SELECT s.dataset, s.split, s.file, t.doc, NULL, t.text, CASE WHEN t.entities IS NOT NULL THEN (
           SELECT json_group_array(json_array(e.start_pos, e.end_pos, e.label_type))
           FROM yidu_s4k_entities(s.path) e WHERE e.doc = t.doc) END
FROM cmed_source s JOIN yidu_s4k(s.path) t ON s.reader = 'yidu_s4k'
UNION ALL
-- The marks of a text stand in a file beside it: one of the same doc.
SELECT s.dataset, s.split, s.file, t.doc, NULL, t.text, CASE WHEN a.path IS NOT NULL THEN (
           SELECT json_group_array(json_array(e.start_pos, e.end_pos, e.type))
           FROM ruijin_entities(a.path) e) END
FROM cmed_source s JOIN ruijin(s.path) t ON s.reader = 'ruijin'
     LEFT JOIN cmed_source a ON a.reader = 'ruijin_entities' AND a.doc = s.doc
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, NULL, t.text,
       CASE WHEN t.labels IS NOT NULL THEN (
           SELECT json_group_array(json_array(e.value ->> 2, e.value ->> 3, e.value ->> 1))
           FROM json_each(t.labels) e)
       WHEN a.path IS NOT NULL THEN (
           SELECT json_group_array(json_array(e.start_pos, e.end_pos, e.type))
           FROM tcm_ner_entities(a.path) e) END
FROM cmed_source s JOIN tcm_ner(s.path) t ON s.reader = 'tcm_ner'
     LEFT JOIN cmed_source a ON a.reader = 'tcm_ner_entities' AND a.doc = s.doc
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, NULL, t.text, CASE WHEN t.marks IS NOT NULL THEN (
           SELECT json_group_array(json_array(e.start_idx, e.end_idx + 1, e.type))
           FROM chip2020_ner_entities(s.path) e WHERE e.doc = t.doc) END
FROM cmed_source s JOIN chip2020_ner(s.path) t ON s.reader = 'chip2020_ner'
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, NULL, t.text, CASE WHEN t.entities IS NOT NULL THEN (
           SELECT json_group_array(json_array(e.start_idx, e.end_idx + 1, e.type))
           FROM cmeee_entities(s.path) e WHERE e.doc = t.doc) END
FROM cmed_source s JOIN cmeee(s.path) t ON s.reader = 'cmeee'
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, NULL, t.text, (
           SELECT json_group_array(json_array(e.start_pos, e.end_pos, e.label))
           FROM cehrner_entities(s.path) e WHERE e.doc = t.doc)
FROM cmed_source s JOIN cehrner(s.path) t ON s.reader = 'cehrner'
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, NULL, t.text, (
           SELECT json_group_array(json_array(e.start_pos, e.end_pos, e.label))
           FROM cmedqaner_entities(s.path) e WHERE e.doc = t.doc)
FROM cmed_source s JOIN cmedqaner(s.path) t ON s.reader = 'cmedqaner'
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, NULL, t.text, NULL
FROM cmed_source s JOIN cmeie(s.path) t ON s.reader = 'cmeie'
UNION ALL
-- A row a question: the text once.
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), NULL, t.text, NULL
FROM cmed_source s JOIN tcm_questions(s.path) t ON s.reader = 'tcm_questions'
GROUP BY s.path, t.record
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), NULL,
       (SELECT group_concat(value, char(10)) FROM json_each(t.contexts)), NULL
FROM cmed_source s JOIN pubmedqa(s.path) t ON s.reader = 'pubmedqa'
WHERE t.contexts IS NOT NULL
UNION ALL
-- Places count from the title on, and a blank stands between title and abstract.
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.title,
       t.title || coalesce(' ' || t.abstract, ''),
       (SELECT json_group_array(json_array(e.start_pos, e.end_pos, e.types))
        FROM medmentions_mentions(s.path) e WHERE e.pmid = t.pmid)
FROM cmed_source s JOIN medmentions(s.path) t ON s.reader = 'medmentions'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), NULL, t.text, NULL
FROM cmed_source s JOIN medical_text(s.path) t ON s.reader = 'medical_text';
