-- Whose annotation does not fit its text? Mentions that differ from the text at their place, each
-- with its surroundings. A mention in pieces is compared piece by piece, one blank between them, as
-- brat writes it.
.mode list
.headers on
SELECT cmed_open('samples/[!b]*') > 0 AS opened;
WITH sliced AS (
    SELECT e.dataset, e.file, e.doc, e.id, e.type, e.mention, d.text, e.start_pos, e.end_pos,
           (SELECT group_concat(cmed_slice(d.text, p.value ->> 0, p.value ->> 1), ' ')
            FROM json_each(e.spans) p) AS slice
    FROM med_entity e JOIN med_document d ON d.dataset = e.dataset AND d.doc = e.doc
)
SELECT dataset, doc, id, type, mention, slice, lower(mention) = lower(slice) AS only_case,
       cmed_context(text, start_pos, end_pos, 4) AS context
FROM sliced WHERE mention <> slice OR start_pos >= end_pos ORDER BY dataset, doc, start_pos;
