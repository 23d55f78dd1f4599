"""Entities by label, counted by a Dask cluster: python3 with_dask.py build/cmed FILE [PARTS]

Each worker process opens its own connection and reads its own part of the file.
Debian: apt-get install python3-distributed
"""

import sys
from collections import Counter

from dask.distributed import Client

import parts as p


def main(extension, path, parts):
    with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        client.upload_file(p.__file__)
        futures = [client.submit(p.count_part, extension, path, k, parts) for k in range(1, parts + 1)]
        total = Counter()
        for rows in client.gather(futures):
            total.update(dict(rows))
    answer = sorted(total.items())
    for label, n in answer:
        print(f"{label}|{n}")
    return answer == p.single(extension, path)


if __name__ == "__main__":
    same = main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 4)
    print("same as one machine" if same else "NOT the same as one machine")
    sys.exit(not same)
