#!/usr/bin/python3
"""Times jobs of Mediary beside tasks of Celery with Redis, in turns in the same run: asking for
thousands and working them off, the time until a killed worker's work is begun again, and how often
a job that outlasts its lease runs.

Usage: benchmark/celery.py [throughput] [redelivery] [outlasting], all three without a word. Celery is
taken from PyPI into a folder of its own (MEDIARY_CELERY, else one in the cache folder), redis-server
from Debian's packages; JobsBenchmark is built before by
`swift build -c release --product JobsBenchmark`.
"""
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.environ.get(
    "JOBS_BENCHMARK", os.path.join(HERE, "../.build/release/JobsBenchmark"))
COUNT = int(os.environ.get("JOBS", "10000"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
LEASE = 5
LONG = int(os.environ.get("LONG_SECONDS", "150"))

TASKS = '''
import os, time
from celery import Celery
# Results lie in a database of their own, where they can be counted.
app = Celery("tasks", broker=os.environ["REDIS"] + "/0", backend=os.environ["REDIS"] + "/1")
app.conf.update(
    task_acks_late=True, worker_prefetch_multiplier=1, task_reject_on_worker_lost=True,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": int(os.environ.get("VISIBILITY", "3600"))})

@app.task(ignore_result=not os.environ["RESULTS"])
def nothing(number):
    return {"size": 1}

@app.task
def warm():
    pass

@app.task
def outlasting(path, seconds):
    with open(path, "a") as starts:
        starts.write(f"{time.time()}\\n")
    time.sleep(seconds)
'''


def celery_python():
    folder = os.environ.get("MEDIARY_CELERY") or os.path.join(
        os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")), "mediary-benchmark/celery")
    python = os.path.join(folder, "bin/python3")
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run(
            [python, "-m", "pip", "-q", "install", "celery==5.7.0", "redis==8.1.0",
             "packaging"], check=True)
    return python


class Celery:
    """A Redis server of its own, workers of Celery, and a folder with the tasks."""

    def __init__(self, folder, visibility=3600, keeps_results=True, is_durable=False):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.redis = subprocess.Popen(
            ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", folder,
             "--appendonly", "yes", "--appendfsync", "always" if is_durable else "everysec",
             "--save", ""],
            stdout=subprocess.DEVNULL)
        with open(os.path.join(folder, "tasks.py"), "w") as file:
            file.write(TASKS)
        self.environment = dict(
            os.environ, REDIS=f"redis://127.0.0.1:{port}", VISIBILITY=str(visibility),
            RESULTS="yes" if keeps_results else "", PYTHONPATH=folder)
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return
            except OSError:
                time.sleep(0.05)

    def python(self, code, wait=True):
        process = subprocess.Popen(
            [celery_python(), "-c", code], env=self.environment, stdout=subprocess.PIPE, text=True,
            cwd=self.folder)
        return process.communicate()[0].strip() if wait else process

    def worker(self):
        return subprocess.Popen(
            [celery_python(), "-m", "celery", "-A", "tasks", "worker", "-c", "2", "-l", "ERROR",
             "--without-gossip", "--without-mingle"],
            env=self.environment, cwd=self.folder, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def warm_worker(self):
        worker = self.worker()
        self.python("import tasks; tasks.warm.delay().get(timeout=120)")
        return worker

    def stop(self, *workers):
        for worker in workers:
            try:
                os.killpg(worker.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            worker.wait()
        self.redis.terminate()
        self.redis.wait()


def celery_throughput(folder, keeps_results, is_durable):
    """Seconds to ask for all, then to work off all, by a worker that runs already but is paused."""
    celery = Celery(folder, keeps_results=keeps_results, is_durable=is_durable)
    worker = celery.warm_worker()
    os.killpg(worker.pid, signal.SIGSTOP)
    asked = float(celery.python(f"""
import time, tasks
start = time.perf_counter()
for number in range({COUNT}):
    tasks.nothing.delay(number)
print(time.perf_counter() - start)
"""))
    start = time.perf_counter()
    os.killpg(worker.pid, signal.SIGCONT)
    # What is over has a result or, without those, is neither queued nor begun and unacknowledged; only
    # counts are asked for, which costs the server nothing. A task on its way from one to the other is
    # in neither for a moment, hence twice.
    celery.python(f"""
import os, time, redis
queue = redis.from_url(os.environ["REDIS"] + "/0")
results = redis.from_url(os.environ["REDIS"] + "/1")
quiet = 0
while quiet < 2:
    time.sleep(0.02)
    if os.environ["RESULTS"]:
        # The one that warmed the worker up has one too.
        is_over = results.dbsize() > {COUNT}
    else:
        is_over = queue.llen("celery") + queue.hlen("unacked") == 0
    quiet = quiet + 1 if is_over else 0
""")
    worked = time.perf_counter() - start
    celery.stop(worker)
    return asked, worked


def ours_throughput(folder, durability):
    """The same: one after the other asks one by one, then a worker with two slots works all off."""
    said = subprocess.run(
        [PROGRAM, "work", folder, durability, str(COUNT), "2"], input="\n", check=True,
        capture_output=True, text=True).stdout.split()
    asked = float(said[said.index("asked") + 1])
    worked = float(said[said.index("worked") + 1])
    return asked, worked


def throughput():
    """Celery's durable rows flush Redis' file with each command; ours are flushed with each commit."""
    sorts = {}
    for durability in ("relaxed", "durable"):
        is_durable = durability == "durable"
        sorts[f"Celery, results kept, {durability}"] = (
            lambda folder, durable=is_durable: celery_throughput(folder, True, durable))
        sorts[f"Celery, no results, {durability}"] = (
            lambda folder, durable=is_durable: celery_throughput(folder, False, durable))
        sorts[f"ours, {durability}"] = (
            lambda folder, durability=durability: ours_throughput(folder, durability))
    rows = {name: [] for name in sorts}
    for _ in range(ROUNDS):
        for name, measure in sorts.items():
            with tempfile.TemporaryDirectory() as folder:
                rows[name].append(measure(folder))
            print("  %s: asked %.2f s, worked off %.2f s" % (name, *rows[name][-1]), flush=True)
    whole = {name: statistics.median(map(sum, figures)) for name, figures in rows.items()}
    for name, seconds in whole.items():
        peer = whole["Celery, results kept, " + name.split()[-1]]
        print("%s: %.2f s, %.0f jobs/s, %.2f x Celery with results" % (
            name, seconds, COUNT / seconds, peer / seconds))


def starts(path):
    try:
        with open(path) as file:
            return [float(line) for line in file]
    except FileNotFoundError:
        return []


def wait_for_starts(path, count, within):
    end = time.monotonic() + within
    while time.monotonic() < end:
        if len(starts(path)) >= count:
            return True
        time.sleep(0.01)
    return False


def our_worker(folder, *words):
    return subprocess.Popen(
        [PROGRAM, *words[:1], folder, "relaxed", *words[1:]], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def ours_outlasting(folder, seconds, kill):
    """Starts of one job; with `kill` its worker is killed once it runs, beside another."""
    path = os.path.join(folder, "starts")
    first = our_worker(folder, "outlast", str(LEASE), str(seconds))
    wait_for_starts(path, 1, 60)
    second = our_worker(folder, "join", str(LEASE), str(seconds))

    def stop():
        for worker in (first, second):
            worker.kill()
            worker.wait()

    return finish(path, seconds, kill, first, stop)


def celery_outlasting(folder, seconds, kill):
    celery = Celery(folder, visibility=LEASE if not kill else 20)
    first = celery.warm_worker()
    path = os.path.join(folder, "starts")
    celery.python(f"import tasks; tasks.outlasting.delay({path!r}, {seconds})")
    wait_for_starts(path, 1, 60)
    second = celery.worker()
    return finish(path, seconds, kill, first, lambda: celery.stop(first, second))


def finish(path, seconds, kill, first, stop):
    time.sleep(3)
    if kill:
        if os.getpgid(first.pid) == first.pid:
            os.killpg(first.pid, signal.SIGKILL)
        else:
            first.kill()
        killed = time.time()
        wait_for_starts(path, 2, 300)
        told = starts(path)
        result = told[1] - killed if len(told) > 1 else None
    else:
        time.sleep(seconds + 5)
        result = len(starts(path))
    stop()
    return result


def redelivery():
    times = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            times.append(ours_outlasting(folder, 600, kill=True))
    print("killed worker, begun again after: ours, lease %d s: %s" % (
        LEASE, ", ".join("%.2f s" % seconds for seconds in times)), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        print("  Celery, visibility timeout 20 s: %s s" % celery_outlasting(folder, 600, kill=True))


def outlasting():
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        print("a job of %d s under %d s of lease runs: ours %d times" % (
            LONG, LEASE, ours_outlasting(one, LONG, kill=False)), flush=True)
        print("  Celery %d times" % celery_outlasting(other, LONG, kill=False))


parts = {"throughput": throughput, "redelivery": redelivery, "outlasting": outlasting}
for name in sys.argv[1:] or parts:
    parts[name]()
