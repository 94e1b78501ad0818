import Media

/// Which of a codec's few layouts a track gets, so that every speaker keeps its sound.
enum SoundLayouts {
  /// Layouts that differ in names alone, or get silent channels beside their own.
  ///
  /// The codec has none that is closer. What stands at the side in films of five channels is "back"
  /// in Opus.
  private static let opus: [String: String] = [
    "mono": "mono", "stereo": "stereo", "3.0": "3.0", "quad": "quad",
    "quad(side)": "quad", "5.0": "5.0", "5.0(side)": "5.0", "5.1": "5.1", "5.1(side)": "5.1",
    "2.1": "5.1", "3.1": "5.1", "3.0(back)": "6.1", "4.0": "6.1", "4.1": "6.1", "6.0": "6.1",
    "6.1": "6.1", "7.0": "7.1", "7.1": "7.1",
  ]

  private static let aac: [String: String] = [
    "mono": "mono", "stereo": "stereo", "3.0": "3.0", "4.0": "4.0",
    "5.0": "5.0", "5.0(side)": "5.0", "quad": "5.0", "quad(side)": "5.0", "5.1": "5.1",
    "5.1(side)": "5.1", "2.1": "5.1", "3.1": "5.1", "7.0": "7.1", "7.1": "7.1",
  ]

  /// What a number of channels means where nothing says more.
  private static let usual = [1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"]

  /// The layout of the output, nil where the codec cannot tell those speakers apart.
  static func target(
    for layout: ChannelLayout, in codec: SoundTarget.Codec
  ) -> ChannelLayout? {
    guard let known = named(layout) else { return nil }
    let table = codec == .opus ? opus : aac
    return table[known.description].flatMap { ChannelLayout(named: $0) }
  }

  /// The layout itself, or the usual one of as many channels; nil where neither is known.
  static func named(_ layout: ChannelLayout) -> ChannelLayout? {
    if layout.hasKnownOrder { return layout }
    return usual[layout.channels].flatMap { ChannelLayout(named: $0) }
  }
}
