import CFFmpeg

/// Which channels sound has, in which order, as a value.
package struct ChannelLayout: Sendable, Hashable, CustomStringConvertible {
  /// How many channels.
  package let channels: Int
  /// libav's words: "stereo", "5.1(side)", or "2 channels" where the order is not known.
  package let description: String

  package static let mono = ChannelLayout(channels: 1, description: "mono")
  package static let stereo = ChannelLayout(channels: 2, description: "stereo")
  package static let surround51 = ChannelLayout(channels: 6, description: "5.1")

  private init(channels: Int, description: String) {
    self.channels = channels
    self.description = description
  }

  init(_ raw: AVChannelLayout) {
    channels = Int(raw.nb_channels)
    var copy = raw
    description = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let base = buffer.baseAddress,
        av_channel_layout_describe(&copy, base, buffer.count) > 0
      else { return "unknown" }
      return String(cString: base)
    }
  }

  /// The layout of a name that libav knows, nil for any other.
  package init?(named name: String) {
    guard LibAV.isReady else { return nil }
    var raw = AVChannelLayout()
    guard av_channel_layout_from_string(&raw, name) == 0 else { return nil }
    defer { av_channel_layout_uninit(&raw) }
    self.init(raw)
  }

  /// Whether it is known which speaker each channel is for.
  package var hasKnownOrder: Bool { !description.hasSuffix("channels") && description != "unknown" }

  /// Calls `body` with libav's own form, freed afterwards.
  func withRaw<R>(_ body: (UnsafeMutablePointer<AVChannelLayout>) -> R) -> R {
    var raw = AVChannelLayout()
    if !hasKnownOrder || av_channel_layout_from_string(&raw, description) != 0 {
      // Only the count is known: the order stays unspecified, and nobody invents one.
      raw = AVChannelLayout()
      raw.order = AV_CHANNEL_ORDER_UNSPEC
      raw.nb_channels = Int32(channels)
    }
    defer { av_channel_layout_uninit(&raw) }
    return body(&raw)
  }
}
