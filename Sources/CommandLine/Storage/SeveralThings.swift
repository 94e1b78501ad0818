import Foundations

extension CommandContext {
  /// Does the same with each of several things: one that fails is told of, and the others go on.
  ///
  /// The status is that of the first failure. `name` is put beside an error where its message may
  /// not tell which thing it is about.
  func each<Thing>(
    _ things: [Thing], named name: (Thing) -> String? = { _ in nil },
    _ body: (Thing) throws -> Void
  ) throws -> ExitStatus {
    var status = ExitStatus.success
    for thing in things {
      do {
        try stop.check()
        try body(thing)
      } catch {
        let failure = error.asFailure
        // Nobody wants the rest.
        if failure.kind == .cancelled || failure.kind == .brokenPipe { throw failure }
        report(failure, about: name(thing))
        if status == .success { status = ExitStatus(failure) }
      }
    }
    return status
  }

  /// Tells what is strange and was done all the same.
  func warn(_ warnings: [String]) {
    guard !isQuiet, !isJSON else { return }
    for warning in warnings { err.say("\("warning", .warning): \(warning)") }
  }
}
