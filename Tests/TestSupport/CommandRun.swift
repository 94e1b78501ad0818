import Foundation

/// A real program, run to its end; its output and status kept.
///
/// Written over Foundation on purpose: it checks our own child processes' work too, and must not
/// share their faults.
package struct CommandRun: Sendable {
  /// The exit status, or 128 and the signal's number.
  package let status: Int32
  package let stdout: String
  package let stderr: String

  /// Runs a program found on the PATH or by its path.
  package init(
    _ program: String, _ arguments: [String], input: String? = nil, folder: String? = nil,
    environment: [String: String] = [:]
  ) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files and not pipes: a pipe that nobody empties stops the child.
    let scratch = try TemporaryFolder()
    let (out, err) = (scratch.path + "/out", scratch.path + "/err")
    for path in [out, err] { try Data().write(to: URL(filePath: path)) }
    let outHandle = try FileHandle(forWritingTo: URL(filePath: out))
    let errHandle = try FileHandle(forWritingTo: URL(filePath: err))
    process.standardOutput = outHandle
    process.standardError = errHandle
    if let input {
      try Data(input.utf8).write(to: URL(filePath: scratch.path + "/in"))
      process.standardInput = try FileHandle(forReadingFrom: URL(filePath: scratch.path + "/in"))
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    try process.run()
    process.waitUntilExit()
    status =
      process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
    stdout = String(decoding: try Data(contentsOf: URL(filePath: out)), as: UTF8.self)
    stderr = String(decoding: try Data(contentsOf: URL(filePath: err)), as: UTF8.self)
  }

  /// Runs the `mediary` of this build.
  package static func mediary(
    _ arguments: [String], input: String? = nil, folder: String? = nil,
    environment: [String: String] = [:]
  ) throws -> CommandRun {
    try CommandRun(
      BuiltProducts.mediary, arguments, input: input, folder: folder, environment: environment)
  }

  /// The JSON objects on standard output, one a line or one over many lines.
  package func jsonLines() throws -> [[String: Any]] {
    try stdout.split(separator: "\n").map { line in
      guard
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      else { throw CommandRunError("not an object: \(line)") }
      return object
    }
  }
}

/// Something a test's helper program did not do.
package struct CommandRunError: Error, CustomStringConvertible {
  package let description: String
  /// An error that says so.
  package init(_ description: String) { self.description = description }
}

/// Where this build put its programs.
package enum BuiltProducts {
  /// The folder of the test bundle and of the executables beside it.
  package static var folder: String {
    // The runner is started as …/mediaryPackageTests.xctest; nothing else in its arguments ends so.
    let bundle = Swift.CommandLine.arguments.first { $0.hasSuffix(".xctest") }
    let path = bundle ?? ProcessInfo.processInfo.arguments[0]
    return URL(filePath: path).deletingLastPathComponent().path
  }

  /// The command under test.
  package static var mediary: String { folder + "/mediary" }
}
