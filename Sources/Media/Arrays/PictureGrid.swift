/// Where the pictures of a batch lie in one picture.
struct PictureGrid {
  private static let mostSide = 32_768
  /// libav's pictures end here: their size is counted in 31 bits.
  private static let mostPixels = 268_000_000
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

  /// The size of the whole, where it can be written.
  func checkedSize() throws(MediaFailure) -> (width: Int, height: Int) {
    let what = "\(view.pictures) pictures of \(view.width)x\(view.height)"
    guard let size, size.width <= Self.mostSide, size.height <= Self.mostSide else {
      throw MediaFailure(
        .badMediaSetting, "\(what) make no picture that can be written",
        hint: "no side may be longer than \(Self.mostSide) pixels")
    }
    guard (size.width + 128) * (size.height + 128) < Self.mostPixels else {
      throw MediaFailure(
        .badMediaSetting,
        "\(what) make a picture of \(size.width * size.height) pixels, past what can be written",
        hint: "a picture may have \(Self.mostPixels / 1_000_000) million pixels")
    }
    return size
  }

  /// The size of the whole; nil where it is past counting.
  private var size: (width: Int, height: Int)? {
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
