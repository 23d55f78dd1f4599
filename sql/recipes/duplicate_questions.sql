-- Which questions stand in several datasets, or in several splits of one? What was trained on is
-- known when it comes up in a test. Questions are the same when they are after normalization,
-- without punctuation at their ends.
.mode list
.headers on
SELECT cmed_open('samples/[!b]*') > 0 AS opened;
WITH question(dataset, split, doc, text) AS (
    SELECT dataset, split, doc, question FROM med_qa
    UNION ALL SELECT dataset, split, doc, text1 FROM med_pair
    UNION ALL SELECT dataset, split, doc, text2 FROM med_pair WHERE dataset <> 'cmedqnli'
    UNION ALL SELECT dataset, split, doc, text FROM med_label
              WHERE dataset IN ('kuake_qic', 'cmedic')
),
known AS (
    SELECT dataset, split, doc, text, rtrim(cmed_normalize(text), '?!.,;:~ ') AS same
    FROM question WHERE length(text) > 3
)
SELECT same, count(*) AS times, count(DISTINCT dataset) AS datasets,
       count(DISTINCT dataset || coalesce(split, '')) AS splits,
       group_concat(DISTINCT dataset || coalesce(' ' || split, '')) AS places
FROM known GROUP BY same HAVING splits > 1 ORDER BY datasets DESC, times DESC, same;
