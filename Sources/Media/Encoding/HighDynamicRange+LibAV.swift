import CFFmpeg

extension MasteringDisplay {
  /// libav's form of it.
  var raw: AVMasteringDisplayMetadata {
    var raw = AVMasteringDisplayMetadata()
    if let primaries, let white {
      raw.display_primaries = (primaries.red.raw, primaries.green.raw, primaries.blue.raw)
      raw.white_point = white.raw
      raw.has_primaries = 1
    }
    if let low = minimumLuminance, let high = maximumLuminance {
      raw.min_luminance = low.raw
      raw.max_luminance = high.raw
      raw.has_luminance = 1
    }
    return raw
  }
}

extension MasteringDisplay.Chromaticity {
  fileprivate var raw: (AVRational, AVRational) { (x.raw, y.raw) }
}

extension ContentLightLevel {
  /// libav's form of it.
  var raw: AVContentLightMetadata {
    AVContentLightMetadata(
      MaxCLL: UInt32(clamping: maximum), MaxFALL: UInt32(clamping: maximumFrameAverage))
  }
}
