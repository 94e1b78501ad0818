import Media

/// What a join put together, as the checks need to know it.
package struct JoinedFilm: Sendable {
  package let plan: OutputPlan
  /// When each frame is shown in the output.
  package let table: FrameTable
  /// The size of its pictures.
  package let width: Int
  package let height: Int
  /// What every kept source stream gave, by its number in the source.
  package let tallies: [Int: SourceTally]
  /// By how much all times moved.
  let shift: TimeShift
  /// Whether the source could not be read to its end.
  package let endedEarly: Bool

  /// Sound packets that could not be decoded; silence stands in their places.
  package var damagedSoundPackets: Int { tallies.values.map(\.damagedPackets).reduce(0, +) }
}
