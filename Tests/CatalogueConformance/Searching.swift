import Foundations
import Model
import Testing

/// What is promised of the search.
enum Searching {
  static let promises = [
    CataloguePromise("words are found in names, prompts, notes, transcripts and on the screen") {
      try $0.add(1) { $0.name = "harbour.png" }
      try $0.add(2) { $0.generation = try? Sample.generation(1, prompt: "a harbour at night") }
      for number in 3...5 { try $0.add(number) }
      var change = AssetChange()
      change.text = "the Harbour again"
      try $0.store.write { [change] in
        _ = try $0.changeAsset(Sample.assetID(3), change)
        try $0.setText(of: Sample.assetID(4), "transcript", "and so to the harbour we came")
        try $0.setText(of: Sample.assetID(5), "screen", "HARBOUR 5 km")
      }
      #expect(try $0.hits("harbour") == ["a5", "a4", "a3", "a2", "a1"])
      let query = try TextQuery("harbour")
      let page = try $0.store.read {
        try $0.search(query, AssetFilter(), .newest, after: nil, atMost: 10)
      }
      #expect(
        page.items.map(\.field) == ["screen", "transcript", "notes", "prompt", "name"])
      for hit in page.items { #expect(hit.snippet.lowercased().contains("harbour")) }
      #expect(Set(try $0.hits("harbour", AssetFilter(), .best)) == Set(try $0.hits("harbour")))
    },
    CataloguePromise("all words must be there, phrases in their order, beginnings by a star") {
      try $0.add(1) { $0.name = "red sails in the sunset" }
      try $0.add(2) { $0.name = "sunset over red roofs" }
      #expect(try $0.hits("red sunset") == ["a2", "a1"])
      #expect(try $0.hits("\"red sails\"") == ["a1"])
      #expect(try $0.hits("roo*") == ["a2"])
      #expect(try $0.hits("ro su").isEmpty)
      #expect(try $0.hits("blue sunset").isEmpty)
    },
    CataloguePromise("German, Chinese and Japanese are found, with and without their accents") {
      try $0.add(1) { $0.name = "Über den Dächern.png" }
      try $0.add(2) { $0.name = "北京的夜晚" }
      try $0.add(3) { $0.name = "東京タワーの夜景" }
      #expect(try $0.hits("über dächern") == ["a1"])
      #expect(try $0.hits("uber dachern") == ["a1"])
      #expect(try $0.hits("北京") == ["a2"])
      #expect(try $0.hits("夜") == ["a3", "a2"])
      #expect(try $0.hits("タワー") == ["a3"])
      #expect(try $0.hits("夜北").isEmpty)
      let query = try TextQuery("夜景")
      let page = try $0.store.read {
        try $0.search(query, AssetFilter(), .best, after: nil, atMost: 10)
      }
      #expect(page.items.first?.snippet == "東京タワーの夜景")
    },
    CataloguePromise("parts of words are found by a star before, and where nothing else is") {
      try $0.add(1) { $0.name = "Sonnenuntergang" }
      try $0.add(2) { $0.name = "der Untergang" }
      #expect(try $0.hits("untergang") == ["a2"])
      #expect(try $0.hits("*untergang") == ["a2", "a1"])
      #expect(try $0.hits("nenunter") == ["a1"])
      #expect(try $0.hits("nichts").isEmpty)
    },
    CataloguePromise("hits come in pages that laid together are all of them, in both rankings") {
      subject in
      for number in 0..<11 {
        try subject.add(number) {
          $0.name = "cat " + String(repeating: "and dog ", count: number % 3)
        }
      }
      for (text, ranking) in [
        ("cat", SearchRanking.newest), ("cat", .best), ("*cat", .newest), ("ats", .newest),
      ] {
        let whole = try subject.hits(text, AssetFilter(), ranking)
        #expect(whole.count == (text == "ats" ? 0 : 11))
        #expect(try inPages(subject, text, ranking) == whole)
      }
      // "dogs" is in no word, "do" is too short, "nd" too.
      #expect(try inPages(subject, "an*", .newest).count == 7)
    },
    CataloguePromise("what was changed is found by what it is now") {
      let id = try $0.add(1) { $0.name = "old" }.asset.id
      var change = AssetChange()
      change.name = "new"
      try $0.store.write { [change] in _ = try $0.changeAsset(id, change) }
      #expect(try $0.hits("old").isEmpty)
      #expect(try $0.hits("new") == ["a1"])
      try $0.store.write { try $0.setText(of: id, "screen", "sign") }
      #expect(try $0.hits("sign") == ["a1"])
      try $0.store.write { try $0.setText(of: id, "screen", nil) }
      #expect(try $0.hits("sign").isEmpty)
      let store = $0.store
      let code = failureCode { try store.write { try $0.setText(of: id, "smell", "rose") } }
      #expect(code == .modelBadValue)
    },
    CataloguePromise("what means something to the index means nothing to people") {
      try $0.add(1) { $0.name = "a \"quoted\" AND (bracketed) NEAR word: x*y" }
      for text in [
        "\"quoted\"", "AND", "NEAR", "word:", "(bracketed)", "name:word", "-word", "x*y",
      ] {
        #expect(failureCode { [subject = $0] in try subject.hits(text) } == nil, "\(text)")
      }
      #expect(try $0.hits("NEAR bracketed") == ["a1"])
    },
  ]

  private static func inPages(
    _ subject: CataloguePromise.Subject, _ text: String, _ ranking: SearchRanking
  ) throws -> [String] {
    let query = try TextQuery(text)
    var found: [String] = []
    var cursor: PageCursor?
    repeat {
      let page = try subject.store.read { [cursor] in
        try $0.search(query, AssetFilter(), ranking, after: cursor, atMost: 3)
      }
      found += page.items.map(\.asset.id.text)
      cursor = page.next
    } while cursor != nil
    return found
  }
}
