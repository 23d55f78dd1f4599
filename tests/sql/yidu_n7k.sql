-- Yidu-N7K: a workbook and its TAB twin, codes.
.mode list
.headers on
.nullvalue NULL
SELECT *, record FROM yidu_n7k('samples/yidu-n7k/train.xlsx');
SELECT count(*) AS same FROM yidu_n7k('samples/yidu-n7k/train.xlsx') JOIN yidu_n7k('samples/yidu-n7k/train.csv') USING (raw_term, standard_term);
SELECT * FROM yidu_n7k_codes('samples/yidu-n7k/code.txt');
SELECT code, typeof(code) FROM yidu_n7k_codes('samples/yidu-n7k') WHERE code = '00.0100';
