import Foundations
import Media

/// A report as people read it: a heading, a line on the whole, a line a stream.
struct ReportText {
  private let report: MediaReport
  private let showsTags: Bool
  private let width: Int

  /// The text of a report for a terminal; tags of the file are shown on request.
  init(_ report: MediaReport, showsTags: Bool, terminal: Terminal) {
    self.report = report
    self.showsTags = showsTags
    // Lines for other programs are never broken.
    width = terminal.isInteractive ? max(40, terminal.width) : .max
  }

  /// The lines, without one between files.
  var lines: [StyledText] {
    [StyledText(report.name, .strong), "  " + summary]
      + report.streams.flatMap(streamLines)
      + chapterLines + (showsTags ? tagLines : [])
  }

  private var summary: StyledText {
    var parts: [StyledText] = [StyledText(FormatNames.container(report))]
    if let duration = report.duration {
      parts.append(StyledText(HumanText.clock(duration, decimals: 1)))
    }
    if let size = report.size { parts.append(StyledText(HumanText.bytes(size))) }
    if report.kind != .picture, let bitrate = report.bitrate {
      parts.append(StyledText(HumanText.bitRate(Int64(bitrate))))
    }
    if case .truncated(let missing) = report.completeness {
      let amount = missing.map { ", \(HumanText.bytes($0)) missing" } ?? ""
      parts.append(StyledText("truncated\(amount)", .bad))
    }
    return Self.joined(parts)
  }

  private func streamLines(_ stream: StreamDescription) -> [StyledText] {
    let heading = StyledText(stream.kind.rawValue, .accent).padded(to: 10)
    let number = StyledText("\(stream.index)", .quiet).padded(to: 2, .trailing)
    let indent = StyledText(String(repeating: " ", count: 16))
    var lines = packed(facts(stream), into: width - 16)
    if let video = stream.video { lines += dynamicRangeLines(video) }
    return lines.enumerated().map { place, line in
      (place == 0 ? "  " + heading + number + "  " : indent) + line
    }
  }

  /// The facts on as few lines as hold them, none of them broken.
  private func packed(_ facts: [StyledText], into room: Int) -> [StyledText] {
    var lines: [[StyledText]] = [[]]
    var used = 0
    for fact in facts {
      if used > 0, used + 3 + fact.width > room {
        lines.append([])
        used = 0
      }
      used += (used > 0 ? 3 : 0) + fact.width
      lines[lines.count - 1].append(fact)
    }
    return lines.map(Self.joined)
  }

  private func facts(_ stream: StreamDescription) -> [StyledText] {
    var facts = [StyledText(FormatNames.codec(stream), .strong)]
    if let video = stream.video { facts += self.facts(video, isFilm: stream.isFilm) }
    if let audio = stream.audio { facts += self.facts(audio) }
    if stream.kind == .attachment {
      facts += [stream.tags["filename"], stream.tags["mimetype"]].compactMap { $0 }
        .map { StyledText($0) }
    }
    if report.kind != .picture, let bitrate = stream.bitrate {
      facts.append(StyledText(HumanText.bitRate(Int64(bitrate))))
    }
    if let language = stream.language { facts.append(StyledText(language)) }
    if let title = stream.title { facts.append(StyledText("“\(title)”")) }
    let marks = stream.disposition.names.map { $0.replacing("_", with: " ") }
    if !marks.isEmpty { facts.append(StyledText(marks.joined(separator: ", "), .quiet)) }
    return facts
  }

  private func facts(_ video: VideoDescription, isFilm: Bool) -> [StyledText] {
    let size = video.displaySize
    var shape = "\(video.width)×\(video.height)"
    if size != (video.width, video.height) { shape += " shown as \(size.width)×\(size.height)" }
    if let aspect = video.displayAspect, report.kind != .picture { shape += " (\(aspect.ratio))" }
    var facts = [StyledText(shape)]
    if report.kind != .picture, isFilm { facts += pace(video) }
    if let format = video.pixelFormat { facts.append(StyledText(pixelText(video, format))) }
    let colours = [video.colour.primariesName, video.colour.transferName, video.colour.matrixName]
      .compactMap { $0 }
    let distinct = colours.enumerated().filter { colours.firstIndex(of: $1) == $0 }.map(\.element)
    if !distinct.isEmpty { facts.append(StyledText(distinct.joined(separator: "/"))) }
    if video.colour.rangeName == "pc", !format(video).isRGB { facts.append("full range") }
    if video.fieldOrder?.isInterlaced == true { facts.append(StyledText("interlaced", .warning)) }
    if video.orientation.rotation != 0 {
      facts.append(StyledText("rotated \(video.orientation.rotation)°"))
    }
    if video.orientation.isMirrored { facts.append("mirrored") }
    if let stereo = video.stereo3D { facts.append(StyledText("3D \(stereo)")) }
    if let projection = video.projection { facts.append(StyledText(projection)) }
    return facts
  }

  private func pace(_ video: VideoDescription) -> [StyledText] {
    if report.frameRateMode == .variable, let rate = report.measuredFrameRate {
      return [StyledText("about \(Self.short((rate * 10).rounded() / 10)) fps, variable")]
    }
    return video.frameRate?.double.map { [StyledText("\(Self.short($0)) fps")] } ?? []
  }

  private func format(_ video: VideoDescription) -> PixelFormat { video.pixelFormat ?? .yuv420p }

  private func pixelText(_ video: VideoDescription, _ format: PixelFormat) -> String {
    guard let depth = video.bitDepth, depth != 8 else { return format.name }
    return format.name.contains("\(depth)") ? format.name : "\(format.name) \(depth) bit"
  }

  private func facts(_ audio: AudioDescription) -> [StyledText] {
    let rate = Self.short(Double(audio.sampleRate) / 1_000)
    var facts = [StyledText("\(rate) kHz"), StyledText(channels(audio.layout))]
    if let depth = audio.bitDepth { facts.append(StyledText("\(depth) bit")) }
    return facts
  }

  private func channels(_ layout: ChannelLayout) -> String {
    layout.hasKnownOrder ? layout.description : HumanText.count(layout.channels, "channel")
  }

  private func dynamicRangeLines(_ video: VideoDescription) -> [StyledText] {
    var lines: [StyledText] = []
    if video.colour.isHighDynamicRange || video.masteringDisplay != nil || video.lightLevel != nil {
      var parts = [StyledText(video.hdrFormat, .good)]
      if let display = video.masteringDisplay, let least = display.minimumLuminance?.double,
        let most = display.maximumLuminance?.double
      {
        parts.append(StyledText("mastered on \(Self.short(least)) to \(Self.short(most)) cd/m²"))
      }
      if let light = video.lightLevel {
        parts.append(
          StyledText("MaxCLL \(light.maximum), MaxFALL \(light.maximumFrameAverage)"))
      }
      lines.append(Self.joined(parts))
    }
    if let vision = video.dolbyVision {
      lines.append(
        "\(StyledText("Dolby Vision", .good)) profile \(vision.profile).\(vision.compatibility), level \(vision.level)"
      )
    }
    return lines
  }

  private var chapterLines: [StyledText] {
    guard !report.chapters.isEmpty else { return [] }
    let heading =
      "  " + StyledText("chapters", .accent).padded(to: 10)
      + StyledText("\(report.chapters.count)").padded(to: 2, .trailing)
    let width = HumanText.clock(report.duration ?? .zero, decimals: 1).count
    return [heading]
      + report.chapters.map { chapter in
        let start = HumanText.clock(
          .microseconds(Int64(chapter.start.seconds * 1_000_000)), decimals: 1)
        return "                " + StyledText(start, .quiet).padded(to: width, .trailing)
          + "  \(chapter.title ?? "")"
      }
  }

  private var tagLines: [StyledText] {
    let entries = report.tags.entries
    let width = min(24, entries.map(\.name.count).max() ?? 0)
    return entries.map { entry in
      "  " + StyledText(entry.name, .quiet).padded(to: width) + "  \(entry.value)"
    }
  }

  private static func joined(_ parts: [StyledText]) -> StyledText {
    var text = StyledText()
    for (place, part) in parts.enumerated() {
      if place > 0 { text.append(" · ", .quiet) }
      text += part
    }
    return text
  }

  /// A number with at most four digits behind the point, and none that says nothing.
  private static func short(_ value: Double) -> String {
    let scaled = Int64((value * 10_000).rounded())
    var text = "\(scaled / 10_000)"
    var fraction = String(String(10_000 + scaled % 10_000).dropFirst())
    while fraction.last == "0" { fraction.removeLast() }
    if !fraction.isEmpty { text += ".\(fraction)" }
    return text
  }
}
