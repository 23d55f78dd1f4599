-- Every text with its class.
CREATE TEMP VIEW IF NOT EXISTS med_label(dataset, split, file, doc, text, label) AS
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.text, t.label
FROM cmed_source s JOIN chip2019_criteria(s.path) t ON s.reader = 'chip2019_criteria'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.text, t.label
FROM cmed_source s JOIN chip_ctc(s.path) t ON s.reader = 'chip_ctc'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.query, t.label
FROM cmed_source s JOIN kuake_qic(s.path) t ON s.reader = 'kuake_qic'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.text, t.label
FROM cmed_source s JOIN cmedic(s.path) t ON s.reader = 'cmedic'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.text, t.label
FROM cmed_source s JOIN cmedtc(s.path) t ON s.reader = 'cmedtc'
UNION ALL
-- What a window of a dialogue says, in its own words: 症状:头晕-状态:阳性.
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT),
       (SELECT group_concat(value, char(10)) FROM json_each(w.utterances) WHERE value <> ''),
       t.category || ':' || t.item || '-状态:' || t.status
FROM cmed_source s JOIN mie_labels(s.path) t ON s.reader = 'mie'
     JOIN mie(s.path) w ON w.dialogue = t.dialogue AND w.window_no = t.window_no;
