import Testing

@Suite("The floors of the house")
struct FloorTests {
  /// The floor of each target; docs/architecture.md draws them.
  private static let floors: [String: Int] = [
    "CSystem": 0, "CFFmpeg": 0, "CPixels": 0, "CTurboJPEG": 0, "CCrypto": 0, "CZlib": 0,
    "CSQLite": 0, "CCurl": 0,
    "Foundations": 1,
    "Media": 2, "Hashing": 2, "Pictures": 2, "Compression": 2, "Sniffing": 2, "SQLite": 2,
    "FFmpegTool": 2, "HTTPClient": 2,
    "Blobs": 3, "FormerLibrary": 3,
    "EmbeddedMetadata": 4, "Model": 4, "Sight": 4,
    "MediaOutput": 5, "Runs": 5, "Library": 5, "Jobs": 5,
    "Encoding": 5,
    "Stores": 6,
    "Engine": 7,
    "CommandLine": 8, "CBinding": 8,
    "mediary": 9,
  ]

  /// The C module of the operating system belongs to the foundations; those of libraries to their
  /// one wrapper.
  private static let ownerOfCModule: [String: String] = [
    "CSystem": "Foundations", "CFFmpeg": "Media", "CPixels": "Media", "CTurboJPEG": "Pictures",
    "CCrypto": "Hashing", "CSQLite": "SQLite", "CZlib": "Compression",
    "CCurl": "HTTPClient",
  ]

  @Test("hold: a target imports only from floors below its own", arguments: SourceTree.sources)
  func imports(file: SourceTree.File) throws {
    let floor = try #require(Self.floors[file.target], "give \(file.target) a floor")
    for module in Self.importedModules(file) {
      guard let theirs = Self.floors[module] else { continue }
      #expect(theirs < floor, "\(file.path) on floor \(floor) imports \(module) of floor \(theirs)")
      if let owner = Self.ownerOfCModule[module] {
        #expect(file.target == owner, "\(file.path) imports \(module), which is \(owner)'s")
      }
    }
  }

  @Test("use no Foundation, which would cost every start", arguments: SourceTree.sources)
  func noFoundation(file: SourceTree.File) {
    let modules = Self.importedModules(file)
    #expect(!modules.contains("Foundation") && !modules.contains("FoundationEssentials"))
  }

  private static func importedModules(_ file: SourceTree.File) -> [String] {
    file.lines.compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place <= 1, words.count > place + 1,
        place == 0
          || ["package", "public", "internal", "private", "@preconcurrency"].contains(words[0])
      else { return nil }
      return words[place + 1].split(separator: ".").first.map(String.init)
    }
  }
}
