-- The list, and what answers each of its entries.
.mode list
.headers on
.nullvalue NULL
SELECT kind, count(*) FROM cmed_catalog() GROUP BY 1;
SELECT section, count(*) FROM cmed_catalog() WHERE kind = 'paper' GROUP BY 1;
SELECT title, url, access_code, reader, licence, status FROM cmed_catalog() WHERE kind IN ('dataset', 'graph');
SELECT title, url FROM cmed_catalog() WHERE kind = 'product';
-- Every entry says where it is, and what it is.
SELECT count(*) FROM cmed_catalog() WHERE section IS NULL OR kind IS NULL OR title IS NULL OR url NOT LIKE 'http%';
SELECT url, count(DISTINCT section || title) FROM cmed_catalog() GROUP BY 1 HAVING count(*) > 1;
SELECT count(DISTINCT description) FROM cmed_catalog();
-- A copy of such a list.
SELECT section, kind, title, url, access_code, reader, status FROM cmed_catalog('samples/catalog/README.md');
SELECT title, description FROM cmed_catalog('samples/catalog/README.md') WHERE kind IN ('dataset', 'paper') OR description IS NOT NULL GROUP BY title ORDER BY rowid;
SELECT count(*) FROM cmed_catalog('samples/icd10/disease.csv');
SELECT count(*) FROM cmed_catalog(NULL);
SELECT count(*) FROM cmed_catalog('samples/nowhere.md');
SELECT count(*) FROM cmed_catalog('samples/icd10');
SELECT count(*) FROM cmed_catalog('samples/bad/lines.bz2');
CREATE VIEW hostile AS SELECT * FROM cmed_catalog('samples/catalog/README.md');
SELECT * FROM hostile;
-- Without files, the list alone.
.load build/cmed sqlite3_cmed_nofs_init
SELECT count(*) > 80 FROM cmed_catalog();
SELECT count(*) FROM cmed_catalog('samples/catalog/README.md');
SELECT name, signature FROM cmed_help() WHERE name IN ('cmed_catalog', 'cmed_open', 'cmed_files');
