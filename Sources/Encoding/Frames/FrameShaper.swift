import Media

/// Gives the frames of one film the form they are encoded in.
///
/// Cut first, then converted, then turned; what need not be done is not. Nothing is scaled, and
/// colours stay what they are.
struct FrameShaper: ~Copyable {
  private let source: PictureForm
  private let cutting: FilterGraph?
  private let converter: PixelConverter?
  private let turning: FilterGraph?

  static func make(
    from source: PictureForm, to form: FrameForm, timebase: Rational
  ) throws -> FrameShaper {
    var current = source
    var cutting: FilterGraph?
    if let area = form.area {
      guard area.x >= 0, area.y >= 0, area.width > 0, area.height > 0,
        area.x + area.width <= source.width, area.y + area.height <= source.height
      else {
        throw EncodingFailure(
          .encodingBadSetting,
          "\(area.width):\(area.height):\(area.x):\(area.y) is no part of a picture of "
            + "\(source.width)x\(source.height)")
      }
      cutting = try FilterGraph.make(
        "crop=\(area.width):\(area.height):\(area.x):\(area.y):exact=1",
        inputs: [.video(current, timebase: timebase)], outputs: [.video(formats: [current.format])])
      (current.width, current.height) = (area.width, area.height)
    }
    var converter: PixelConverter?
    if current.format != form.format {
      var target = current
      target.format = form.format
      if current.format.isRGB { target.colour = .encoded(fromRGB: current.colour) }
      converter = try PixelConverter.make(from: current, to: target, dropsAlpha: true)
      current = target
    }
    var turning: FilterGraph?
    if let steps = steps(form.turn) {
      turning = try FilterGraph.make(
        steps, inputs: [.video(current, timebase: timebase)],
        outputs: [.video(formats: [current.format])])
    }
    return FrameShaper(
      source: source, cutting: cutting, converter: converter, turning: turning)
  }

  private init(
    source: PictureForm, cutting: consuming FilterGraph?, converter: consuming PixelConverter?,
    turning: consuming FilterGraph?
  ) {
    self.source = source
    self.cutting = cutting
    self.converter = converter
    self.turning = turning
  }

  private static func steps(_ turn: Orientation) -> String? {
    var steps: [String] = turn.isMirrored ? ["hflip"] : []
    switch turn.rotation {
    case 90: steps.append("transpose=clock")
    case 180: steps += ["hflip", "vflip"]
    case 270: steps.append("transpose=cclock")
    default: break
    }
    return steps.isEmpty ? nil : steps.joined(separator: ",")
  }

  /// Whether it takes frames of this form.
  func takes(_ form: PictureForm) -> Bool {
    form.width == source.width && form.height == source.height && form.format == source.format
  }

  /// Hands a frame on in its new form.
  func shape(
    _ frame: borrowing VideoFrame, each: (borrowing VideoFrame) throws -> Void
  ) throws {
    guard cutting != nil else { return try convert(frame, each) }
    try cutting?.push(frame)
    _ = try cutting?.pull { try convert($0, each) }
  }

  private func convert(
    _ frame: borrowing VideoFrame, _ each: (borrowing VideoFrame) throws -> Void
  ) throws {
    guard let converted = try converter?.convert(frame) else { return try turn(frame, each) }
    try turn(converted, each)
  }

  private func turn(
    _ frame: borrowing VideoFrame, _ each: (borrowing VideoFrame) throws -> Void
  ) throws {
    guard turning != nil else { return try each(frame) }
    try turning?.push(frame)
    _ = try turning?.pull { try each($0) }
  }
}
