"""Threads, processes and a pressed key."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import unittest

import numpy as np

from mediary.media import (
    ImageSaveConfig, MediaWriteError, VideoSaveConfig, read_metadata, write_image_tensor,
    write_metadata_bundle, write_video_frames,
)
from support import LOSSLESS, TREE, MediaTest, film, picture


def write_one(path):
    frames = np.full((3, 16, 16, 3), 77, np.uint8)
    return write_video_frames(iter(frames), LOSSLESS, output_path=path)


def fail_one(path):
    return write_video_frames(np.zeros((2, 8, 8, 5), np.uint8), output_path=path)


PRESSED = """
import sys, numpy
from mediary.media import *

def frames():
    index = 0
    while True:
        if index == 20:
            print("going", flush=True)
        yield numpy.full((64, 64, 3), index % 200, numpy.uint8)
        index += 1

try:
    write_video_frames(frames(), output_path=sys.argv[1])
except KeyboardInterrupt:
    print("stopped", flush=True)
    write_video_frames(numpy.zeros((2, 16, 16, 3), numpy.uint8), output_path=sys.argv[2])
"""


class Threads(MediaTest):
    def test_eight_threads_write_films_and_pictures_at_once(self):
        failures = []

        def work(index):
            try:
                frames = np.full((8, 32, 32, 3), index * 20, np.uint8)
                given = iter(frames) if index % 2 else frames
                path = write_video_frames(given, LOSSLESS, output_path=self.path(f"{index}.mkv"))
                np.testing.assert_array_equal(film(path, frames.shape), frames)
                path = write_image_tensor(
                    frames[0], ImageSaveConfig(quality="png"), output_path=self.path(f"{index}.png"))
                write_metadata_bundle(path, {"seed": index})
                np.testing.assert_array_equal(picture(path), frames[0])
                self.assertEqual(read_metadata(path)["record"]["seed"], index)
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=work, args=[index]) for index in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])

    def test_other_threads_go_on_while_one_writes(self):
        steps = []
        done = threading.Event()

        def count():
            while not done.is_set():
                steps.append(1)
                os.sched_yield()

        counting = threading.Thread(target=count)
        counting.start()
        before = len(steps)
        write_video_frames(self.bytes(20, 256, 256, 3), output_path=self.path("a.mp4"))
        after = len(steps)
        done.set()
        counting.join()
        self.assertGreater(after - before, 100)

    def test_frames_are_made_on_the_thread_that_calls(self):
        # What belongs to a thread, such as torch's no_grad, holds in a generator as it is written.
        mine = threading.local()
        mine.value = "here"
        seen = set()

        def frames():
            for _ in range(5):
                seen.add((threading.get_ident(), getattr(mine, "value", None)))
                yield np.zeros((16, 16, 3), np.uint8)

        write_video_frames(frames(), LOSSLESS, output_path=self.path("a.mkv"))
        self.assertEqual(seen, {(threading.get_ident(), "here")})

    def test_a_generator_may_itself_write(self):
        def frames():
            for index in range(4):
                one = np.full((16, 16, 3), index, np.uint8)
                write_image_tensor(one, ImageSaveConfig(quality="png"), output_path=self.path(f"{index}"))
                yield one

        write_video_frames(frames(), LOSSLESS, output_path=self.path("a.mkv"))
        self.assertEqual(self.names(), ["0.png", "1.png", "2.png", "3.png", "a.mkv"])

    def test_hundreds_of_calls_leave_no_thread_and_no_open_file(self):
        def used():
            return len(os.listdir("/proc/self/task")), len(os.listdir("/proc/self/fd"))

        def work():
            write_image_tensor(self.bytes(8, 8, 3), output_path=self.path("a.jpg"))
            write_video_frames(iter(self.bytes(2, 16, 16, 3)), LOSSLESS, output_path=self.path("a.mkv"))
            with self.assertRaises(MediaWriteError):
                fail_one(self.path("b.mkv"))

        for _ in range(20):
            work()
        before = used()
        for _ in range(150):
            work()
        after = used()
        # The library's own pool of threads may still be growing to its size.
        self.assertLessEqual(after[0], before[0] + 8)
        self.assertLessEqual(after[1], before[1])


class Processes(MediaTest):
    def test_processes_forked_after_a_write_and_spawned_ones_write_too(self):
        write_one(self.path("parent.mkv"))
        for way in ("fork", "spawn", "forkserver"):
            with self.subTest(way), multiprocessing.get_context(way).Pool(2) as pool:
                paths = pool.map(write_one, [self.path(f"{way}{index}.mkv") for index in range(4)])
                for path in paths:
                    self.assertTrue((film(path, (3, 16, 16, 3)) == 77).all())
                with self.assertRaises(MediaWriteError) as caught:
                    pool.map(fail_one, [self.path("bad.mkv")])
                self.assertEqual(caught.exception.code, "output.bad_shape")

    def test_a_process_forked_while_others_write_writes_too(self):
        going, stop = threading.Event(), threading.Event()

        def frames():
            while not stop.is_set():
                going.set()
                yield np.zeros((32, 32, 3), np.uint8)

        writing = threading.Thread(
            target=write_video_frames, args=[frames(), LOSSLESS],
            kwargs={"output_path": self.path("busy.mkv")})
        writing.start()
        going.wait()
        try:
            children = []
            for index in range(4):
                child = os.fork()
                if child == 0:
                    status = 1
                    try:
                        write_one(self.path(f"{index}.mkv"))
                        status = 0
                    finally:
                        os._exit(status)
                children.append(child)
            self.assertEqual([os.waitpid(child, 0)[1] for child in children], [0] * 4)
        finally:
            stop.set()
            writing.join()
        for index in range(4):
            self.assertTrue((film(self.path(f"{index}.mkv"), (3, 16, 16, 3)) == 77).all())


class PressedKeys(MediaTest):
    def start(self, script, *words):
        process = subprocess.Popen(
            [sys.executable, "-c", script, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, env=dict(os.environ, PYTHONPATH=str(TREE / "python")))
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def test_a_pressed_key_ends_an_endless_film_and_leaves_nothing(self):
        process = self.start(PRESSED, self.path("a.mp4"), self.path("b.mp4"))
        self.assertEqual(process.stdout.readline(), "going\n")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.stdout.readline(), "stopped\n")
        self.assertEqual(process.wait(), 0, process.stderr)
        self.assertEqual(self.names(), ["b.mp4"])

    def test_a_pressed_key_ends_the_film_of_an_array_whenever_it_comes(self):
        # Each frame is the same memory.
        frames = np.broadcast_to(np.uint8(7), (20_000, 64, 64, 3))

        def press(steps):
            while not self.names():
                os.sched_yield()
            for _ in range(steps):
                os.sched_yield()
            os.kill(os.getpid(), signal.SIGINT)

        for steps in range(0, 400, 20):
            pressing = threading.Thread(target=press, args=[steps])
            pressing.start()
            with self.assertRaises(KeyboardInterrupt):
                write_video_frames(frames, output_path=self.path("a.mp4"))
            pressing.join()
            self.assertEqual(self.names(), [])

    def test_a_handler_of_the_programs_own_runs_while_a_film_is_written(self):
        seen = []
        before = signal.signal(signal.SIGUSR1, lambda *_: seen.append(threading.current_thread()))
        self.addCleanup(signal.signal, signal.SIGUSR1, before)

        def frames():
            for index in range(30):
                if index == 10:
                    os.kill(os.getpid(), signal.SIGUSR1)
                yield np.full((32, 32, 3), index, np.uint8)

        path = write_video_frames(frames(), LOSSLESS, output_path=self.path("a.mkv"))
        self.assertEqual(seen, [threading.main_thread()])
        self.assertEqual(film(path, (30, 32, 32, 3))[29, 0, 0, 0], 29)

    def test_what_a_handler_raises_ends_the_film(self):
        class TimeIsUp(Exception):
            pass

        def raises(*_):
            raise TimeIsUp

        before = signal.signal(signal.SIGUSR1, raises)
        self.addCleanup(signal.signal, signal.SIGUSR1, before)

        def frames():
            while True:
                if threading.current_thread() is threading.main_thread():
                    os.kill(os.getpid(), signal.SIGUSR1)
                yield np.zeros((32, 32, 3), np.uint8)

        with self.assertRaises(TimeIsUp):
            write_video_frames(frames(), output_path=self.path("a.mp4"))
        self.assertEqual(self.names(), [])
        write_video_frames(self.bytes(2, 16, 16, 3), VideoSaveConfig(), output_path=self.path("b.mp4"))


if __name__ == "__main__":
    unittest.main()
