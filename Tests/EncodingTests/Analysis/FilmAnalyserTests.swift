import Encoding
import Foundations
import Media
import Synchronization
import TestSupport
import Testing

@Suite("A film's analysis", .timeLimit(.minutes(5)))
struct FilmAnalyserTests {
  private func analysis(
    _ input: String, _ options: [String] = ["-c:v", "ffv1"], name: String = "in.mkv"
  ) throws -> FilmAnalysis {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.make(name, in: folder, ["-f", "lavfi", "-i", input] + options)
    return try FilmAnalyser(threads: 2).analyse(try Film.open(path))
  }

  @Test(
    "grain is measured within a fifth, over flat, sloping and busy pictures",
    arguments: [2.0, 4.0, 8.0])
  func grain(deviation: Double) throws {
    // White noise of a normal distribution, by the sum of four even ones.
    let even = "(random(0)+random(0)+random(0)+random(0)-2)"
    let noise = "\(deviation)*1.7320508*\(even)"
    for picture in ["110", "60+X/3+Y/4", "110+40*sin(X/9)*cos(Y/7)"] {
      let found = try analysis(
        "color=s=320x192:r=25:d=0.12,format=gray,geq=lum='clip(\(picture)+\(noise),0,255)'"
          + ",format=yuv420p"
      ).grain
      // Gray in full range became luma in the limited one.
      let expected = deviation * 219 / 255
      #expect(abs(found - expected) <= 0.2 * expected, "\(picture): \(found), of \(expected)")
    }
  }

  @Test("a clean film has no grain")
  func clean() throws {
    #expect(try analysis("testsrc2=s=320x192:r=25:d=0.2").grain < 0.5)
  }

  @Test("interlaced frames are counted")
  func interlaced() throws {
    let fields = try analysis(
      "testsrc2=s=96x64:r=50:d=1,tinterlace=4,setfield=tff",
      ["-c:v", "mpeg2video", "-flags", "+ildct+ilme"], name: "in.ts")
    #expect(fields.interlacedShare > 0.9)
    #expect(try analysis("testsrc2=s=96x64:r=25:d=0.4").interlacedShare == 0)
  }

  @Test("there is more to code where more moves")
  func complexity() throws {
    let found = try analysis(
      "testsrc2=s=160x96:r=25:d=2,loop=loop=24:size=1:start=25,setpts=N/25/TB,trim=end_frame=70")
    let still = found.complexity[27..<48].max() ?? 0
    let moving = found.complexity[2..<24].min() ?? 0
    #expect(found.complexity.count == found.table.count)
    #expect(moving > still)
  }

  @Test("equal frames have equal digests, and others others")
  func digests() throws {
    let found = try analysis(
      "testsrc2=s=96x64:r=25:d=1,loop=loop=3:size=1:start=10,setpts=N/25/TB")
    #expect(Set(found.digests).count == found.digests.count - 3)
  }

  @Test("progress reaches the end, and the flag ends it")
  func stopping() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.film("a.mkv", in: folder, frames: 60, ["-c:v", "ffv1"])
    let film = try Film.open(path)
    let stop = StopFlag()
    let last = Mutex<ProgressUpdate?>(nil)
    _ = try FilmAnalyser().analyse(
      film, progress: ProgressSink { update in last.withLock { $0 = update } })
    #expect(last.withLock { $0?.fraction } == 1)
    let halting = ProgressSink { _ in stop.stop() }
    #expect(throws: (any Error).self) {
      try FilmAnalyser().analyse(film, progress: halting, stop: stop)
    }
  }
}
