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
    guard let (wide, high) = grid.size, wide <= PictureGrid.mostSide, high <= PictureGrid.mostSide
    else {
      throw MediaFailure(
        .badMediaSetting,
        "\(view.pictures) pictures of \(view.width)x\(view.height) make no picture that can be written",
        hint: "no side may be longer than \(PictureGrid.mostSide) pixels")
    }
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

/// Where the pictures of a batch lie in one picture.
private struct PictureGrid {
  static let mostSide = 32_768
  private static let border = 2

  let view: PixelView
  let columns: Int
  let rows: Int

  init(_ view: PixelView, perRow: Int) {
    self.view = view
    columns = min(max(1, perRow), view.pictures)
    rows = (view.pictures + columns - 1) / columns
  }

  private var border: Int { view.pictures > 1 ? Self.border : 0 }

  /// The size of the whole; nil where it is past counting.
  var size: (width: Int, height: Int)? {
    let (width, over) = (view.width + border).multipliedReportingOverflow(by: columns)
    let (height, above) = (view.height + border).multipliedReportingOverflow(by: rows)
    return over || above ? nil : (width + border, height + border)
  }

  func corner(of picture: Int) -> (x: Int, y: Int) {
    (
      picture % columns * (view.width + border) + border,
      picture / columns * (view.height + border) + border
    )
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
