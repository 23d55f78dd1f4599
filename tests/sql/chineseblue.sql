-- ChineseBLUE: offsets as texts and numbers, tokens, TAB files that keep their quotes, a file a dialogue.
.mode list
.headers on
.nullvalue NULL
SELECT * FROM cehrner('samples/chineseblue');
SELECT * FROM cehrner_entities('samples/chineseblue');
SELECT * FROM cehrner_tokens('samples/chineseblue/cEHRNER/train.txt') WHERE tag <> 'O' OR token = ' ';
SELECT * FROM cmedqaner('samples/chineseblue');
SELECT * FROM cmedqaner_entities('samples/chineseblue');
SELECT count(*), max(sentence) FROM cmedqaner_tokens('samples/chineseblue');
SELECT * FROM cmedqq('samples/chineseblue/cMedQQ/train.txt');
SELECT * FROM cmedqnli('samples/chineseblue/cMedQNLI/train.txt');
SELECT * FROM chineseblue_cmedqa('samples/chineseblue/cMedQA/dev.txt');
SELECT * FROM cmedir('samples/chineseblue');
SELECT * FROM cmedic('samples/chineseblue/cMedIC/train.txt');
SELECT * FROM cmedtc('samples/chineseblue/cMedTC/train.txt');
SELECT * FROM cmdd('samples/chineseblue/CMDD');
SELECT * FROM cmdd_turns('samples/chineseblue/CMDD');
