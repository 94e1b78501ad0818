import Foundations
import Synchronization
import TestSupport
import Testing

/// Lines that a test sets.
final class TestContent: LiveContent {
  private let shown = Mutex<[StyledText]>([])
  func set(_ lines: [String]) { shown.withLock { $0 = lines.map { StyledText($0) } } }
  func lines(on terminal: Terminal, at uptime: Duration) -> [StyledText] { shown.withLock { $0 } }
  func summary(at uptime: Duration) -> StyledText? { shown.withLock { $0.first } }
}

@Suite("Live regions")
struct LiveRegionTests {
  let time = ManualTime()
  let content = TestContent()

  func output(_ pipe: OutputPipe, _ terminal: Terminal) -> TextOutput {
    TextOutput(descriptor: pipe.writeEnd, name: "standard error", terminal: terminal)
  }

  /// What a person sees at the end of it all.
  func screen(_ output: String, _ columns: Int = 40, rows: Int = 24) -> ScreenModel {
    var screen = ScreenModel(columns: columns, rows: rows)
    screen.show(output)
    #expect(screen.unknown.isEmpty)
    return screen
  }

  func region(_ output: TextOutput, stop: StopFlag? = nil) -> LiveRegion {
    LiveRegion(content, on: output, time: time, stop: stop, patience: .zero)
  }

  @Test("A frame replaces the one before it, whether longer or shorter")
  func replaces() throws {
    let pipe = try OutputPipe()
    let region = region(output(pipe, .told(40)))
    for lines in [["one", "two", "three"], ["a much longer line", "2"], ["1", "2", "3", "4"]] {
      content.set(lines)
      region.refresh()
      time.advance(by: .milliseconds(100))
    }
    region.finish(keeping: true)
    let screen = screen(pipe.finish())
    #expect(screen.text == ["1", "2", "3", "4"])
    #expect(screen.isCursorVisible)
  }

  @Test("Other output stands above the region, in order and whole")
  func above() throws {
    let pipe = try OutputPipe()
    let output = output(pipe, .told(40))
    let region = region(output)
    content.set(["50%", "still going"])
    region.refresh()
    try output.write("first message")
    try output.write(["second", "third"])
    region.finish(keeping: true)
    #expect(
      screen(pipe.finish()).text == ["first message", "second", "third", "50%", "still going"])
  }

  @Test("A region that is not kept leaves no trace")
  func traceless() throws {
    let pipe = try OutputPipe()
    let output = output(pipe, .told(40))
    let region = region(output)
    content.set(["50%", "going"])
    region.refresh()
    try output.write("message")
    region.finish(keeping: false)
    region.finish(keeping: true)
    try output.write("after")
    #expect(screen(pipe.finish()).text == ["message", "after"])
  }

  @Test("The last state is drawn at the end, however soon it came")
  func lastState() throws {
    let pipe = try OutputPipe()
    let region = region(output(pipe, .told(40)))
    content.set(["0%"])
    region.refresh()
    content.set(["100%"])
    region.refresh()
    region.finish(keeping: true)
    #expect(screen(pipe.finish()).text == ["100%"])
  }

  @Test("Frames are drawn no more often than the interval allows")
  func rate() throws {
    let pipe = try OutputPipe()
    let region = region(output(pipe, .told(40)))
    for frame in 0..<1_000 {
      content.set(["frame \(frame)"])
      region.refresh()
      time.advance(by: .milliseconds(1))
    }
    region.finish(keeping: false)
    #expect(pipe.finish().split(separator: "frame ").count - 1 == 10)
  }

  @Test("Work that ends before the first frame is due writes nothing")
  func brief() throws {
    let pipe = try OutputPipe()
    let region = LiveRegion(content, on: output(pipe, .told(40)), time: time)
    content.set(["1%"])
    region.refresh()
    time.advance(by: .milliseconds(299))
    region.refresh()
    region.finish(keeping: true)
    #expect(pipe.finish() == "")
  }

  @Test("The cursor comes back when the work is stopped, and when the region is let go")
  func cursor() throws {
    let pipe = try OutputPipe()
    let stop = StopFlag()
    let stopped = region(output(pipe, .told(40)), stop: stop)
    content.set(["50%"])
    stopped.refresh()
    stop.stop(.signal(2))
    stopped.refresh()
    let first = pipe.finish()
    #expect(first.contains("\u{1B}[?25l"))
    #expect(screen(first).isCursorVisible && screen(first).text == ["50%"])
    let second = try OutputPipe()
    do {
      let forgotten = region(output(second, .told(40)))
      forgotten.refresh()
    }
    let written = second.finish()
    #expect(written.contains("\u{1B}[?25l") && screen(written).isCursorVisible)
  }

  @Test("Lines are cut to the window's width and rows, and no line reaches the last column")
  func clipped() throws {
    let pipe = try OutputPipe()
    let region = region(output(pipe, .told(20, rows: 4)))
    content.set((0..<9).map { "\($0) 日本語日本語日本語日本語" })
    region.refresh()
    time.advance(by: .seconds(1))
    region.refresh()
    region.finish(keeping: true)
    let text = screen(pipe.finish(), 20, rows: 4).text
    #expect(text.count == 3)
    #expect(text.allSatisfy { $0.displayWidth <= 19 && $0.hasSuffix("…") })
  }

  @Test("When the window narrows, the frame that was broken anew is taken away whole")
  func narrowed() throws {
    let pipe = try OutputPipe()
    let size = Mutex(TerminalSize(columns: 40, rows: 24))
    let terminal = Terminal(isInteractive: true, environment: TestEnvironment.modern) {
      size.withLock { $0 }
    }
    let region = region(output(pipe, terminal))
    content.set([String(repeating: "x", count: 39), "tail"])
    region.refresh()
    size.withLock { $0 = TerminalSize(columns: 20, rows: 24) }
    time.advance(by: .seconds(1))
    content.set(["done"])
    region.refresh()
    // Ended before the pipe is closed: what it writes later would go to whoever has the number then.
    region.finish(keeping: true)
    // The long line now stands on two rows, so three in all: two up from the last.
    #expect(pipe.finish().contains("\r\u{1B}[2Adone"))
  }

  @Test("Off a terminal plain lines are written, seldom, and only when they differ")
  func plain() throws {
    let pipe = try OutputPipe()
    let region = LiveRegion(content, on: output(pipe, .file), time: time)
    for step in 0...60 {
      content.set(["\(min(step, 25)) of 60", "second line"])
      region.refresh()
      time.advance(by: .seconds(1))
    }
    content.set(["60 of 60"])
    region.finish(keeping: true)
    #expect(pipe.finish() == "10 of 60\n20 of 60\n25 of 60\n60 of 60\n")
  }

  @Test("Two streams of one screen do not draw over each other", .timeLimit(.minutes(5)))
  func realTerminal() throws {
    let pty = try PseudoTerminal(columns: 40, rows: 24)
    let terminal = Terminal(descriptor: pty.inner, environment: TestEnvironment.modern)
    let output = TextOutput(descriptor: pty.inner, name: "terminal", terminal: terminal)
    let region = region(output)
    content.set(["bar"])
    region.refresh()
    output.say("message")
    #expect(screen(pty.drain()).text == ["message", "bar"])
    #expect(!screen(pty.drain()).isCursorVisible)
    region.finish(keeping: true)
    #expect(screen(pty.drain()).text == ["message", "bar"])
    #expect(screen(pty.drain()).isCursorVisible)
  }

  @Test("It draws by itself until it is cancelled", .timeLimit(.minutes(5)))
  func runs() async throws {
    let pipe = try OutputPipe()
    let region = region(output(pipe, .told(40)))
    content.set(["one"])
    let runner = Task { await region.run() }
    await time.waitForSleepers(1)
    content.set(["two"])
    time.advance(by: .milliseconds(100))
    await time.waitForSleepers(1)
    runner.cancel()
    await runner.value
    region.finish(keeping: false)
    let written = pipe.finish()
    #expect(written.contains("one") && written.contains("two"))
    #expect(screen(written).text.isEmpty)
  }

  @Test("Whatever is drawn and written, the screen shows all output and then the frame")
  func property() throws {
    var random = Seeded()
    for _ in 0..<40 {
      let pipe = try OutputPipe()
      let columns = Int.random(in: 12...50, using: &random)
      let output = output(pipe, .told(columns, rows: 30))
      let region = region(output)
      var written: [String] = []
      var frame: [String] = []
      for step in 0..<Int.random(in: 1...30, using: &random) {
        if Bool.random(using: &random) {
          frame = (0..<Int.random(in: 1...6, using: &random)).map { "\($0) 日本 \(step)" }
          content.set(frame)
          region.refresh()
        } else {
          written.append("line \(step)")
          output.say(StyledText("line \(step)"))
        }
        time.advance(by: .milliseconds(100))
      }
      region.finish(keeping: true)
      let screen = screen(pipe.finish(), columns, rows: 30)
      #expect(screen.text == written + frame, "SEED=\(random.seed)")
      #expect(screen.isCursorVisible, "SEED=\(random.seed)")
    }
  }
}
