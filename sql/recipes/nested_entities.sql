-- Which mentions lie in others, cross them, or share their place? A tagger that gives a character
-- one label cannot learn all of these.
.mode list
.headers on
SELECT cmed_open('samples/[!b]*') > 0 AS opened;
CREATE TEMP TABLE entity AS
SELECT dataset, doc, start_pos, end_pos, type, mention FROM med_entity WHERE start_pos < end_pos;
CREATE INDEX temp.entity_place ON entity(dataset, doc, start_pos);
WITH pair AS (
    SELECT a.dataset, a.doc, a.type AS outer_type, a.mention AS outer_mention,
           b.type AS inner_type, b.mention AS inner_mention,
           CASE WHEN a.start_pos = b.start_pos AND a.end_pos = b.end_pos THEN 'same place'
                WHEN b.end_pos <= a.end_pos THEN 'nested' ELSE 'crossing' END AS how
    FROM entity a JOIN entity b
    ON a.dataset = b.dataset AND a.doc = b.doc AND b.start_pos >= a.start_pos
       AND b.start_pos < a.end_pos
       AND (b.start_pos > a.start_pos OR b.end_pos < a.end_pos
            OR b.end_pos = a.end_pos AND b.rowid > a.rowid)
)
SELECT dataset, how, outer_type, inner_type, count(*) AS n,
       min(outer_mention || ' > ' || inner_mention) AS example
FROM pair GROUP BY dataset, how, outer_type, inner_type ORDER BY dataset, n DESC, how, 3, 4;
