import Foundations
import Media

/// Whether the file is whole, with an index by which any place of the film is found.
struct StructureChecks {
  private let joined: JoinedFilm
  private let content: OutputContent
  private let structure: FileStructure

  init(_ joined: JoinedFilm, _ content: OutputContent, _ structure: FileStructure) {
    self.joined = joined
    self.content = content
    self.structure = structure
  }

  var all: [OutputCheck] {
    let fault = structure.fault
    return [
      OutputCheck(
        "container", expected: "\(joined.plan.container.rawValue), whole",
        found: "\(joined.plan.container.rawValue), \(fault ?? "whole")"), index,
    ]
  }

  private var index: OutputCheck {
    let count = content.filmCount
    if joined.plan.container == .mp4 {
      return OutputCheck(
        "index", expected: HumanText.count(count.tally.packets, "frame"),
        found: HumanText.count(content.indexedFrames, "frame"))
    }
    let keys = Set(count.keyTicks)
    let found = structure.indexTicks.map { Set($0) }
    return OutputCheck(
      "index", expected: HumanText.count(keys.count, "key frame"),
      found: found.map { HumanText.count($0.intersection(keys).count, "key frame") } ?? "none")
  }
}
