import Foundation
import Foundations
import Media
import Synchronization
import TestSupport
import Testing

@Suite("libav") struct LibAVTests {
  @Test("all its libraries are found, and fit")
  func libraries() {
    let libraries = LibAV.libraries()
    #expect(
      libraries.map { $0.file.split(separator: ".").first.map(String.init) } == [
        "libavutil", "libswresample", "libavcodec", "libavformat", "libswscale", "libavfilter",
      ])
    for library in libraries {
      #expect(library.found != nil, "\(library.file)")
      #expect(library.isCompatible, "\(library.file)")
    }
  }

  @Test("what it has is known by name")
  func names() {
    #expect(LibAV.hasDecoder("h264") && LibAV.hasDecoder("libdav1d"))
    #expect(LibAV.hasEncoder("libx264") && LibAV.hasEncoder("libopus"))
    #expect(LibAV.hasFilter("zscale") && LibAV.hasFilter("crop"))
    #expect(
      !LibAV.hasDecoder("nosuch") && !LibAV.hasEncoder("nosuch") && !LibAV.hasFilter("nosuch"))
  }

  @Test("values can be asked before anything was opened")
  func valuesFirst() async {
    await #expect(processExitsWith: .success) {
      guard PixelFormat.yuv420p10.name == "yuv420p10le", PixelFormat.rgba.hasAlpha,
        SampleFormat.float.name == "flt", Colour.bt709.matrixName == "bt709",
        PixelFormat.yuv420p.planes == 3,
        MediaTime(ticks: 5, timebase: Rational(1, 2)).rescaled(to: Rational(1, 3)).ticks == 8
      else { fatalError("a value without its meaning") }
    }
  }

  /// Something that libav refuses with a line in its log.
  private static func refusedWithLine() -> MediaFailure? {
    let form = PictureForm(width: 64, height: 64, format: .yuv420p, colour: .bt709)
    do throws(MediaFailure) {
      _ = try VideoEncoder.open(
        VideoEncoderSettings(
          codec: "libx264", form: form, timebase: Rational(1, 25), options: [("profile", "warp")]))
      return nil
    } catch {
      return error
    }
  }

  /// Something that libav refuses without a word.
  private static func refusedInSilence() -> MediaFailure? {
    do throws(MediaFailure) {
      _ = try AudioFrame.make(samples: 0, format: .int16, layout: .mono, sampleRate: 8_000)
      return nil
    } catch {
      return error
    }
  }

  @Test("a failure holds the operation, the thing, libav's number and its last line")
  func failure() throws {
    let failure = try #require(Self.refusedWithLine())
    #expect(failure.message.contains("open the encoder libx264"))
    #expect(failure.libavNumber == -EINVAL)
    let line = try #require(failure.libavLog)
    #expect(line.hasPrefix("libx264: "))
    #expect(line.contains("warp"))
    #expect(!line.contains("0x") && !line.contains("\n"))
    #expect(failure.message.contains(line))
  }

  @Test("an older line of the same thread is not quoted")
  func olderLine() throws {
    #expect(Self.refusedWithLine()?.libavLog != nil)
    let silent = try #require(Self.refusedInSilence())
    #expect(silent.libavLog == nil)
    #expect(silent.libavNumber < 0)
  }

  @Test("a line of another thread is not quoted", .timeLimit(.minutes(5)))
  func otherThread() throws {
    let others = Mutex<[MediaFailure?]>([])
    for _ in 0..<20 {
      // On a thread of its own, and while this one waits: its line is younger than any of ours.
      let done = DispatchSemaphore(value: 0)
      Thread.detachNewThread {
        let failure = Self.refusedWithLine()
        others.withLock { $0.append(failure) }
        done.signal()
      }
      done.wait()
      let silent = try #require(Self.refusedInSilence())
      #expect(silent.libavLog == nil)
    }
    #expect(others.withLock { $0.allSatisfy { $0?.libavLog != nil } })
  }

  @Test("nothing is printed to the terminal, whatever libav and its encoders have to say")
  func quiet() async {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardErrorContent, \.standardOutputContent]
    ) {
      for codec in ["libx264", "libx265", "libsvtav1", "libvpx-vp9", "libaom-av1"] {
        var film = ClipFilm()
        film.form.width = 64
        film.form.height = 64
        (film.codec, film.options, film.frames) = (codec, [], 3)
        try film.write(to: .bytes(MemoryByteSink(name: "clip.mkv")))
      }
      let noise = (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 37) }
      _ = try? Demuxer.open(.memory(noise, name: "noise.mp4"))
    }
    for content in [result?.standardErrorContent, result?.standardOutputContent] {
      let text = String(decoding: content ?? [], as: UTF8.self)
      for word in ["x264", "x265", "Svt", "SVT", "vpx", "@ 0x"] {
        #expect(!text.contains(word), "\(text)")
      }
    }
  }
}
