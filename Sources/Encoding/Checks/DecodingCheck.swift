import Foundations

/// Whether everything that was encoded can be decoded.
enum DecodingCheck {
  static func check(_ joined: JoinedFilm, _ content: OutputContent) -> OutputCheck {
    let film = content.filmCount
    let wanted = HumanText.count(film.tally.packets, "frame")
    let broken = content.counts.values.map(\.damaged).reduce(0, +)
    let damage = broken > 0 ? ", \(HumanText.count(broken, "damaged packet"))" : ""
    return OutputCheck(
      "decodes", expected: wanted,
      found: HumanText.count(film.decodedFrames, "frame") + damage)
  }
}
