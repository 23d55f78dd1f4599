-- What there is.
.mode list
.headers on
.nullvalue NULL
SELECT kind, count(*) > 0 FROM cmed_help() GROUP BY 1;
SELECT name FROM cmed_help() WHERE doc IS NULL OR length(doc) < 10;
SELECT name, signature FROM cmed_help() WHERE name LIKE 'yidu%' OR name = 'cmed_files';
SELECT file, dataset, reader, encoding, compression, split, note FROM cmed_files('samples') WHERE file NOT LIKE 'samples/bad%' AND file NOT LIKE '%.py';
SELECT cmed_version() <> '', cmed_debug() LIKE 'version %';
