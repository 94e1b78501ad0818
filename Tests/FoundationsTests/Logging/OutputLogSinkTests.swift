import Foundations
import Glibc
import TestSupport
import Testing

@Suite("The log on a stream")
struct OutputLogSinkTests {
  private func lines(_ format: LogFormat, _ body: (Logger) -> Void) throws -> [String] {
    let folder = try TemporaryFolder()
    let path = FilePath(folder("out"))
    let file = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_APPEND)
    let terminal = Terminal(descriptor: file.number, environment: [:], color: .auto)
    let output = TextOutput(descriptor: file.number, name: "a file", terminal: terminal)
    body(Logger(to: OutputLogSink(output, format: format), time: ManualTime()))
    let text = String(decoding: try SmallFile.read(path, limit: 1 << 24), as: UTF8.self)
    #expect(text.hasSuffix("\n"))
    return text.split(separator: "\n").map(String.init)
  }

  @Test("lines are written in the form asked for")
  func forms() throws {
    let text = try lines(.text) { $0.info("a\nb", ["n": 1]) }
    #expect(text == ["2026-01-01T00:00:00.000Z info    a\\nb n=1"])
    let json = try lines(.json) { $0.info("a\nb", ["n": 1]) }
    #expect(json == [#"{"time":"2026-01-01T00:00:00.000Z","level":"info","message":"a\nb","n":1}"#])
  }

  @Test("lines of many threads stay whole")
  func concurrent() throws {
    let written = try lines(.json) { log in
      withThreads(8) { thread in
        for number in 0..<200 {
          log.with(["thread": .int(thread)]).info("line", ["number": .int(number)])
        }
      }
    }
    #expect(written.count == 1_600)
    #expect(Set(written).count == 1_600)
    #expect(written.allSatisfy { (try? JSONReader.read($0)) != nil })
  }

  @Test("a stream that nobody reads stops no work")
  func brokenPipe() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    let terminal = Terminal(descriptor: ends[1], environment: [:], color: .auto)
    let output = TextOutput(descriptor: ends[1], name: "a pipe", terminal: terminal)
    for format in LogFormat.allCases {
      Logger(to: OutputLogSink(output, format: format), time: ManualTime()).error("unheard")
    }
    close(ends[1])
  }
}
