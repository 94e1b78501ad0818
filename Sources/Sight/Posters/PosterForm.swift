import Foundations
import Media

/// How a frame becomes a small upright picture.
struct PosterForm {
  /// Lines up to which a film that says nothing of its colours has those of old television.
  private static let standardLines = 576

  private let form: PictureForm
  private let aspect: Rational?

  /// The form of a frame, and the shape of its pixels.
  init(_ form: PictureForm, _ aspect: Rational?) {
    self.form = form
    self.aspect = aspect
  }

  func make(
    _ frame: borrowing VideoFrame, within side: Int, orientation: Orientation, isPicture: Bool
  ) throws -> VideoFrame {
    var from = form
    from.colour = form.colour.completed(by: usualColour(isPicture: isPicture))
    let plain = steps(within: side, orientation, light: "")
    guard from.colour.isHighDynamicRange else { return try run(plain, frame, from) }
    let light =
      "zscale=transfer=linear:npl=203,format=gbrpf32le,zscale=primaries=bt709,"
      + "tonemap=hable:desat=0,zscale=transfer=iec61966-2-1:matrix=gbr:range=full,"
    do {
      return try run(steps(within: side, orientation, light: light), frame, from)
    } catch is MediaFailure {
      // Colours that zscale has no way for are shown as they are, which is better than nothing.
      return try run(plain, frame, from)
    }
  }

  /// What is meant where nothing is said.
  private func usualColour(isPicture: Bool) -> Colour {
    if form.format.isRGB { return .sRGB }
    if isPicture { return .avif }
    return form.height > Self.standardLines ? .bt709 : .bt601
  }

  /// Made small first, since everything after it then costs little.
  private func steps(within side: Int, _ orientation: Orientation, light: String) -> String {
    let size = size(within: side)
    var text =
      "scale=w=\(size.width):h=\(size.height)"
      + ":flags=area+accurate_rnd+full_chroma_int+full_chroma_inp,setsar=1,\(light)"
    if orientation.isMirrored { text += "hflip," }
    switch orientation.rotation {
    case 90: text += "transpose=clock,"
    case 180: text += "hflip,vflip,"
    case 270: text += "transpose=cclock,"
    default: break
    }
    return text + "format=\(form.format.hasAlpha ? "rgba" : "rgb24")"
  }

  /// The size before it is turned.
  private func size(within side: Int) -> (width: Int, height: Int) {
    var wide = Double(form.width)
    if let aspect, aspect.numerator > 0, aspect.denominator > 0 {
      wide *= Double(aspect.numerator) / Double(aspect.denominator)
    }
    let high = Double(form.height)
    let scale = min(1, Double(side) / max(wide, high))
    return (max(1, Int((wide * scale).rounded())), max(1, Int((high * scale).rounded())))
  }

  private func run(
    _ text: String, _ frame: borrowing VideoFrame, _ from: PictureForm
  ) throws -> VideoFrame {
    let input = FilterInput.video(from, timebase: Rational(1, 25), sampleAspect: aspect)
    let graph = try FilterGraph.make(text, inputs: [input], outputs: [.video()])
    try graph.push(frame)
    try graph.finish()
    var made: VideoFrame?
    try graph.pull { made = try $0.retained() }
    guard var picture = made.take() else {
      throw MediaFailure(.mediaDamaged, "no picture came out of \"\(text)\"")
    }
    // What films and pictures without a curve of their own are shown by.
    picture.colour = .sRGB
    return picture
  }
}
