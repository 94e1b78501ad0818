import Foundation

/// The commands that a document shows, with what it says they print.
///
/// In its blocks marked `console`, a line after `$ ` is a command and the lines below it are its
/// output. In those `…` stands for anything in a line, and alone for any lines.
package struct DocumentSession {
  /// One command and its shown output.
  package struct Step {
    package let command: String
    package var output: [String] = []
  }

  package private(set) var steps: [Step] = []

  /// Reads a document.
  package init(_ text: String) {
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        isInside = line == "```console"
      } else if isInside, line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2))))
      } else if isInside, let last = steps.indices.last {
        steps[last].output.append(line)
      }
    }
  }

  /// Runs all of it in one shell, in a folder; gives what went otherwise than shown.
  package func run(in folder: TemporaryFolder) throws -> [String] {
    var script = "exec 2>&1\n"
    for (number, step) in steps.enumerated() {
      script += "\(step.command)\necho \"\n@@@ \(number) $?\"\n"
    }
    let shell = try CommandRun(
      "bash", [try folder.write("session.sh", script.utf8)], folder: folder.path,
      environment: ["PATH": BuiltProducts.folder + ":/usr/bin:/bin", "NO_COLOR": "1"])
    var faults: [String] = []
    var printed: [String] = []
    var next = 0
    for line in shell.stdout.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("@@@ ") else {
        printed.append(String(line))
        continue
      }
      // The line before the mark is the mark's own.
      while printed.last == "" { printed.removeLast() }
      faults += Self.faults(of: steps[next], printed, String(line.split(separator: " ")[2]))
      printed = []
      next += 1
    }
    if next < steps.count { faults.append("ended at: \(steps[next].command)\n\(shell.stdout)") }
    return faults
  }

  private static func faults(of step: Step, _ printed: [String], _ status: String) -> [String] {
    let text = printed.joined(separator: "\n")
    guard status == "0" else { return ["\(step.command) ended with \(status): \(text)"] }
    var wanted = step.output
    while wanted.last == "" { wanted.removeLast() }
    if wanted.isEmpty || fits(wanted[...], printed[...]) { return [] }
    return ["\(step.command)\nprinted\n\(text)\nand should have\n\(wanted.joined(separator: "\n"))"]
  }

  private static func fits(_ wanted: ArraySlice<String>, _ printed: ArraySlice<String>) -> Bool {
    guard let first = wanted.first else { return printed.isEmpty }
    if first == "…" {
      return (0...printed.count).contains { fits(wanted.dropFirst(), printed.dropFirst($0)) }
    }
    guard let line = printed.first, fits(first, line) else { return false }
    return fits(wanted.dropFirst(), printed.dropFirst())
  }

  private static func fits(_ wanted: String, _ line: String) -> Bool {
    var rest = line[...]
    let parts = wanted.split(separator: "…", omittingEmptySubsequences: false)
    for (place, part) in parts.enumerated() {
      if place == 0 {
        guard rest.hasPrefix(part) else { return false }
        rest = rest.dropFirst(part.count)
      } else if place == parts.count - 1 {
        return rest.hasSuffix(part)
      } else {
        guard let found = rest.range(of: part) else { return false }
        rest = rest[found.upperBound...]
      }
    }
    return rest.isEmpty
  }
}
