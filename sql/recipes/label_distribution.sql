-- Which labels does each dataset have, how often, and how evenly? Types of entities, classes of
-- texts and labels of pairs; share is of the dataset's rows of that task. A label of one split
-- alone is shown by its counts.
.mode list
.headers on
SELECT cmed_open('samples/[!b]*') > 0 AS opened;
WITH labelled(task, dataset, split, label) AS (
    SELECT 'entity', dataset, split, type FROM med_entity
    UNION ALL SELECT 'class', dataset, split, label FROM med_label
    UNION ALL SELECT 'pair', dataset, split, label FROM med_pair
)
SELECT task, dataset, label, count(*) AS n,
       round(1.0 * count(*) / sum(count(*)) OVER (PARTITION BY task, dataset), 3) AS share,
       count(*) FILTER (WHERE split = 'train') AS train,
       count(*) FILTER (WHERE split IS NOT 'train') AS others
FROM labelled WHERE label IS NOT NULL
GROUP BY task, dataset, label ORDER BY task, dataset, n DESC, label;
