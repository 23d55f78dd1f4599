-- What a path may be: gz of two members, zip with a zip, a member, a glob, IN, UTF-16.
.mode list
.headers on
.nullvalue NULL
SELECT file, count(*) FROM yidu_s4k_entities('samples/packed/yidu-s4k_part1.txt.gz');
SELECT doc, type, mention, file FROM ruijin_entities('samples/packed/downloads.zip') LIMIT 2;
SELECT doc, length(text) FROM ruijin('samples/packed/downloads.zip');
SELECT id, label, file FROM chip_sts('samples/packed/downloads.zip');
SELECT count(*) FROM chip_sts('samples/packed/downloads.zip/cblue.zip/inner/CHIP-STS_dev.json');
SELECT file, count(*) FROM yidu_s4k('samples/yidu-s4k/subtask1_training_part?.txt') GROUP BY 1;
SELECT path, count(*) FROM yidu_s4k WHERE path IN ('samples/yidu-s4k/subtask1_training_part1.txt', 'samples/yidu-s4k/subtask1_training_part2.txt') GROUP BY 1;
SELECT * FROM cmedqa_questions('samples/packed/utf16_question.csv');
SELECT file, id FROM chip_sts('samples') ORDER BY 1, 2;
SELECT p.column1, count(id) FROM (VALUES ('samples/cblue'), ('samples/packed')) p JOIN chip_sts(p.column1) GROUP BY 1;
SELECT id, type, mention FROM ruijin_entities('samples/packed/123_1.ann.gz');
SELECT doc, id FROM ruijin_entities('samples/packed/123_1.ann.gz') WHERE doc = '123_1' AND id = 'T2';
SELECT doc, id FROM ruijin_entities('samples/packed/123_1*') WHERE doc = '123_1' AND id = 'T2';
