-- Which terms of a standard does no training row mean? A model that only knows what it was trained
-- on can never answer them. Codes and training rows of one dataset.
.mode list
.headers on
SELECT cmed_open('samples/[!b]*') > 0 AS opened;
WITH term AS MATERIALIZED (SELECT * FROM med_term)
SELECT s.dataset, s.code, s.standard FROM term s
WHERE s.code IS NOT NULL
  AND s.dataset IN (SELECT dataset FROM term WHERE split = 'train' AND code IS NULL)
  AND NOT EXISTS (SELECT 1 FROM term t WHERE t.dataset = s.dataset AND t.split = 'train'
                  AND t.code IS NULL AND t.standard = s.standard)
ORDER BY s.dataset, s.code;
