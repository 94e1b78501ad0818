import Foundations

/// A made-up program with one of everything, in the shape of the real one.
enum Sample {
  // Global options
  static let json = Option.flag(
    "json", "Answer in JSON: one object, or one a line.", category: Program.globalCategory)
  static let home = Option(
    "home", .path(.folder), "The library folder.", category: Program.globalCategory,
    defaultText: "./media_storage", environment: "MEDIARY_HOME")
  static let color = Option(
    "color", .choice(of: ColorChoice.self), "When to use colours.",
    placeholder: "WHEN", category: Program.globalCategory
  ).default(.auto, shownAs: "auto")
  static let quiet = Option.flag(
    "quiet", "Say nothing but errors.", short: "q", category: Program.globalCategory)
  static let logLevel = Option(
    "log-level", .choice(["debug", "info", "warning", "error"].map { .init($0) }),
    "How much to log.", category: Program.globalCategory, environment: "MEDIARY_LOG_LEVEL",
    setting: "log_level")

  // probe
  static let files = Argument("FILE", .path(.file), "What to look at.").many()

  // encode
  static let input = Argument("IN", .path(.file), "The video, or a folder of them.")
  static let output = Argument("OUT", .path(.file), "Where the result goes.")
  static let history = Option.flag("history", "Show what was encoded before.")
  static let inputUnlessHistory = input.unless(history)
  static let outputUnlessHistory = output.unless(history)
  static let svt = Option(
    "svt", .pair, "A parameter of the encoder, such as `tune=0`.", category: "Quality"
  ).repeated()
  static let crf = Option(
    "crf", .list(of: .integer(in: 1...63)), "One value, or one each for SD, HD and UHD.",
    category: "Quality")
  static let profile = Option(
    "profile", .choice(of: Profile.self) { $0.summary }, "A set of choices for a kind of film.",
    category: "Quality")
  static let jobs = Option(
    "jobs", .integer(in: 1...64), "How many segments at once.", short: "j",
    defaultText: "half the cores", setting: "parallel_jobs")
  static let hardware = Option.toggle(
    "hw-decode", "Decode with the graphics card.", defaultText: "where it is quicker")
  static let timeout = Option("timeout", .duration, "How long one segment may take.")
  static let largest = Option("max-size", .byteSize, "How large the result may become.")
  static let overwrite = Option.flag("overwrite", "Replace an existing result.", short: "f")
  static let secret = Option.flag("secret", "For tests of the tests.", isHidden: true)

  enum Profile: String, CaseIterable, Sendable {
    case normal, clean, grain
    var summary: String {
      switch self {
      case .normal: "for most films"
      case .clean: "for drawn pictures"
      case .grain: "keeps the grain of old film"
      }
    }
  }

  // write video
  static let frames = Option(
    "input", .path(.file), "Array of frames; `-` reads standard input.", short: "i",
    placeholder: "FILE|-"
  ).required()
  static let clip = Option("output", .path(.file), "Where the video goes.", short: "o").required()
  static let fps = Option("fps", .number(in: 0.001...1_000), "Frames a second.").default(24)
  static let layout = Option("layout", .choice(of: Layout.self), "The order of the array's axes.")
  static let range = Option("range", .numberRange, "The least and the greatest value.")
  static let title = Option("title", .text, "The title to be written into the file.")

  enum Layout: String, CaseIterable, Sendable { case THWC, CTHW }

  // worker
  static let kinds = Option("kinds", .text, "Take only jobs of these kinds.", placeholder: "KIND")
    .several()
  static let once = Option.flag("once", "End when nothing is left to do.")

  // config
  static let origin = Option.flag("origin", "Say for each value where it comes from.")
  static let key = Argument("KEY", .text, "Only this key.").optional()
  static let force = Option.flag("force", "Replace an existing file.")

  // copy, help
  static let sources = Argument("FROM", .path(.file), "What to copy.").many(atLeast: 2)
  static let target = Argument("TO", .path(.folder), "Where to.")
  static let shell = Argument(
    "SHELL", .choice(["bash", "zsh", "fish"].map { .init($0) }), "Your shell.")
  static let topic = Argument("COMMAND", .command, "The command to explain.").many(atLeast: 0)

  static let probe = CommandSpec(
    "probe", "Say what is in media files.",
    description: [
      "Reads container, streams, HDR metadata, chapters and tags, without decoding more than it "
        + "must. Several files give one line of JSON each with `--json`."
    ],
    arguments: [files],
    examples: [
      CommandExample("mediary probe clip.mp4", "Look at a file"),
      CommandExample(
        "mediary probe --json *.mkv | jq .format", "The container of each, for scripts"),
    ],
    seeAlso: ["write video"])

  static let encode = CommandSpec(
    "encode", "Make a video smaller and keep its quality.",
    description: [
      "The video is cut at its scenes, each is encoded to the same quality, and the result is "
        + "checked against the source. What was finished is kept when you stop it with Ctrl-C."
    ],
    arguments: [inputUnlessHistory, outputUnlessHistory],
    options: [
      jobs, overwrite, hardware, timeout, largest, history, secret, profile, crf, svt,
    ],
    examples: [
      CommandExample("mediary encode film.mkv small.mkv", "Encode with what fits most films"),
      CommandExample(
        "mediary encode film.mkv small.mkv --profile grain --svt tune=0", "Keep the grain"),
    ])

  static let writeVideo = CommandSpec(
    "video", "Write an array of frames as a video.",
    options: [frames, clip, fps, layout, range, title],
    examples: [
      CommandExample(
        "mediary write video --input frames.npy --output clip.mp4 --fps 24", "Save frames")
    ],
    seeAlso: ["probe"])
  static let writeImage = CommandSpec(
    "image", "Write an array as an image.", options: [frames, clip])

  static let program = Program(
    name: "mediary", version: "1.2.3", summary: "Save, know, process and encode media.",
    description: ["One program for a library of media files, on one machine or many."],
    options: [json, home, logLevel, color, quiet],
    groups: [
      .init(
        "Media",
        [
          probe, encode,
          CommandSpec(
            "write", "Write arrays as media files.", subcommands: [writeVideo, writeImage]),
          CommandSpec("copy", "Copy files into a folder.", arguments: [sources, target]),
        ]),
      .init(
        "Service",
        [
          CommandSpec("worker", "Take jobs and do them.", options: [once, kinds]),
          CommandSpec("ghost", "Nothing to see.", isHidden: true),
        ]),
      .init(
        "Housekeeping",
        [
          CommandSpec(
            "config", "Show, create and check the configuration.",
            subcommands: [
              CommandSpec("show", "Show what holds.", arguments: [key], options: [origin]),
              CommandSpec("init", "Write a file with every key explained.", options: [force]),
              CommandSpec("check", "Check the files."),
            ]),
          CommandSpec("completions", "Write completions for a shell.", arguments: [shell]),
          CommandSpec("help", "Explain a command.", arguments: [topic]),
        ]),
    ],
    notes: [
      .init("Files", ["`./media_storage` is the library, unless `--home` names another folder."])
    ])

  static func parse(_ words: String...) -> Parsing { program.parse(words.map { ArgumentWord($0) }) }

  /// The arguments of a command line that is right.
  static func arguments(_ words: String...) throws -> ParsedArguments {
    let outcome = program.parse(words.map { ArgumentWord($0) }).outcome
    guard case .run(let arguments) = try outcome.get() else { throw NotRun() }
    return arguments
  }

  /// The failure of a command line that is wrong.
  static func failure(_ words: String...) -> UsageFailure? {
    guard case .failure(let failure) = program.parse(words.map { ArgumentWord($0) }).outcome else {
      return nil
    }
    return failure
  }

  struct NotRun: Error {}
}
