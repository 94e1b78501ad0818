/// What one decode of a film has shown; kept by the film's content, so that it is done once.
package struct FilmAnalysis: Sendable, Hashable {
  package var table: FrameTable
  /// Of what each frame is made, before anything is cut off: equal frames, equal digests.
  package var digests: [FrameDigest]
  /// The frames at which a scene begins, without the first.
  package var cuts: [SceneCut]
  package var crop: CropFinding
  /// How noisy the pictures are: the noise's standard deviation in 8-bit steps.
  package var grain: Double
  /// How much there is to code in each frame, on a scale of its own: texture and movement.
  package var complexity: [Float]
  /// What share of the frames is interlaced.
  package var interlacedShare: Double
  /// Frames that the decoder told are damaged.
  package var damagedFrames: [Int]
  /// Packets that could not be decoded at all.
  package var gaps: Int
  /// What the pictures are, from which frame on; more than one where they change on the way.
  package var pictures: [FilmPicture]
  /// Frames whose times were missing or out of order, and are made up in the table.
  package var mendedTimes: Int
  /// Frames that carry HDR10+ data.
  package var framesWithHDR10Plus: Int
  /// Frames that carry Dolby Vision data.
  package var framesWithDolbyVision: Int

  /// An analysis by its parts.
  package init(
    table: FrameTable, digests: [FrameDigest], cuts: [SceneCut], crop: CropFinding, grain: Double,
    complexity: [Float], interlacedShare: Double, damagedFrames: [Int],
    gaps: Int = 0, pictures: [FilmPicture] = [], mendedTimes: Int = 0,
    framesWithHDR10Plus: Int = 0, framesWithDolbyVision: Int = 0
  ) {
    self.table = table
    self.digests = digests
    self.cuts = cuts
    self.crop = crop
    self.grain = grain
    self.complexity = complexity
    self.interlacedShare = interlacedShare
    self.damagedFrames = damagedFrames
    self.gaps = gaps
    self.pictures = pictures
    self.mendedTimes = mendedTimes
    self.framesWithHDR10Plus = framesWithHDR10Plus
    self.framesWithDolbyVision = framesWithDolbyVision
  }

  /// Whether a part of the film could not be decoded as it was made.
  package var isDamaged: Bool { gaps > 0 || !damagedFrames.isEmpty }
}

/// By what the content of a frame is told from others'.
package struct FrameDigest: Sendable, Hashable {
  package let high: UInt64
  package let low: UInt64

  /// A digest by its halves.
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// Where a scene begins.
package struct SceneCut: Sendable, Hashable {
  package let frame: Int
  /// How certain it is, 0 to 1.
  package let score: Double
  package let transition: Transition

  /// How a scene begins.
  package enum Transition: String, Sendable {
    case cut
    case fade
    case dissolve
  }

  /// A cut by its parts.
  package init(frame: Int, score: Double, transition: Transition) {
    self.frame = frame
    self.score = score
    self.transition = transition
  }
}

/// What is picture and what is bars.
package struct CropFinding: Sendable, Hashable {
  /// The part that is picture; nil where nothing is to be cut.
  package let area: PictureArea?
  /// Why: "none", "bars", "mixed aspect ratios", "too dark to tell".
  package let reason: String

  /// A finding.
  package init(area: PictureArea?, reason: String) {
    self.area = area
    self.reason = reason
  }
}

/// A part of a picture in pixels, all numbers even.
package struct PictureArea: Sendable, Hashable {
  package let x: Int
  package let y: Int
  package let width: Int
  package let height: Int

  /// A part by its corner and size.
  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}
