import Foundations
import Media
package func demo() {
  let t = Terminal(
    descriptor: 1, environment: ["LANG": "C.UTF-8", "TERM": "xterm-256color"], color: .always)
  for a in Swift.CommandLine.arguments.dropFirst(1) {
    do {
      let r = try MediaProbe.examine(.file(FilePath(a)))
      for l in ReportText(r, showsTags: true).lines { print(t.render(l)) }
    } catch { print(error) }
  }
}
