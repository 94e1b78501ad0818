import Foundations
import Media

/// What a join put together, as the checks need to know it.
package struct JoinedFilm: Sendable {
  package let plan: OutputPlan
  /// When each frame is shown in the output.
  package let table: FrameTable
  /// The size of its pictures.
  package let width: Int
  package let height: Int
  /// What is left to whoever shows them.
  let display: Display
  /// What every kept source stream gave, by its number in the source.
  package let tallies: [Int: SourceTally]
  /// By how much all times moved.
  let shift: TimeShift
  /// Whether the source could not be read to its end.
  package let endedEarly: Bool

  /// Sound packets that could not be decoded; silence stands in their places.
  package var damagedSoundPackets: Int { tallies.values.map(\.damagedPackets).reduce(0, +) }

  /// What of the source's sound and other streams is missing.
  package var losses: [String] {
    var losses: [String] = []
    if endedEarly { losses.append("the source cannot be read to its end") }
    let packets = damagedSoundPackets
    if packets > 0 {
      losses.append(
        "\(HumanText.count(packets, "packet")) of sound cannot be decoded; silence stands there")
    }
    return losses
  }

  /// How pictures are to be shown.
  struct Display: Sendable {
    /// The width of a pixel over its height; nil where nothing is said.
    let sampleAspect: Rational?
    /// How they are to be turned and mirrored.
    let orientation: Orientation
  }
}
