import Foundation
import TestSupport
import Testing

@Suite("What is made from the table of commands")
struct TableDocumentTests {
  @Test("docs/cli.md is the reference that the program prints")
  func reference() throws {
    let run = try CommandRun.mediary(["help", "--markdown"])
    #expect(run.status == 0)
    let difference = try Golden.difference("docs/cli.md", run.stdout, root: Golden.root)
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test("the manual page is one that man shows without a warning")
  func manual() throws {
    let folder = try TemporaryFolder()
    let page = try CommandRun.mediary(["help", "--man"])
    let path = try folder.write("mediary.1", page.stdout.utf8)
    let shown = try CommandRun(
      "man", ["--warnings", "-l", path], environment: ["MANPAGER": "cat", "MANWIDTH": "80"])
    #expect(shown.status == 0 && shown.stderr.isEmpty, "\(shown.stderr)")
    #expect(shown.stdout.contains("mediary probe"))
  }

  @Test(
    "completions are scripts their shells read, and complete a command",
    arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let script = try CommandRun.mediary(["completions", shell])
    #expect(script.status == 0)
    let folder = try TemporaryFolder()
    let path = try folder.write("completions", script.stdout.utf8)
    let check = try CommandRun(shell, ["-n", path])
    #expect(check.status == 0, "\(check.stderr)")
    #expect(script.stdout.contains("probe"))
  }
}
