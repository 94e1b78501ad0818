import Foundations

/// The options that every command takes.
enum GlobalOptions {
  static let json = Option.flag(
    "json", "Answer in JSON: one object, or a line of JSON for each.",
    category: Program.globalCategory)

  static let home = Option(
    "home", .path(.folder), "The library folder.", placeholder: "DIR",
    category: Program.globalCategory, defaultText: "./media_storage",
    environment: "MEDIARY_HOME", setting: "home")

  static let config = Option(
    "config-file", .path(.file), "Read this configuration and no other.", placeholder: "FILE",
    category: Program.globalCategory, environment: "MEDIARY_CONFIG")

  static let color = Option(
    "color", .choice(of: ColorChoice.self), "When to use colours.", placeholder: "WHEN",
    category: Program.globalCategory
  ).default(.auto, shownAs: "auto")

  static let quiet = Option.flag(
    "quiet", "Say nothing but errors.", short: "q", category: Program.globalCategory)

  static let logLevel = Option(
    "log-level", .choice(of: LogLevel.self), "Show log lines from this level up.",
    placeholder: "LEVEL", category: Program.globalCategory, defaultText: "warning",
    environment: "MEDIARY_LOG_LEVEL", setting: "log_level")

  static let all: [any OptionKey] = [json, home, config, color, quiet, logLevel]
}
