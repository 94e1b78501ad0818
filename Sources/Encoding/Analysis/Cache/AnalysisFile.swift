import Hashing
import Media

/// An analysis as bytes: small numbers in few, and a SHA-256 of all at the end.
package enum AnalysisFile {
  /// Changed whenever an analysis would come out otherwise, or is written otherwise.
  private static let head = Array("mediary analysis 2\n".utf8)
  private static let transitions: [SceneCut.Transition] = [.cut, .fade, .dissolve]

  /// The bytes of an analysis.
  package static func write(_ analysis: FilmAnalysis) -> [UInt8] {
    var out = CompactWriter(head)
    out.write(analysis.table)
    for digest in analysis.digests {
      out.fixed(digest.high)
      out.fixed(digest.low)
    }
    out.number(analysis.cuts.count)
    for cut in analysis.cuts {
      out.number(cut.frame)
      out.fixed(cut.score.bitPattern)
      out.number(transitions.firstIndex(of: cut.transition) ?? 0)
    }
    let area = analysis.crop.area
    out.number(area == nil ? 0 : 1)
    for value in [area?.x, area?.y, area?.width, area?.height] { out.number(value ?? 0) }
    out.write(analysis.crop.reason)
    out.number(analysis.pictures.count)
    for picture in analysis.pictures {
      for value in [picture.frame, picture.width, picture.height] { out.number(value) }
      out.write(picture.format)
    }
    out.fixed(analysis.grain.bitPattern)
    out.fixed(analysis.interlacedShare.bitPattern)
    for value in analysis.complexity { out.number(Int(value.bitPattern)) }
    out.number(analysis.damagedFrames.count)
    for frame in analysis.damagedFrames { out.number(frame) }
    for value in [
      analysis.gaps, analysis.mendedTimes, analysis.framesWithHDR10Plus,
      analysis.framesWithDolbyVision,
    ] { out.number(value) }
    return out.bytes + SHA256.hash(out.bytes).bytes
  }

  /// The analysis of bytes; nil where they are damaged or of another version.
  package static func read(_ bytes: [UInt8]) -> FilmAnalysis? {
    let size = bytes.count - SHA256Digest.size
    guard size > head.count, bytes.starts(with: head) else { return nil }
    let body = Array(bytes[..<size])
    guard Array(bytes[size...]) == SHA256.hash(body).bytes else { return nil }
    var input = CompactReader(body, from: head.count)
    guard let analysis = read(&input), !input.isShort, input.isAtEnd else { return nil }
    return analysis
  }

  private static func read(_ input: inout CompactReader) -> FilmAnalysis? {
    guard let table = input.table() else { return nil }
    let digests = (0..<table.count).map { _ in
      FrameDigest(high: input.fixed(), low: input.fixed())
    }
    let cuts = (0..<input.count()).map { _ in
      SceneCut(
        frame: input.number(), score: Double(bitPattern: input.fixed()),
        transition: transitions[min(input.number(), transitions.count - 1)])
    }
    let hasArea = input.number() == 1
    let (x, y, width, height) = (input.number(), input.number(), input.number(), input.number())
    let reason = input.text()
    let pictures = (0..<input.count()).map { _ in
      FilmPicture(
        frame: input.number(), width: input.number(), height: input.number(), format: input.text())
    }
    let area = hasArea ? PictureArea(x: x, y: y, width: width, height: height) : nil
    let crop = CropFinding(area: area, reason: reason)
    let grain = Double(bitPattern: input.fixed())
    let interlaced = Double(bitPattern: input.fixed())
    let complexity = (0..<table.count).map { _ in
      Float(bitPattern: UInt32(truncatingIfNeeded: input.number()))
    }
    let damaged = (0..<input.count()).map { _ in input.number() }
    return FilmAnalysis(
      table: table, digests: digests, cuts: cuts, crop: crop, grain: grain, complexity: complexity,
      interlacedShare: interlaced, damagedFrames: damaged, gaps: input.number(),
      pictures: pictures, mendedTimes: input.number(), framesWithHDR10Plus: input.number(),
      framesWithDolbyVision: input.number())
  }
}
