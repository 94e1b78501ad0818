import Foundations
import TestSupport

/// A small table of settings with one of every shape.
enum SampleSettings {
  enum Acceleration: String, CaseIterable { case auto, none, vaapi }

  static let parallelJobs = SettingKey(
    "parallel_jobs", .whole(1...8), default: 4, defaultNote: "half of the cores",
    help: "How many jobs run side by side.", flag: "--jobs")
  static let hardware = SettingKey(
    "hardware_accel", .choice, default: Acceleration.auto, help: "What decodes.", flag: "--accel")
  static let temporary = SettingKey(
    "temp_dir", SettingType<FilePath>.path, example: "/var/tmp",
    help: "Where unfinished files lie.")
  static let cacheSize = SettingKey(
    "cache_size", .size(.megabytes(1)...(.gigabytes(100))), default: .gigabytes(10),
    help: "The largest cache.")
  static let listen = SettingKey(
    "server.listen", .text, default: "127.0.0.1:8080", help: "Where the server listens.",
    flag: "--listen")
  static let timeout = SettingKey(
    "server.timeout", .duration(.seconds(1)...(.seconds(3_600))), default: .seconds(30),
    help: "How long a request may take.")
  static let hosts = SettingKey(
    "server.allowed_hosts", .list, default: ["localhost"], help: "Names the server answers to.",
    flag: "--host")
  static let cors = SettingKey("server.cors", .bool, default: false, help: "Whether CORS is on.")
  static let secret = SettingKey(
    "s3.secret_key", SettingType<String>.text, example: "…", help: "The key.", isSecret: true)
  static let quality = SettingKey(
    "quality", .number(0...100), default: 93.5, help: "The quality that is aimed at.")

  static let schema = SettingSchema(
    [
      parallelJobs.spec, hardware.spec, temporary.spec, cacheSize.spec, listen.spec, timeout.spec,
      hosts.spec, cors.spec, secret.spec, quality.spec,
    ], otherVariables: ["MEDIARY_HOME", "MEDIARY_CHILD"])

  /// The configuration that follows from a project's file alone.
  static func load(
    _ text: String, _ change: (inout ConfigurationSources) -> Void = { _ in }
  ) throws -> Configuration {
    let folder = try TemporaryFolder()
    try folder.write("mediary.toml", text.utf8)
    var sources = ConfigurationSources(folder: FilePath(folder.path))
    change(&sources)
    return try Configuration.load(schema, from: sources)
  }

  /// The failure that a project's file leads to; nil where it is right.
  static func failure(
    _ text: String, _ change: (inout ConfigurationSources) -> Void = { _ in }
  ) throws -> ConfigurationFailure? {
    do {
      _ = try load(text, change)
      return nil
    } catch let failure as ConfigurationFailure {
      return failure
    }
  }
}

extension ConfigurationProblem {
  /// The description with only the file's name where its path stands.
  var shortDescription: String {
    guard case .line(let path, _, _) = place else { return description }
    return description.replacing(path.text, with: path.name)
  }
}
