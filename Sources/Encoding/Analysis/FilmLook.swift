import Media
import Sight

/// What has been seen of a film so far.
struct FilmLook {
  /// Samples of a longer film are taken so many times a second; of a short one every frame is.
  private static let barsPerSecond = 6.0
  private static let shortFilm = 500
  /// Grain is measured once in so many frames.
  private static let grainEvery = 12
  /// Of a film that changes all the time the first changes tell enough.
  private static let mostPictures = 16

  private let film: Film
  private let barsEvery: Int
  private var table: FrameTableMaker
  private var digests: [FrameDigest] = []
  private var scenes = SceneFinder()
  private var bars: [BarSample] = []
  private var attempts: [Int] = []
  private var grain = GrainMeter()
  private var complexity: [Float] = []
  private var damaged: [Int] = []
  private var interlaced = 0
  private var withHDR10Plus = 0
  private var withDolbyVision = 0
  private var size: (width: Int, height: Int)?
  private var pictures: [FilmPicture] = []

  init(_ film: Film) {
    self.film = film
    table = FrameTableMaker(timebase: film.video.timebase, usualDuration: film.usualDuration)
    let rate = film.video.video?.frameRate?.double ?? 25
    let isShort = film.expectedFrames.map { $0 <= Self.shortFilm } ?? false
    barsEvery = isShort ? 1 : max(1, Int((rate / Self.barsPerSecond).rounded()))
  }

  /// How many frames there are so far.
  var count: Int { digests.count }

  mutating func note(_ packet: borrowing Packet) { table.note(packet) }

  /// Takes a frame as it came out of the decoder; `visible` is the same with a plane of luma.
  mutating func note(_ frame: borrowing VideoFrame, visible: borrowing VideoFrame) {
    if frame.isDamaged { damaged.append(count) }
    if frame.isInterlaced { interlaced += 1 }
    if frame.hasHDR10Plus { withHDR10Plus += 1 }
    if frame.hasDolbyVisionData { withDolbyVision += 1 }
    note(
      FilmPicture(
        frame: count, width: frame.width, height: frame.height, format: frame.format.name))
    see(visible)
    table.note(frame)
    digests.append(FrameDigest(of: frame))
  }

  private mutating func note(_ picture: FilmPicture) {
    guard pictures.last?.isLike(picture) != true, pictures.count < Self.mostPictures else { return }
    pictures.append(picture)
  }

  private mutating func see(_ frame: borrowing VideoFrame) {
    let glance = PictureGlance(of: frame)
    scenes.add(glance)
    // What moves has to be coded anew, what is there only where something moves or begins.
    complexity.append(scenes.lastStep + glance.texture / 4)
    if count.isMultiple(of: Self.grainEvery) { grain.look(at: frame) }
    let isSame = size.map { $0.width == frame.width && $0.height == frame.height } ?? true
    if size == nil { size = (frame.width, frame.height) }
    if isSame, count.isMultiple(of: barsEvery) {
      attempts.append(count)
      if let sample = BarSample(of: frame, frame: count) { bars.append(sample) }
    }
  }

  mutating func finish(gaps: Int) -> FilmAnalysis {
    let (table, mended) = table.finish()
    return FilmAnalysis(
      table: table, digests: digests, cuts: scenes.finish().map(SceneCut.init), crop: crop,
      grain: grain.deviation, complexity: complexity,
      interlacedShare: Double(interlaced) / Double(max(1, count)), damagedFrames: damaged,
      gaps: gaps, pictures: pictures, mendedTimes: mended, framesWithHDR10Plus: withHDR10Plus,
      framesWithDolbyVision: withDolbyVision)
  }

  private var crop: CropFinding {
    guard let size else { return CropFinding(area: nil, reason: BarFinding.Reason.none.rawValue) }
    let found = BarFinding(
      samples: bars, attempts: attempts, frames: count, width: size.width, height: size.height)
    guard found.reason == .bars else {
      return CropFinding(area: nil, reason: found.reason.rawValue)
    }
    let (top, bottom, left, right) = (
      found.lines[0], found.lines[1], found.lines[2], found.lines[3]
    )
    let area = PictureArea(
      x: left, y: top, width: size.width - left - right, height: size.height - top - bottom)
    return CropFinding(area: area, reason: found.reason.rawValue)
  }
}

extension SceneCut {
  init(_ change: SceneChange) {
    let transition: Transition =
      switch change.kind {
      case .cut: .cut
      case .fade: .fade
      case .dissolve: .dissolve
      }
    self.init(frame: change.frame, score: change.score, transition: transition)
  }
}
