"""Entities by label, counted by Apache Spark: python3 with_spark.py build/cmed FILE [PARTS]

mapPartitions over part numbers: an executor opens one connection and reads its parts of the file.
pip install pyspark; Java 17.
"""

import os
import sys

from pyspark.sql import SparkSession

import parts as p


def main(extension, path, parts):
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # some Pythons cannot load extensions
    spark = SparkSession.builder.master("local[2]").appName("cmed").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.addPyFile(p.__file__)

    def read(numbers):
        for k in numbers:
            yield from p.count_part(extension, path, k, parts)

    counts = spark.sparkContext.parallelize(range(1, parts + 1), parts).mapPartitions(read)
    answer = sorted(counts.reduceByKey(lambda a, b: a + b).collect())
    spark.stop()
    for label, n in answer:
        print(f"{label}|{n}")
    return answer == p.single(extension, path)


if __name__ == "__main__":
    same = main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 4)
    print("same as one machine" if same else "NOT the same as one machine")
    sys.exit(not same)
