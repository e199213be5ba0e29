#!/usr/bin/env python3
"""The inner loop of a trainer that learns from Assay, with the training left out.

It starts a group of episodes for each task, answers them, steps each until it ends, and turns the rewards of a group
into advantages, as GRPO does: how much better than its group an answer was. A real trainer asks its model where
`Policy` stands here, and updates it with the advantages.

Standard library only; Python 3.9 or newer. Start a policy, the server and the loop in three terminals:

    npx assay policy serve --port 8000
    npx assay serve --port 8484
    python3 examples/python_loop.py --policy http://127.0.0.1:8000/v1 --url http://127.0.0.1:8484

Any server of OpenAI's chat completions API can be the policy. An Assay server that listens beyond its own machine
wants its token in the environment variable ASSAY_TOKEN.
"""

import argparse
import concurrent.futures
import json
import os
import random
import statistics
import sys
import time
import urllib.error
import urllib.request
import uuid


class Server:
    """A JSON API over HTTP. One that is full or has a fault that passes is asked again, for a bounded time."""

    def __init__(self, url, token=None, patience_seconds=600.0):
        self.url = url.rstrip("/")
        self.token = token
        self.patience_seconds = patience_seconds

    def call(self, method, path, body=None, key=None):
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        if key:
            # With a key, a step whose answer was lost can be sent again and is judged once.
            headers["Idempotency-Key"] = key
        data = None if body is None else json.dumps(body).encode()
        deadline = time.monotonic() + self.patience_seconds
        lost = 0
        while True:
            request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)
            try:
                with urllib.request.urlopen(request, timeout=self.patience_seconds) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                refusal = "answered %d: %s" % (error.code, error.read().decode(errors="replace"))
                may_pass = error.code in (429, 503)
                wait_seconds = float(error.headers.get("Retry-After", "1"))
            except OSError as error:
                refusal = "did not answer: %s" % error
                lost += 1
                may_pass = lost <= 3 and (method == "GET" or key is not None)
                wait_seconds = 1.0
            if not may_pass or time.monotonic() + wait_seconds > deadline:
                raise SystemExit("%s %s%s %s" % (method, self.url, path, refusal))
            # A little noise keeps clients that were refused together from coming back together.
            time.sleep(wait_seconds * random.uniform(1.0, 1.5))


class Policy:
    """The model under training, behind the chat completions API."""

    def __init__(self, server, model):
        self.server = server
        self.model = model

    def answer(self, messages, seed):
        body = {"model": self.model, "messages": messages, "seed": seed}
        return self.server.call("POST", "/chat/completions", body)["choices"][0]["message"]["content"]


def run_episode(assay, policy, task, seed, sample):
    """One episode from reset to its end. Answers the reward of its last step, None where there is no verdict."""
    opened = assay.call("POST", "/v1/episodes", {"task": task, "seed": seed})
    path = "/v1/episodes/" + opened["episode"]
    messages = opened["observation"]["messages"]
    try:
        while True:
            action = {"completion": policy.answer(messages, sample)}
            result = assay.call("POST", path + "/step", action, key=str(uuid.uuid4()))
            if result["terminated"] or result["truncated"] or result["reward"] is None:
                return result["reward"]
            messages = result["observation"]["messages"]
    finally:
        assay.call("DELETE", path)


def advantages(rewards):
    """How far each reward lies above its group's mean, in standard deviations; None stays None.

    A reward of None says that the machine or the task failed, not the answer. It counts neither as 0 nor in the
    mean: a trainer leaves that sample out.
    """
    known = [reward for reward in rewards if reward is not None]
    if not known:
        return [None] * len(rewards)
    mean, spread = statistics.fmean(known), statistics.pstdev(known)
    return [None if r is None else (r - mean) / (spread + 1e-6) for r in rewards]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--policy", required=True, help="base URL of the policy's API, with /v1")
    parser.add_argument("--model", default="replay", help="name of the model, as the policy's server knows it")
    parser.add_argument("--url", default="http://127.0.0.1:8484", help="where assay serve listens")
    parser.add_argument("--tasks", type=int, default=3, help="number of tasks taken from the server's list")
    parser.add_argument("--group", type=int, default=4, help="episodes of each task")
    parser.add_argument("--seed", type=int, default=0, help="seed that every episode is judged with")
    options = parser.parse_args()

    assay = Server(options.url, os.environ.get("ASSAY_TOKEN"))
    policy = Policy(Server(options.policy, os.environ.get("ASSAY_POLICY_API_KEY")), options.model)
    tasks = [task["id"] for task in assay.call("GET", "/v1/tasks")["tasks"]][: options.tasks]

    with concurrent.futures.ThreadPoolExecutor(max_workers=options.group) as pool:
        for task in tasks:
            # One seed for the whole group: its answers are judged on the same stimulus.
            group = [
                pool.submit(run_episode, assay, policy, task, options.seed, sample)
                for sample in range(options.group)
            ]
            rewards = [episode.result() for episode in group]
            print(json.dumps({"task": task, "rewards": rewards, "advantages": advantages(rewards)}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
