"""Films encoded to a quality: how near they come, what the search costs, and what others' rules take.

    benchmark/encode.py [--clips bbb,cars,…] [--others] [--folder DIR]

Needs the release build, the pinned ffmpeg of .tools, and for the real clips a folder with
`bbb-480p-30s.mp4` and `cars-street.mp4` named by MEDIARY_BENCH_MEDIA; those that are missing are left
out. The clips "made" are drawn by ffmpeg; "vfr", "hdr10" and "grain" are real pictures that were
altered.

Quality is measured once more by an ffmpeg of its own over the whole film, frame by frame, and not
taken from the report. CPU seconds are those of the encoders and of the measuring; decoding the
source is left out on all sides. With --others the rules of ab-av1 0.11.7 and of Av1an at 7df934d, as
anchored in benchmark/search, are gone through with the same encoder, the same parameters and the
same segments, and plain ffmpeg at fixed CRFs is the floor.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from measure import MEDIARY, ROOT

FFMPEG = os.environ.get("MEDIARY_FFMPEG") or str(ROOT / ".tools" / "ffmpeg" / "ffmpeg")
MEDIA = Path(os.environ.get("MEDIARY_BENCH_MEDIA", "/nowhere"))
PRESET = 6
# The encoder's own lines would drown ours.
os.environ["SVT_LOG"] = "1"


# --- clips


def make(folder, name):
    """The clip's path, or None where what it is made of is missing."""
    source = {"bbb": "bbb-480p-30s.mp4", "cars": "cars-street.mp4"}.get(name)
    if source:
        return MEDIA / source if (MEDIA / source).exists() else None
    film = MEDIA / "bbb-480p-30s.mp4"
    if name != "made" and not film.exists():
        return None
    target = folder / f"{name}.mkv"
    if not target.exists():
        subprocess.run([FFMPEG, "-v", "error", "-y", *recipe(name, str(film)), str(target)], check=True)
    return target


def recipe(name, film):
    """ffmpeg's arguments for a clip, without its name."""
    x264 = ["-c:v", "libx264", "-preset", "veryfast"]
    if name == "vfr":
        # Frames are left out here and there, and the others keep their times.
        left_out = "eq(mod(n,7),3)+eq(mod(n,5),1)*gte(n,360)"
        return ["-i", film, "-an", "-vf", f"select='not({left_out})'", "-fps_mode", "vfr",
                "-enc_time_base", "1:1000", *x264, "-crf", "8"]
    if name == "hdr10":
        to_pq = ("setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,"
                 "zscale=t=linear:npl=203,format=gbrpf32le,"
                 "zscale=p=bt2020:t=smpte2084:m=bt2020nc:r=tv,format=yuv420p10le")
        light = ("log-level=error:hdr10=1:repeat-headers=1:colorprim=bt2020:transfer=smpte2084:"
                 "colormatrix=bt2020nc:max-cll=1000,400:master-display="
                 "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)")
        return ["-ss", "6", "-t", "14", "-i", film, "-an", "-vf", to_pq, "-c:v", "libx265",
                "-preset", "veryfast", "-crf", "8", "-x265-params", light]
    if name == "grain":
        return ["-ss", "10", "-t", "14", "-i", film, "-an",
                "-vf", "scale=1280:720:flags=lanczos,noise=alls=7:allf=t", *x264, "-crf", "8"]
    fractal = "mandelbrot=size=1280x720:rate=24:end_pts=120:maxiter=400"
    sources = [
        f"{fractal}:start_x=-0.7436:start_y=-0.1318:start_scale=0.6:end_scale=0.05,"
        "trim=duration=4,setpts=PTS-STARTPTS,format=yuv420p",
        f"{fractal}:start_x=-1.25:start_y=0.02:start_scale=0.2:end_scale=0.02:inner=convergence,"
        "trim=duration=4,setpts=PTS-STARTPTS,format=yuv420p,hue=h=120,noise=alls=3:allf=t",
        "testsrc2=size=1280x720:rate=24,trim=duration=3,setpts=PTS-STARTPTS,format=yuv420p",
    ]
    inputs = [word for source in sources for word in ("-f", "lavfi", "-i", source)]
    return [*inputs, "-filter_complex", "[0][1][2]concat=n=3:v=1", *x264, "-crf", "6"]


# --- ours


def ours(clip, folder):
    """Encodes a clip in a fresh place; the report."""
    work = folder / f"{clip.stem}-cache"
    output = folder / f"{clip.stem}-ours.mkv"
    environment = dict(os.environ, MEDIARY_FFMPEG=FFMPEG, XDG_CACHE_HOME=str(work))
    done = subprocess.run(
        [MEDIARY, "encode", str(clip), str(output), "--json", "--overwrite"],
        env=environment, capture_output=True, text=True, cwd=folder)
    last = json.loads(done.stdout.splitlines()[-1])
    if done.returncode != 0:
        sys.exit(f"{clip.name}: {last}")
    return last["report"], output


def whole_vmaf(reference, distorted, folder):
    """The mean over all frames of two films, by their numbers: VMAF by an ffmpeg of its own."""
    log = folder / "independent.json"
    graph = (f"[0:v:0]settb=1/25,setpts=N,format=yuv420p10le[d];"
             f"[1:v:0]settb=1/25,setpts=N,format=yuv420p10le[r];"
             f"[d][r]libvmaf=log_fmt=json:log_path={log.name}:n_threads=2")
    subprocess.run(
        [FFMPEG, "-v", "fatal", "-i", str(distorted), "-i", str(reference), "-lavfi", graph,
         "-fps_mode", "passthrough", "-f", "null", "-"], check=True, cwd=folder)
    frames = [one["metrics"]["vmaf"] for one in json.loads(log.read_text())["frames"]]
    return sum(frames) / len(frames), len(frames)


# --- others, with the same tools


class Pictures:
    """A film's frames, bare, in a file."""

    def __init__(self, clip, report, folder):
        told = json.loads(subprocess.run(
            [MEDIARY, "probe", str(clip), "--json"], capture_output=True, text=True, check=True).stdout)
        self.width, self.height = told["video"]["width"], told["video"]["height"]
        self.rate = told["video"]["fps_rational"]
        self.path = folder / f"{clip.stem}.yuv"
        subprocess.run(
            [FFMPEG, "-v", "error", "-y", "-i", str(clip), "-map", "0:v:0", "-fps_mode", "passthrough",
             "-pix_fmt", "yuv420p10le", "-f", "rawvideo", str(self.path)], check=True)
        self.size = self.width * self.height * 3
        kept = {key: value for key, value in report["parameters"].items()
                if key not in ("preset", "keyint", "pix_fmt", "crf")}
        self.parameters = ":".join(f"{key}={value}" for key, value in kept.items())
        self.keyint = report["parameters"]["keyint"]
        self.folder = folder

    def _run(self, command, start, end):
        """Feeds frames to a program; its CPU seconds."""
        child = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=self.folder)

        def feed():
            with open(self.path, "rb") as file:
                file.seek(start * self.size)
                for _ in range(end - start):
                    child.stdin.write(file.read(self.size))
            child.stdin.close()

        feeder = threading.Thread(target=feed)
        feeder.start()
        _, status, usage = os.wait4(child.pid, 0)
        feeder.join()
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"{command[0]} failed")
        return usage.ru_utime + usage.ru_stime

    @property
    def raw(self):
        return ["-f", "rawvideo", "-pix_fmt", "yuv420p10le", "-s", f"{self.width}x{self.height}",
                "-framerate", self.rate, "-i", "-"]

    def encode(self, start, end, crf, preset):
        """Encodes a segment: its bytes and the CPU seconds."""
        file = self.folder / "other.ivf"
        cpu = self._run(
            [FFMPEG, "-v", "error", "-y", *self.raw, "-c:v", "libsvtav1", "-crf", f"{crf}",
             "-preset", f"{preset}", "-g", self.keyint, "-svtav1-params", self.parameters, str(file)],
            start, end)
        return file.stat().st_size, cpu

    def score(self, start, end):
        """Measures what was encoded last: VMAF and the CPU seconds."""
        log = self.folder / "other.json"
        graph = (f"[0:v]setpts=N[d];[1:v]setpts=N[r];[d][r]libvmaf=log_fmt=json:log_path={log.name}")
        cpu = self._run(
            [FFMPEG, "-v", "error", "-i", "other.ivf", *self.raw, "-lavfi", graph, "-f", "null", "-"],
            start, end)
        frames = [one["metrics"]["vmaf"] for one in json.loads(log.read_text())["frames"]]
        return sum(frames) / len(frames), cpu


def ab_av1(pictures, start, end, target):
    """ab-av1's search with the segment as its sample; then the encode, which nobody measures."""
    low, high = 5.0, 63.0
    tried, cpu, crf = {}, 0.0, 34.0
    while True:
        _, encoding = pictures.encode(start, end, crf, PRESET)
        quality, scoring = pictures.score(start, end)
        cpu += encoding + scoring
        tried[crf] = quality
        tolerance = 0.1 * 2 ** (len(tried) - 1)
        good = max((one for one in tried if tried[one] > target), default=None)
        bad = min((one for one in tried if tried[one] <= target), default=None)
        near = target < quality < target + tolerance
        tight = (bad or high) - (good or low) <= 0.25
        if near or tight or len(tried) >= 8:
            crf = crf if near else (good or low)
            break
        if good is None:
            crf = low + (bad - low) * 0.2 if bad - low > 1 else low
        elif bad is None:
            crf = good + (high - good) * 0.8 if high - good > 1 else high
        else:
            share = (tried[good] - target - 0.05) / max(tried[good] - tried[bad], 1e-6)
            crf = min(max(good + (bad - good) * share, good + 0.25), bad - 0.25)
        crf = round(crf * 4) / 4
        if crf in tried:
            crf = good or low
            break
    return crf, len(tried), cpu


def av1an(pictures, start, end, target):
    """Av1an's search: at most four probes at a fast preset, taken for what the encode will be."""
    low, high, tried, cpu = 15.0, 50.0, {}, 0.0
    while len(tried) < 4 and low <= high:
        if len(tried) < 2:
            crf = (low + high) / 2
        else:
            one, two = sorted(tried, key=lambda crf: abs(tried[crf] - target))[:2]
            slope = (tried[two] - tried[one]) / (two - one) or -1e-6
            crf = one + (target - tried[one]) / slope
        crf = round(min(max(crf, low), high) * 4) / 4
        _, encoding = pictures.encode(start, end, crf, 12)
        quality, scoring = pictures.score(start, end)
        cpu += encoding + scoring
        tried[crf] = quality
        if abs(quality - target) <= target * 0.01:
            break
        low, high = (crf + 0.25, high) if quality > target else (low, crf - 0.25)
    return min(tried, key=lambda crf: abs(tried[crf] - target)), len(tried), cpu


def by_rules(rules, pictures, segments, target):
    """Goes through all segments by others' rules; what came and what it took."""
    sums = dict(bytes=0, finals=0.0, cpu=0.0, probes=0, quality=0.0, frames=0, within=0)
    for one in segments:
        start, end = one["start"], one["end"]
        crf, probes, cpu = rules(pictures, start, end, target)
        size, final = pictures.encode(start, end, crf, PRESET)
        # For us to know, and not counted: nobody measures what is delivered.
        quality, _ = pictures.score(start, end)
        sums["bytes"] += size
        sums["finals"] += final
        sums["cpu"] += cpu + final
        sums["probes"] += probes
        sums["quality"] += quality * (end - start)
        sums["frames"] += end - start
        sums["within"] += abs(quality - target) <= 1.5
    return sums


def plain(pictures, count):
    """Plain ffmpeg at fixed CRFs over the whole film: (quality, bytes, CPU seconds) of each."""
    points = []
    for crf in (26, 32, 38, 44, 50):
        size, cpu = pictures.encode(0, count, crf, PRESET)
        points.append((pictures.score(0, count)[0], size, cpu))
    return points


def bytes_at(points, quality):
    """The bytes that fixed CRFs would take for a quality, between those that were tried."""
    points = sorted(points)
    for (low, few, _), (high, many, _) in zip(points, points[1:]):
        if low <= quality <= high:
            share = (quality - low) / (high - low)
            return math.exp(math.log(few) + share * (math.log(many) - math.log(few)))
    return None


# --- the report


def show(name, report, output, clip, folder, target):
    search = report["search"]
    cpu = search["cpu_seconds"]
    found, frames = whole_vmaf(clip, output, folder)
    extra = cpu["probes"] + cpu["encodes"] + cpu["scores"] - cpu["final_encodes"] - cpu["final_scores"]
    count = len(report["segments"])
    within = sum(abs(one["vmaf"] - target) <= 1.5 for one in report["segments"])
    print(f"{name}: {frames} frames, {count} segments, target {target:g}")
    print(f"  VMAF reported {report['vmaf']['mean']:.2f}, measured again {found:.2f}"
          f" ({found - target:+.2f}); segments within 1.5: {within} of {count}")
    print(f"  {search['encodes'] / count:.2f} encodes and {search['probes'] / count:.2f} probes a segment;"
          f" probes and re-encodes over finals {extra / cpu['final_encodes']:.2f},"
          f" all over finals with their scores {search['overhead']:.2f}")
    return found, extra / cpu["final_encodes"], search["overhead"]


def compare(name, report, found, pictures, target):
    cpu = report["search"]["cpu_seconds"]
    all_cpu = cpu["probes"] + cpu["encodes"] + cpu["scores"]
    size = sum(one["size_bytes"] for one in report["segments"])
    rows = [("ours", found, size, all_cpu, all_cpu / cpu["final_encodes"], report["search"]["overhead"])]
    count = report["segments"][-1]["end"]
    for rule, rules in (("ab-av1's rules", ab_av1), ("Av1an's rules", av1an)):
        sums = by_rules(rules, pictures, report["segments"], target)
        over = sums["cpu"] / sums["finals"]
        rows.append((rule, sums["quality"] / sums["frames"], sums["bytes"], sums["cpu"], over, None))
    points = plain(pictures, count)
    for rule, quality, size, cpu, over, scored in rows:
        floor = bytes_at(points, quality)
        print(f"  {rule:<16} VMAF {quality:.2f}, {size:,} bytes"
              + (f" ({size / floor:.2f} of one fixed CRF of that quality)" if floor else "")
              + f", {cpu:.1f} CPU s, {over:.2f} × its finals"
              + (f" ({scored:.2f} × with their scores)" if scored else ""))
    floor = sum(point[2] for point in points) / len(points)
    print(f"  plain ffmpeg, one fixed CRF: {floor:.1f} CPU s in the mean of {len(points)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clips", default="bbb,cars,vfr,hdr10,grain,made")
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mediary-encode-") as temporary:
        folder = Path(options.folder or temporary).resolve()
        folder.mkdir(exist_ok=True)
        figures = []
        for name in options.clips.split(","):
            clip = make(folder, name)
            if clip is None:
                print(f"{name}: left out, its source is missing")
                continue
            target = 95 if name == "hdr10" else 93
            report, output = ours(clip, folder)
            figures.append(show(name, report, output, clip, folder, target))
            if options.others:
                pictures = Pictures(clip, report, folder)
                compare(name, report, figures[-1][0], pictures, target)
                pictures.path.unlink()
        if figures:
            print(f"mean of {len(figures)}: probes and re-encodes over finals"
                  f" {sum(one[1] for one in figures) / len(figures):.2f}, all over finals with their"
                  f" scores {sum(one[2] for one in figures) / len(figures):.2f}")


if __name__ == "__main__":
    main()
