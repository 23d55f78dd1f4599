-- CHIP2019 and the COVID pairs: a split without labels, CRLF, no final newline.
.mode list
.headers on
.nullvalue NULL
SELECT * FROM chip2019_pairs('samples/chip2019/train.csv');
SELECT * FROM chip2019_pairs('samples/chip2019/dev_id.csv');
SELECT count(*) FROM chip2019_pairs('samples/chip2019');
SELECT * FROM chip2019_criteria('samples/chip2019/task3/train_data.txt');
SELECT * FROM covid_pairs('samples/covid_pairs/train_20200228 (1).csv');
SELECT * FROM covid_pairs('samples/covid_pairs/test.example_20200228.csv');
SELECT count(*) FROM covid_pairs('samples/covid_pairs/t*.csv');
