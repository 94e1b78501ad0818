import CFFmpeg
import Foundations

extension VideoFrame {
  /// Makes the frame that an array's pictures come to: one as it is, several in rows of `perRow`
  /// with a black border of two pixels around each.
  ///
  /// Gray, RGB or RGBA in 8 or 16 bits, as `format` says; of one channel RGB is made by repeating it.
  package static func make(
    from view: PixelView, format: PixelFormat, colour: Colour, mapping: ValueMapping, perRow: Int
  ) throws -> VideoFrame {
    let grid = PictureGrid(view, perRow: perRow)
    let (wide, high) = try grid.checkedSize()
    var frame = try make(
      width: wide, height: high, format: format, colour: colour)
    let channels = format.components
    precondition(
      view.channels == channels || view.channels == 1 && channels == 3, "the channels were checked")
    if view.pictures > 1 { frame.blacken() }
    let filler = RowFiller(view: view, channels: channels, mapping: mapping)
    let isWide = format.bytesPerSample == 2
    for picture in 0..<view.pictures {
      let corner = grid.corner(of: picture)
      for row in 0..<view.height {
        let offset = (corner.x * channels) << (isWide ? 1 : 0)
        let target = frame.row(corner.y + row) + offset
        try filler.fill(target, isWide: isWide, picture: picture, row: row)
      }
    }
    return frame
  }

  private mutating func blacken() {
    for row in 0..<height {
      self.row(row).initialize(
        repeating: 0, count: width * format.components * format.bytesPerSample)
    }
  }

  private func row(_ index: Int) -> UnsafeMutablePointer<UInt8> {
    guard let start = handle.pointee.data.0 else { preconditionFailure("the frame has no pixels") }
    return start + index * Int(handle.pointee.linesize.0)
  }
}

extension VideoFrame {
  /// Calls `body` with all rows of a packed picture and how far one is from the next.
  package func withRows<R>(_ body: (_ rows: RawSpan, _ stride: Int) throws -> R) rethrows -> R {
    guard let start = handle.pointee.data.0 else { preconditionFailure("the frame has no pixels") }
    let stride = Int(handle.pointee.linesize.0)
    let used = width * format.components * format.bytesPerSample
    let rows = UnsafeRawBufferPointer(start: start, count: (height - 1) * stride + used)
    return try body(rows.bytes, stride)
  }
}
