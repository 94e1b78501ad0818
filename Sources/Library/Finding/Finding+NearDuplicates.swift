package import Foundations
package import Model

extension Finding {
  /// Groups of living assets that look alike, those first that hold most bytes.
  ///
  /// One or two minutes for a million, some seconds for a hundred thousand.
  package func nearDuplicates(
    within distance: Int = Likeness.near, stop: StopFlag = StopFlag(),
    progress: ProgressSink = .none
  ) throws -> [[Asset]] {
    try library.catalogue.read(stop: stop) { catalogue in
      try library.likenesses.refresh(catalogue)
      let (assets, likenesses) = library.likenesses.snapshot()
      let groups = try Self.groups(likenesses, within: distance, stop, progress)
      return try groups.compactMap { group in
        let living = try group.compactMap { try catalogue.asset(assets[$0]) }.filter {
          $0.deletedAt == nil
        }
        return living.count > 1 ? living.sorted { $0.size > $1.size } : nil
      }
      .sorted { $0.reduce(0) { $0 + $1.size } > $1.reduce(0) { $0 + $1.size } }
    }
  }

  private static func groups(
    _ likenesses: [Likeness], within distance: Int, _ stop: StopFlag, _ progress: ProgressSink
  ) throws -> [[Int]] {
    var leaders = Array(likenesses.indices)
    func leader(_ index: Int) -> Int {
      var place = index
      while leaders[place] != place {
        leaders[place] = leaders[leaders[place]]
        place = leaders[place]
      }
      return place
    }
    func join(_ one: Int, _ other: Int) {
      let (one, other) = (leader(one), leader(other))
      if one != other { leaders[max(one, other)] = min(one, other) }
    }
    // Of many that are the same, such as black frames, one is looked at for all.
    var firsts: [Likeness: Int] = [:]
    var distinct: [Int] = []
    for (index, likeness) in likenesses.enumerated() {
      if let first = firsts[likeness] {
        join(first, index)
      } else {
        firsts[likeness] = index
        distinct.append(index)
      }
    }
    try stop.check()
    try NearPairs.each(
      of: distinct.map { likenesses[$0] }, within: distance, stop: stop, progress: progress
    ) { join(distinct[$0], distinct[$1]) }
    var groups: [Int: [Int]] = [:]
    for index in likenesses.indices { groups[leader(index), default: []].append(index) }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }
}
