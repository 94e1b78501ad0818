import Foundations
import Media
do {
  for a in Swift.CommandLine.arguments.dropFirst() {
    let r = try MediaProbe.examine(.file(FilePath(a)))
    print(r.json.text(.indented))
  }
} catch { print(error) }
