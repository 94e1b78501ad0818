import Glibc
import Foundations
import Media
for a in Swift.CommandLine.arguments.dropFirst(3) {
  do {
    let r = try MediaProbe.examine(.file(FilePath(a)))
    print(r.json.text())
  } catch { print("{\"path\":\"x\",\"error\":\"\(error)\"}") }
}
