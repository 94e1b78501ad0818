/// A shell that completions are written for.
package enum Shell: String, Sendable, CaseIterable {
  case bash, zsh, fish
}

extension Program {
  /// A script that teaches a shell to complete this program's command lines.
  ///
  /// It holds the whole table and starts no process, so that a press of the key is answered at
  /// once. It is to be read by the shell (`source`), or put where the shell looks for it.
  package func completions(for shell: Shell) -> String {
    let table = CompletionTable(self)
    return switch shell {
    case .bash: BashCompletions(table).script()
    case .zsh: ZshCompletions(table).script()
    case .fish: FishCompletions(table).script()
    }
  }
}
