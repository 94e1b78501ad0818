import Engine
import Foundations
import TestSupport
import Testing

@Suite("The names of a folder's outputs")
struct OutputNamesTests {
  private func names(_ films: [String], ending: String = "mkv") -> [String] {
    OutputNames.names(of: films.map { FilePath($0) }, ending: ending).map(\.text)
  }

  @Test("are the films' own with the container's ending, in the same folders")
  func plain() {
    #expect(
      names(["a.avi", "b/c.d.mp4", "b/.e", "no ending", "f.mkv"])
        == ["a.mkv", "b/c.d.mkv", "b/.e.mkv", "no ending.mkv", "f.mkv"])
    #expect(names(["a.mkv"], ending: "webm") == ["a.webm"])
  }

  @Test("keep the old ending where two films would have one name")
  func clashes() {
    #expect(names(["a.mkv", "a.mp4"]) == ["a.mkv", "a.mp4.mkv"])
    #expect(names(["b.avi", "b.mp4"]) == ["b.avi.mkv", "b.mp4.mkv"])
    #expect(names(["x/a.avi", "y/a.mp4"]) == ["x/a.mkv", "y/a.mkv"])
    #expect(names(["b.avi", "b.mp4", "b.mp4.mkv"]) == ["b.avi.mkv", "b.mp4.2.mkv", "b.mp4.mkv"])
  }

  @Test("are as many as the films, and no two are one, whatever the films are called")
  func distinct() {
    var random = Seeded()
    for round in 0..<300 {
      var films: Set<String> = []
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let parts = (0...Int.random(in: 0...3, using: &random)).map { _ in
          ["a", "b", "mkv", "mp4", "2"].randomElement(using: &random) ?? "a"
        }
        films.insert(parts.joined(separator: "."))
      }
      let sorted = films.sorted()
      let names = names(sorted)
      #expect(names.count == sorted.count, "SEED=\(random.seed) round \(round): \(sorted)")
      #expect(Set(names).count == names.count, "SEED=\(random.seed) round \(round): \(sorted)")
      #expect(names.allSatisfy { $0.hasSuffix(".mkv") })
    }
  }
}
