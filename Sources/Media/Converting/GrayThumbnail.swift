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
    guard
      let scaler = sws_getContext(
        Int32(width), Int32(height), format.raw, Int32(side), Int32(side), AV_PIX_FMT_GRAY8,
        SWS_AREA | SWS_ACCURATE_RND | SWS_BITEXACT, nil, nil, nil)
    else {
      throw MediaFailure(.badMediaSetting, "a picture of \(form) cannot be made so small")
    }
    defer { sws_freeContext(scaler) }
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
}
