-- Every annotated mention. start_pos and end_pos: code points of the document's text, end
-- exclusive; spans: its pieces, [[start, end], …]; concept: what it was linked to.
CREATE TEMP VIEW IF NOT EXISTS
med_entity(dataset, split, file, doc, id, start_pos, end_pos, spans, type, mention, concept) AS
SELECT s.dataset, s.split, s.file, t.doc, NULL, t.start_pos, t.end_pos,
       json_array(json_array(t.start_pos, t.end_pos)), t.label_type, t.mention, NULL
FROM cmed_source s JOIN yidu_s4k_entities(s.path) t ON s.reader = 'yidu_s4k'
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, t.id, t.start_pos, t.end_pos, t.spans, t.type, t.mention,
       NULL
FROM cmed_source s JOIN ruijin_entities(s.path) t ON s.reader = 'ruijin_entities'
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, t.id, t.start_pos, t.end_pos, t.spans, t.type, t.mention,
       NULL
FROM cmed_source s JOIN tcm_ner_entities(s.path) t ON s.reader = 'tcm_ner_entities'
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, e.value ->> 0, e.value ->> 2, e.value ->> 3,
       json_array(json_array(e.value ->> 2, e.value ->> 3)), e.value ->> 1, e.value ->> 4, NULL
FROM cmed_source s JOIN tcm_ner(s.path) t ON s.reader = 'tcm_ner' JOIN json_each(t.labels) e
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, NULL, t.start_idx, t.end_idx + 1,
       json_array(json_array(t.start_idx, t.end_idx + 1)), t.type, t.mention, NULL
FROM cmed_source s JOIN chip2020_ner_entities(s.path) t ON s.reader = 'chip2020_ner'
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, NULL, t.start_idx, t.end_idx + 1,
       json_array(json_array(t.start_idx, t.end_idx + 1)), t.type, t.entity, NULL
FROM cmed_source s JOIN cmeee_entities(s.path) t ON s.reader = 'cmeee'
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, NULL, t.start_pos, t.end_pos,
       json_array(json_array(t.start_pos, t.end_pos)), t.label, t.mention, NULL
FROM cmed_source s JOIN cehrner_entities(s.path) t ON s.reader = 'cehrner'
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, NULL, t.start_pos, t.end_pos,
       json_array(json_array(t.start_pos, t.end_pos)), t.label, t.mention, NULL
FROM cmed_source s JOIN cmedqaner_entities(s.path) t ON s.reader = 'cmedqaner'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT),
       NULL, t.start_pos, t.end_pos,
       json_array(json_array(t.start_pos, t.end_pos)), t.types, t.mention, t.concept_id
FROM cmed_source s JOIN medmentions_mentions(s.path) t ON s.reader = 'medmentions';
