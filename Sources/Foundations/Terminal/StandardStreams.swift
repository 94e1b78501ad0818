import Glibc

/// The process's own two streams: data goes to `out`, talk to `err`.
package struct StandardStreams: Sendable {
  /// Standard output.
  package let out: TextOutput
  /// Standard error.
  package let err: TextOutput

  /// Streams of one's own making, for tests and for embedding.
  package init(out: TextOutput, err: TextOutput) {
    self.out = out
    self.err = err
  }

  /// Descriptors 1 and 2.
  ///
  /// From here on the process ignores SIGPIPE: that a reader has gone is told by `write`, as a
  /// failure of kind `brokenPipe`. Who starts child processes gives them back the default.
  package static func ofProcess(
    environment: [String: String], color: ColorChoice = .auto
  ) -> StandardStreams {
    signal(SIGPIPE, SIG_IGN)
    let out = Terminal(descriptor: STDOUT_FILENO, environment: environment, color: color)
    let err = Terminal(descriptor: STDERR_FILENO, environment: environment, color: color)
    // Two terminals are taken for one and the same. If they are two, sharing costs a redraw.
    let screen = Screen()
    let screenOfOut = out.isInteractive && err.isInteractive ? screen : Screen()
    return StandardStreams(
      out: TextOutput(
        descriptor: STDOUT_FILENO, name: "standard output", terminal: out, screen: screenOfOut),
      err: TextOutput(
        descriptor: STDERR_FILENO, name: "standard error", terminal: err, screen: screen))
  }
}
