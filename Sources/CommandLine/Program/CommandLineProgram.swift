import Engine
package import Foundations

/// The command line as a whole: from the words typed to the exit status.
package enum CommandLineProgram {
  /// Runs one command line and answers with the process's exit status.
  package static func run(_ words: [ArgumentWord], environment: [String: String]) -> Int32 {
    let program = CommandTable.program
    let parsing = program.parse(words)
    let globals = parsing.globals
    let context = CommandContext(
      program: program,
      streams: .ofProcess(environment: environment, color: globals[GlobalOptions.color]),
      environment: environment, stop: StopFlag(), isJSON: globals[GlobalOptions.json],
      isQuiet: globals[GlobalOptions.quiet],
      sources: sources(parsing, globals[GlobalOptions.config], environment))
    do {
      let watch = try SignalWatch(raising: context.stop)
      defer { watch.end() }
      return try start(parsing, context).number
    } catch {
      let failure = error.asFailure
      context.report(failure)
      return ExitStatus(failure).number
    }
  }

  private static func sources(
    _ parsing: Parsing, _ file: FilePath?, _ environment: [String: String]
  ) -> ConfigurationSources {
    var flags: [ConfigurationSources.Flag] = []
    if case .success(.run(let arguments)) = parsing.outcome {
      let settings = arguments.settings
      for name in Set(settings.compactMap(\.setting)).sorted() {
        let given = settings.filter { $0.setting == name }
        flags.append(
          ConfigurationSources.Flag(
            setting: name, name: "--\(given[0].name)", values: given.map(\.text)))
      }
    }
    return ConfigurationSources(flags: flags, environment: environment, file: file)
  }

  private static func start(_ parsing: Parsing, _ context: CommandContext) throws -> ExitStatus {
    switch try parsing.outcome.get() {
    case .help(let place):
      try context.out.write(
        context.program.help(for: place, width: context.out.terminal.width))
      return .success
    case .version:
      try context.out.write(data: "\(context.program.name) \(context.program.version)")
      return .success
    case .run(let arguments):
      guard let command = CommandTable.command(at: arguments.path) else {
        preconditionFailure("the table has no code for \(arguments.path)")
      }
      return try command.run(arguments, context)
    }
  }
}
