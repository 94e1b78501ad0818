package import Foundations

extension MediaReport {
  /// The report in the shape that `mediary probe --json` and the API promise.
  package var json: JSONValue {
    var object: JSONObject = [
      "path": .string(name),
      "kind": .string(kind.rawValue),
      "format": .string(format),
      "format_name": .string(orNull: formatFullName),
      "duration_seconds": .seconds(duration == nil ? nil : durationMicroseconds),
      "start_seconds": .seconds(kind == .picture ? nil : startMicroseconds),
      "size_bytes": .int(orNull: size),
      "bitrate": .int(orNull: kind == .picture ? nil : bitrate),
    ]
    object["complete"] = completenessJSON
    object["streams"] = .array(streams.map { $0.json(in: self) })
    object["video"] =
      mainVideo.map { stream in
        var video = stream.codecJSON
        video.take(stream.video?.json(in: self, isMain: true, isPicture: kind == .picture))
        return .object(video)
      } ?? .null
    object["audio"] = .array(
      audio.map { stream in
        var audio: JSONObject = ["index": .int(stream.index)]
        audio.take(stream.codecJSON)
        audio.take(stream.audio?.json)
        audio["bitrate"] = .int(orNull: stream.bitrate)
        audio["language"] = .string(orNull: stream.language)
        audio["title"] = .string(orNull: stream.title)
        audio["disposition"] = stream.dispositionJSON
        return .object(audio)
      })
    object["chapters"] = .array(chapters.enumerated().map { $1.json(index: $0) })
    object["tags"] = tags.json
    return .object(object)
  }

  private var completenessJSON: JSONValue {
    switch completeness {
    case .complete: true
    case .truncated: false
    case .unknown: nil
    }
  }
}

extension StreamDescription {
  fileprivate var dispositionJSON: JSONValue { .array(disposition.names.map(JSONValue.string)) }

  fileprivate var codecJSON: JSONObject {
    [
      "codec": .string(codec), "codec_name": .string(orNull: codecFullName),
      "profile": .string(orNull: profile), "level": .int(orNull: level),
      "codec_tag": .string(orNull: codecTag),
    ]
  }

  fileprivate func json(in report: MediaReport) -> JSONValue {
    var object: JSONObject = [
      "index": .int(index), "id": .int(orNull: containerID), "type": .string(kind.rawValue),
    ]
    object.take(codecJSON)
    object["language"] = .string(orNull: language)
    object["title"] = .string(orNull: title)
    object["disposition"] = dispositionJSON
    object["timebase"] = .string(timebase.description)
    object["start_seconds"] = .double(orNull: start?.seconds.rounded(toPlaces: 6))
    object["duration_seconds"] = .double(orNull: duration?.seconds.rounded(toPlaces: 6))
    object["frames"] = .int(orNull: frameCount)
    object["bitrate"] = .int(orNull: report.kind == .picture ? nil : bitrate)
    object.take(
      video?.json(
        in: report, isMain: index == report.mainVideo?.index,
        isPicture: report.kind == .picture || !isFilm))
    object.take(audio?.json)
    if kind == .attachment {
      object["filename"] = .string(orNull: tags["filename"])
      object["mimetype"] = .string(orNull: tags["mimetype"])
    }
    object["tags"] = tags.json
    return .object(object)
  }
}

extension VideoDescription {
  fileprivate func json(in report: MediaReport, isMain: Bool, isPicture: Bool) -> JSONObject {
    // The rate of a still picture is libav's invention, so none is told.
    let rate = isPicture ? nil : frameRate
    // Frames of the main film alone were looked at.
    let pace = isMain && !isPicture ? report : nil
    return [
      "width": .int(width), "height": .int(height),
      "fps": .double(orNull: rate?.double?.rounded(toPlaces: 6)),
      "fps_rational": .string(orNull: rate?.description),
      "average_fps_rational": .string(orNull: isPicture ? nil : averageFrameRate?.description),
      "frame_rate_mode": .string(orNull: pace?.frameRateMode?.rawValue),
      "measured_fps": .double(orNull: pace?.measuredFrameRate?.rounded(toPlaces: 3)),
      "pixel_format": .string(orNull: pixelFormat?.name),
      "chroma_subsampling": .string(orNull: pixelFormat?.chromaSubsampling),
      "bit_depth": .int(orNull: bitDepth),
      "sample_aspect_ratio": .string(orNull: sampleAspect?.ratio),
      "aspect_ratio": .string(orNull: displayAspect?.ratio),
      "resolution": .string("\(displaySize.width)x\(displaySize.height)"),
      "rotation": .int(orientation.rotation),
      "mirrored": .bool(orientation.isMirrored),
      "field_order": .string(orNull: fieldOrder?.rawValue),
      "color_range": .string(orNull: colour.rangeName),
      "color_space": .string(orNull: colour.matrixName),
      "color_primaries": .string(orNull: colour.primariesName),
      "color_transfer": .string(orNull: colour.transferName),
      "chroma_location": .string(orNull: colour.chromaLocationName),
      "stereo_3d": .string(orNull: stereo3D),
      "projection": .string(orNull: projection),
      "hdr": hdrJSON,
      "dolby_vision": dolbyVision?.json ?? .null,
    ]
  }

  private var hdrJSON: JSONValue {
    guard colour.isHighDynamicRange || masteringDisplay != nil || lightLevel != nil else {
      return .null
    }
    return [
      "format": .string(hdrFormat),
      "transfer": .string(orNull: colour.transferName),
      "mastering_display": masteringDisplay?.json ?? .null,
      "max_cll": .int(orNull: lightLevel?.maximum),
      "max_fall": .int(orNull: lightLevel?.maximumFrameAverage),
      "hdr10_plus": hasHDR10Plus.map(JSONValue.bool) ?? .null,
    ]
  }

  /// What the trade calls it.
  package var hdrFormat: String {
    if colour.isHLG { return "HLG" }
    if hasHDR10Plus == true { return "HDR10+" }
    return masteringDisplay == nil && lightLevel == nil ? "PQ" : "HDR10"
  }
}

extension MasteringDisplay {
  fileprivate var json: JSONValue {
    func point(_ point: Chromaticity?) -> JSONValue {
      guard let point, let x = point.x.double, let y = point.y.double else { return .null }
      return ["x": .double(x.rounded(toPlaces: 6)), "y": .double(y.rounded(toPlaces: 6))]
    }
    return [
      "red": point(primaries?.red), "green": point(primaries?.green),
      "blue": point(primaries?.blue), "white": point(white),
      "min_luminance": .double(orNull: minimumLuminance?.double),
      "max_luminance": .double(orNull: maximumLuminance?.double),
    ]
  }
}

extension DolbyVision {
  fileprivate var json: JSONValue {
    [
      "profile": .int(profile), "level": .int(level),
      "version": .string("\(versionMajor).\(versionMinor)"),
      "rpu": .bool(hasRPU), "enhancement_layer": .bool(hasEnhancementLayer),
      "base_layer": .bool(hasBaseLayer), "compatibility": .int(compatibility),
    ]
  }
}

extension AudioDescription {
  fileprivate var json: JSONObject {
    [
      "sample_rate": .int(sampleRate), "channels": .int(layout.channels),
      "channel_layout": layout.hasKnownOrder ? .string(layout.description) : .null,
      "sample_format": .string(orNull: sampleFormat?.name),
      "bit_depth": .int(orNull: bitDepth),
    ]
  }
}

extension Chapter {
  fileprivate func json(index: Int) -> JSONValue {
    [
      "index": .int(index), "start_seconds": .double(start.seconds.rounded(toPlaces: 6)),
      "end_seconds": .double(end.seconds.rounded(toPlaces: 6)),
      "title": .string(orNull: title), "tags": tags.json,
    ]
  }
}

extension Tags {
  fileprivate var json: JSONValue {
    var object = JSONObject()
    for entry in entries where object[entry.name] == nil {
      object[entry.name] = .string(entry.value)
    }
    return .object(object)
  }
}

extension JSONObject {
  /// Takes over all members of another object.
  fileprivate mutating func take(_ other: JSONObject?) {
    for member in other?.members ?? [] { self[member.key] = member.value }
  }
}

extension JSONValue {
  fileprivate static func seconds(_ microseconds: Int64?) -> JSONValue {
    .double(orNull: microseconds.map { Double($0) / 1_000_000 })
  }
}

extension Double {
  fileprivate func rounded(toPlaces places: Int) -> Double {
    var unit = 1.0
    for _ in 0..<places { unit *= 10 }
    return (self * unit).rounded() / unit
  }
}
