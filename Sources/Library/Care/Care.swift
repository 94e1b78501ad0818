import Blobs
import Sniffing
package import Foundations
import Model

extension MediaLibrary {
  /// What keeps it whole.
  package var care: Care { Care(library: self) }
}

/// Keeps a library whole: brings things in by the folder, looks after what is there, saves and
/// restores it, and clears away what is not wanted.
///
/// Nothing is cleaned on a disk that is absent, nothing without a plan that can be looked at first,
/// and what is cleaned goes to the trash before it goes for good.
package struct Care: Sendable {
  let library: MediaLibrary

  /// Looks at all pictures and films that were taken in without a look; gives how many.
  @discardableResult
  package func lookAtAll(
    stop: StopFlag = StopFlag(), progress: ProgressSink = .none
  ) throws -> Int {
    var filter = AssetFilter()
    filter.kinds = [.image, .video]
    var (looked, cursor) = (0, PageCursor?.none)
    defer { library.likenesses.reset() }
    repeat {
      let page = try library.finding.list(filter, after: cursor, atMost: 200)
      for asset in page.items where asset.facts.likeness == nil && asset.facts.isReadable {
        try stop.check()
        if try look(at: asset, stop) { looked += 1 }
        progress.report(ProgressUpdate(Double(looked), of: nil, .items("assets"), asset.name))
      }
      cursor = page.next
    } while cursor != nil
    return looked
  }

  private func look(at asset: Asset, _ stop: StopFlag) throws -> Bool {
    guard try library.blobs.find(asset.blob) != nil else { return false }
    let work = library.folder.path(of: .work)
    let likeness = try LocalBlob.with(asset.blob, in: library.blobs, work: work, stop: stop) {
      try FactsReader.likeness(of: $0, stop)
    }
    guard let likeness else { return false }
    var facts = asset.facts
    facts.likeness = likeness
    let known = facts
    try library.catalogue.write { try $0.setFacts(of: asset.id, known) }
    return true
  }
}
