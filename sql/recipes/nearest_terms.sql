-- Which terms are nearest to each by their vectors? An exact search: every term asks for its three
-- nearest, itself left out. For another file, put its path here and its dimension there.
.mode list
.headers on
CREATE TEMP TABLE word AS
SELECT row_number() OVER () AS id, term, vector
FROM word_vectors('samples/vectors/word2vec.txt') WHERE term <> '</s>';
CREATE VIRTUAL TABLE temp.nearest USING cmed_vectors(4);
INSERT INTO nearest(rowid, vector) SELECT id, vector FROM word;
SELECT w.term, group_concat(o.term || ' ' || round(1 - n.distance, 2), ', ') AS nearest
FROM word w JOIN nearest(w.vector, 4) n JOIN word o ON o.id = n.rowid
WHERE o.id <> w.id
GROUP BY w.id;
