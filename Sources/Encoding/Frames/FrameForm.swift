package import Media

/// What is made of a film's frames before they are encoded.
package struct FrameForm: Sendable, Hashable {
  /// The part that is kept; nil for all.
  package var area: PictureArea?
  /// How samples are to lie.
  package var format: PixelFormat
  /// How pictures are turned; as the film says where the container cannot.
  package var turn: Orientation
  /// Whether whole pictures are made of those that were taken in two fields.
  package var deinterlaces: Bool

  /// A form by its parts.
  package init(
    area: PictureArea?, format: PixelFormat, turn: Orientation = .upright,
    deinterlaces: Bool = false
  ) {
    self.area = area
    self.format = format
    self.turn = turn
    self.deinterlaces = deinterlaces
  }

  /// The form for a container: what it cannot say of how a film is turned is done to the pixels.
  package init(
    of film: Film, area: PictureArea?, format: PixelFormat, deinterlaces: Bool = false,
    in container: Container
  ) {
    let told = film.video.video?.orientation ?? .upright
    // Anything but quarter turns is left to who shows it.
    let isWhole = told.rotation % 90 == 0
    self.init(
      area: area, format: format,
      turn: container.holdsOrientation || !isWhole ? .upright : told, deinterlaces: deinterlaces)
  }

  /// How large the pictures of a film become.
  package func size(of film: Film) -> (width: Int, height: Int) {
    let width = area?.width ?? film.video.video?.width ?? 0
    let height = area?.height ?? film.video.video?.height ?? 0
    return turn.swapsSides ? (height, width) : (width, height)
  }

  /// What is done to the frames that neither their size nor their format tells, for the key of a
  /// piece; empty where nothing is.
  package var steps: String {
    var steps: [String] = []
    if deinterlaces { steps.append("deinterlaced") }
    if turn != .upright {
      steps.append("turned by \(turn.rotation)\(turn.isMirrored ? " mirrored" : "")")
    }
    return steps.joined(separator: ", ")
  }
}
