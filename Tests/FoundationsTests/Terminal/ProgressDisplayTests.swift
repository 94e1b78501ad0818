import Foundations
import Testing

@Suite("Progress bars")
struct ProgressDisplayTests {
  let time = ManualTime()

  @Test("A bar is full only when all is done, and never empty of columns")
  func bars() {
    func bar(_ fraction: Double, _ width: Int = 5) -> String {
      ProgressBar.filled(fraction, width: width, isUnicode: true).text
    }
    #expect(bar(0) == "─────")
    #expect(bar(0.1) == "╸────")
    #expect(bar(0.5) == "━━╸──")
    #expect(bar(0.999) == "━━━━╸")
    #expect(bar(1) == "━━━━━")
    #expect(bar(.nan) == "─────" && bar(7) == "━━━━━" && bar(-1) == "─────")
    #expect(bar(0.5, 0) == "" && bar(1, -3) == "" && bar(0.5, 0) == "")
    #expect(ProgressBar.filled(0.5, width: 5, isUnicode: false).text == "==---")
  }

  @Test("A bar has its width at every share and moment")
  func widths() {
    for width in 1...40 {
      for step in 0...100 {
        let share = Double(step) / 100
        for isUnicode in [true, false] {
          #expect(ProgressBar.filled(share, width: width, isUnicode: isUnicode).width == width)
          let wandering = ProgressBar.wandering(
            at: .milliseconds(step * 100), width: width, isUnicode: isUnicode)
          #expect(wandering.width == width)
        }
      }
    }
  }

  /// A display of frames, ten seconds into steady work.
  func display(_ title: String, total: Double? = 480, message: String = "") -> ProgressDisplay {
    let display = ProgressDisplay(title, time: time)
    for second in 0...10 {
      display.sink.report(ProgressUpdate(Double(second) * 24, of: total, .frames, message))
      if second < 10 { time.advance(by: .seconds(1)) }
    }
    return display
  }

  func line(_ display: ProgressDisplay, _ terminal: Terminal) -> String {
    display.lines(on: terminal, at: time.uptime).map(\.text).joined(separator: "|")
  }

  @Test("A line tells title, share, time left, rate and what is being done")
  func full() {
    let display = display("clip.mkv", message: "segment 3 of 12")
    #expect(
      line(display, .told(100))
        == "clip.mkv  ━━━━━━━━━━━━━━━───────────────   50%  10s left  24.0 fps  segment 3 of 12")
    #expect(
      line(display, .told(100, TestEnvironment.plain))
        == "clip.mkv  ===============---------------   50%  10s left  24.0 fps  segment 3 of 12")
    #expect(
      display.summary(at: time.uptime)?.text
        == "clip.mkv: 50%, 10s left, 24.0 fps, segment 3 of 12")
  }

  @Test("On a narrow terminal the less wanted goes first, and nothing passes the edge")
  func narrow() {
    let display = display("holiday/2026/clip.mkv", message: "segment 3 of 12")
    for width in 10...120 {
      let lines = display.lines(on: .told(width), at: time.uptime)
      #expect(lines.count == 1 && lines[0].width < width)
    }
    #expect(line(display, .told(30)) == "holid….mkv  ━━━━━╸─────   50%")
    #expect(line(display, .told(12)) == "holid….mkv…")
  }

  @Test("Work of unknown size has a wandering bar and tells its amount")
  func unknown() {
    let display = display("reading", total: nil)
    let text = line(display, .told(100))
    #expect(text.hasSuffix("  240 frames  24.0 fps"))
    #expect(!text.contains("%"))
    #expect(display.summary(at: time.uptime)?.text == "reading: 240 frames, 24.0 fps")
  }

  @Test("Hostile titles and messages are harmless")
  func hostile() {
    let display = display("\u{1B}[2J", message: "\u{1B}]0;x\u{7}")
    #expect(!line(display, .told(120)).contains("\u{1B}"))
    #expect(display.summary(at: time.uptime)?.text.contains("\u{1B}") == false)
  }

  @Test("Nothing reported is nothing to tell")
  func silent() {
    #expect(ProgressDisplay("x", time: time).summary(at: .zero) == nil)
  }
}
