package import Foundations
package import Library
package import Runs

/// Every setting of Mediary: the one table behind the configuration file, the environment, the
/// flags, `config show`, `config init` and the documents.
///
/// A setting is added with the first thing it does; one that has no effect would be a lie.
package enum MediarySettings {
  package static let home = SettingKey(
    "home", .path, default: "media_storage",
    help: "The library folder: blobs, runs, catalogue and all that belongs to them.",
    flag: "--home")

  package static let temporaryFolder = SettingKey(
    "temp_dir", .path, default: FilePath(ProcessEnvironment.all["TMPDIR"] ?? "/tmp"),
    defaultNote: "TMPDIR, or /tmp",
    help: "The folder for files that need not outlive a command.")

  package static let parallelJobs = SettingKey(
    "parallel_jobs", .whole(1...Machine.cores), default: max(1, Machine.cores / 2),
    defaultNote: "half of the cores",
    help: "How many files or jobs are worked on at once, up to the number of cores.",
    flag: "--jobs")

  package static let hardwareAcceleration = SettingKey(
    "hardware_accel", .choice, default: HardwareAcceleration.none,
    help: "The hardware that decodes video. `none` leaves it to the processor, `auto` takes what "
      + "`mediary doctor` finds; for any other the doctor says whether it can be opened.")

  package static let ffmpeg = SettingKey(
    "ffmpeg", .path, example: FilePath("/opt/ffmpeg/bin/ffmpeg"),
    help:
      "The ffmpeg that encodes AV1 and measures quality. Where it is not set, one of `PATH` that "
      + "has a recent SVT-AV1 and libvmaf, else the one in `.tools`.")

  package static let logLevel = SettingKey(
    "log_level", .choice, default: LogLevel.warning,
    help: "The least of the levels whose log lines are shown on standard error.",
    flag: "--log-level")

  package static let logFormat = SettingKey(
    "log_format", .choice, default: LogFormat.text,
    help: "The form of log lines on standard error; with `--json` it is always `json`.")

  package static let logFile = SettingKey(
    "log_file", .path, example: FilePath("mediary.log"),
    help: "A file that takes every line from `debug` up as JSON, rotated before it grows large.")

  package static let durability = SettingKey(
    "durability", .choice, default: Durability.durable,
    help: "Whether what was added survives a power cut once it is told to be in. `relaxed` is "
      + "faster, and for what can be made again.")

  package static let quota = SettingKey(
    "quota", .size(), example: ByteSize.gigabytes(500),
    help: "How many bytes all content may have, the trash included. What would go past is refused "
      + "before a byte is written.")

  package static let userQuota = SettingKey(
    "user_quota", .size(), example: ByteSize.gigabytes(50),
    help: "How many bytes the content of one user may have.")

  package static let largestContent = SettingKey(
    "largest_content", .size(), example: ByteSize.gigabytes(100),
    help: "How many bytes one content may have.")

  package static let likeness = SettingKey(
    "likeness", .choice, default: LibrarySettings.Looking.atOnce,
    help: "When it is looked what a picture or film looks like, for finding its like: `at_once` "
      + "while it is taken in, `later` by `mediary library gc`.")

  package static let sweepGrace = SettingKey(
    "sweep_grace", .duration(), default: .seconds(86_400),
    help: "How long content that nothing refers to is kept all the same.")

  package static let runFiles = SettingKey(
    "run_files", .choice, default: RunFiles.auto,
    help:
      "How a run's files share their content with the library: `reflink`, `link` (who writes to "
      + "such a file damages the content), `copy`, or the cheapest that the disk can.")

  package static let jobLease = SettingKey(
    "job_lease", .duration(jobLeases), default: .seconds(30),
    help: "How long a job stays its worker's without a sign of life, and so how long it lies after "
      + "the worker died.")

  package static let workerSlots = SettingKey(
    "worker_slots", .whole(1...1_024), example: 2,
    help: "How many jobs a worker does at once; where it is not set, as `parallel_jobs` says.",
    flag: "--slots")

  package static let notifyWebhook = SettingKey(
    "notify_webhook", .text, example: "https://example.org/hooks/encodes",
    help: "An address that is told of encodes: a POST of JSON.", isSecret: true)

  package static let notifyWebhookSecret = SettingKey(
    "notify_webhook_secret", .text, example: "a long random text",
    help: "What the webhook's bodies are signed with, in X-Mediary-Signature.", isSecret: true)

  package static let notifyNtfy = SettingKey(
    "notify_ntfy", .text, example: "https://ntfy.sh/my-topic",
    help: "A topic of ntfy that is told of encodes. Who knows its name can read it.",
    isSecret: true)

  package static let notifyNtfyToken = SettingKey(
    "notify_ntfy_token", .text, example: "tk_…",
    help: "The access token of a topic that not everybody may write to.", isSecret: true)

  package static let notifyOn = SettingKey(
    "notify_on", .choice, default: NoticeOccasion.both,
    help: "Which encodes are told of: those that `finished`, those that `failed`, or `both`.")

  /// Shorter ones would be lost to a busy disk, longer ones would hold work up for too long.
  package static let jobLeases: ClosedRange<Duration> = .seconds(1) ... .seconds(86_400)

  /// The hardware that video can be decoded by.
  package enum HardwareAcceleration: String, Sendable, CaseIterable {
    case none, auto, vaapi, cuda, qsv, vdpau, drm, vulkan, opencl
  }

  /// The table.
  package static let schema = SettingSchema(
    [
      home.spec, temporaryFolder.spec, parallelJobs.spec, hardwareAcceleration.spec,
      ffmpeg.spec, logLevel.spec, logFormat.spec, logFile.spec, durability.spec, quota.spec,
      userQuota.spec,
      largestContent.spec, likeness.spec, sweepGrace.spec, runFiles.spec, jobLease.spec,
      workerSlots.spec, notifyWebhook.spec, notifyWebhookSecret.spec, notifyNtfy.spec,
      notifyNtfyToken.spec, notifyOn.spec,
    ],
    // What our own child processes carry, and what a test run sets.
    otherVariables: ["MEDIARY_CHILD"])
}
