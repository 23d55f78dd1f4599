-- ICD-10 in its four shapes, segmented text in its two.
.mode list
.headers on
.nullvalue NULL
SELECT * FROM icd10('samples/icd10/国际疾病分类 ICD-10.xlsx');
SELECT * FROM icd10('samples/icd10/disease.csv');
SELECT * FROM icd10('samples/icd10/diseases.json');
SELECT file, count(*) FROM icd10('samples/icd10') GROUP BY 1;
SELECT * FROM icd10('samples/yidu-n7k/code.txt') LIMIT 1;
SELECT * FROM seg_corpus('samples/segmentation/amttl/forum_train.txt');
SELECT * FROM seg_corpus('samples/segmentation/icwb2/forum_train.seg.txt');
