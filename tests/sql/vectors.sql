-- Word vectors in every shape, and what is broken in them.
.mode list
.headers on
.nullvalue NULL
SELECT term, dim, hex(vector) FROM word_vectors('samples/vectors/word2vec.txt');
SELECT file, count(*), count(DISTINCT dim), sum(length(vector)) FROM word_vectors('samples/vectors') GROUP BY 1;
-- One vector in all of them.
SELECT substr(file, 17) AS file, hex(vector) FROM word_vectors('samples/vectors') WHERE term = '咳嗽';
SELECT term, hex(vector) FROM word_vectors('samples/vectors/glove.txt') WHERE term = 'head ache';
SELECT substr(file, 17) AS file, reader, encoding, compression FROM cmed_files('samples/vectors');
-- A vector is found again by itself.
SELECT a.term FROM word_vectors('samples/vectors/gensim.bin.gz') a JOIN word_vectors('samples/vectors/word2vec.bin') b
ON a.term = b.term WHERE a.vector = b.vector;
-- Broken twins.
SELECT term FROM word_vectors('samples/bad/vectors_cut.bin');
SELECT term FROM word_vectors('samples/bad/vectors_few.txt');
SELECT count(*) FROM word_vectors('samples/bad/vectors_few.txt');
SELECT term, hex(vector) FROM word_vectors('samples/bad/vectors_number.txt');
SELECT term FROM word_vectors('samples/bad/vectors_header.txt');
SELECT term FROM word_vectors('samples/bad/vectors_huge.bin');
SELECT term FROM word_vectors('samples/bad/vectors_term.bin');
SELECT term, hex(vector) FROM word_vectors('samples/bad/vectors_term.bin', 'utf-8,replace');
SELECT count(*) FROM word_vectors('samples/bad/vectors_cut.txt.gz');
SELECT term, error FROM word_vectors('samples/bad/vectors_few.txt', NULL, 'row');
SELECT term FROM word_vectors('samples/bad/vectors_number.txt', NULL, 'skip') WHERE length(vector) > 0;
