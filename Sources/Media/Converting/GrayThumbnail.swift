import CFFmpeg

extension VideoFrame {
  /// The picture as a small square of gray values, row by row, whatever its shape.
  ///
  /// For telling what pictures look like. Colours are not treated exactly: what a frame leaves
  /// unsaid is taken as libswscale takes it, so this is never for showing.
  package func grayThumbnail(side: Int) throws(MediaFailure) -> [UInt8] {
    try LibAV.load(.core)
    try LibAV.load(.scale)
    guard !format.isHardware, sws_isSupportedInput(format.raw) > 0, width > 0, height > 0 else {
      throw MediaFailure(.badMediaSetting, "pixels cannot be converted from \(format.name)")
    }
    guard let scaler = sws_alloc_context() else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for a small picture")
    }
    defer { sws_freeContext(scaler) }
    try prepare(scaler, side)
    let small = try VideoFrame.make(width: side, height: side, format: .gray8, colour: .gray)
    let status = LibAV.call { sws_scale_frame(scaler, small.handle, handle) }
    guard status >= 0 else { throw MediaFailure(libav: status, "make smaller", "\(form)") }
    var values: [UInt8] = []
    values.reserveCapacity(side * side)
    let plane = small.plane(0, as: UInt8.self)
    for row in 0..<side {
      let line = plane[row: row]
      for column in 0..<side { values.append(line[column]) }
    }
    return values
  }

  private func prepare(_ scaler: OpaquePointer, _ side: Int) throws(MediaFailure) {
    let settings: [(String, Int64)] = [
      ("srcw", Int64(width)), ("srch", Int64(height)),
      ("src_format", Int64(format.raw.rawValue)), ("dstw", Int64(side)), ("dsth", Int64(side)),
      ("dst_format", Int64(AV_PIX_FMT_GRAY8.rawValue)),
      ("sws_flags", Int64(SWS_AREA | SWS_ACCURATE_RND | SWS_BITEXACT)),
    ]
    let status = LibAV.call {
      for (name, value) in settings {
        let status = av_opt_set_int(UnsafeMutableRawPointer(scaler), name, value, 0)
        guard status >= 0 else { return status }
      }
      return sws_init_context(scaler, nil, nil)
    }
    guard status >= 0 else {
      throw MediaFailure(
        libav: status, "make smaller", "\(form)", code: .badMediaSetting)
    }
  }
}
