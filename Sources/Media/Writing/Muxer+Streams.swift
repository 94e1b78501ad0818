import CFFmpeg
import Foundations

extension Muxer {
  /// Adds a stream that an encoder makes; returns its number, under which packets are written.
  ///
  /// Throws where the container cannot hold it, and names some that can. Colour, HDR data and frame
  /// rate are the parameters'; the rest is in the settings.
  package mutating func addStream(
    _ parameters: CodecParameters, settings: StreamSettings = StreamSettings()
  ) throws(MediaFailure) -> Int {
    var records = parameters.records
    if settings.orientation == .upright {
      records.remove(AV_PKT_DATA_DISPLAYMATRIX)
    } else {
      let matrix = settings.orientation.displayMatrix
      records.set(AV_PKT_DATA_DISPLAYMATRIX, matrix.withUnsafeBytes { Array($0) })
    }
    return try add(parameters, settings, records, keepsTag: settings.codecTag == nil)
  }

  /// Adds a copy of another file's stream, with all that the file tells of it: tags, disposition,
  /// rotation, HDR and Dolby Vision data, even records that nothing here understands.
  ///
  /// A cover picture becomes an attachment where the container keeps them as such. `dropsOrientation`
  /// says that a rotation may be lost where the container holds none.
  package mutating func addStream(
    copying stream: StreamDescription, dropsOrientation: Bool = false
  ) throws(MediaFailure) -> Int {
    let settings = StreamSettings(copying: stream)
    var records = stream.parameters.records
    if dropsOrientation, !container.holdsOrientation { records.remove(AV_PKT_DATA_DISPLAYMATRIX) }
    if stream.kind == .attachment { return try addAttachment(copying: stream) }
    if stream.disposition.contains(.attachedPicture), container.holdsAttachments {
      return try addCover(copying: stream)
    }
    return try add(stream.parameters, settings, records, keepsTag: true)
  }

  private mutating func add(
    _ parameters: CodecParameters, _ settings: StreamSettings, _ records: StreamRecords,
    keepsTag: Bool
  ) throws(MediaFailure) -> Int {
    try requireRoom(for: parameters, records)
    let stream = try newStream(parameters)
    let codec = stream.pointee.codecpar.pointee
    stream.pointee.codecpar.pointee.codec_tag = try tag(settings, codec, keeps: keepsTag)
    stream.pointee.time_base = parameters.timebase.raw
    stream.pointee.avg_frame_rate = parameters.frameRate?.raw ?? AVRational(num: 0, den: 1)
    // The container's field and the codec's; muxers read one or the other.
    let aspect = settings.sampleAspect?.raw ?? codec.sample_aspect_ratio
    stream.pointee.sample_aspect_ratio = aspect
    stream.pointee.codecpar.pointee.sample_aspect_ratio = aspect
    stream.pointee.disposition = settings.disposition.rawValue
    Self.set(settings.tags, on: &stream.pointee.metadata)
    for record in records.list {
      let status = record.bytes.withUnsafeBytes {
        mediary_add_stream_side_data(stream, record.type, $0.baseAddress, $0.count)
      }
      guard status >= 0 else { throw failure(status, "add a stream to") }
    }
    streams.append(
      Stream(timebase: parameters.timebase, isEmbedded: false, lastDecodingTicks: nil))
    return streams.count - 1
  }

  private func newStream(
    _ parameters: CodecParameters?
  ) throws(MediaFailure) -> UnsafeMutablePointer<AVStream> {
    precondition(state == .collecting, "streams are added before start()")
    guard let stream = avformat_new_stream(handle, nil) else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for a stream of \(name)")
    }
    guard let parameters else { return stream }
    let status = LibAV.call {
      avcodec_parameters_copy(stream.pointee.codecpar, parameters.handle)
    }
    guard status >= 0 else { throw failure(status, "add a stream to") }
    return stream
  }

  private func requireRoom(
    for parameters: CodecParameters, _ records: StreamRecords
  ) throws(MediaFailure) {
    let codec = parameters.codec
    guard container.canHold(codec: codec) != false else {
      let others = Container.holding(codec: codec)
      throw MediaFailure(
        .containerCannotHold, "\(container.name) cannot hold \(codec)",
        hint: others.isEmpty ? nil : "\(others.joined(separator: ", ")) can")
    }
    guard !records.has(AV_PKT_DATA_DISPLAYMATRIX) || container.holdsOrientation else {
      throw MediaFailure(
        .containerCannotHold, "\(container.name) as libav writes it cannot hold a rotation",
        hint: "mp4 and mov can; or turn the pictures, or say that it may be dropped")
    }
  }

  /// The four letters: as told, or the source's where the container uses them for the same codec,
  /// or none, for the muxer to choose.
  private func tag(
    _ settings: StreamSettings, _ codec: AVCodecParameters, keeps: Bool
  ) throws(MediaFailure) -> UInt32 {
    if let letters = settings.codecTag {
      let bytes = Array(letters.utf8)
      guard bytes.count == 4 else {
        throw MediaFailure(.badMediaSetting, "\"\(letters)\" is not a codec tag of four letters")
      }
      return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    let known = container.format?.pointee.codec_tag
    let isKnown = av_codec_get_id(known, codec.codec_tag) == codec.codec_id
    return keeps && isKnown && codec.codec_tag != 0 ? codec.codec_tag : 0
  }

  /// Adds a file for whoever plays this one: a font, a picture.
  package mutating func addAttachment(_ attachment: Attachment) throws(MediaFailure) {
    let tags = Tags([
      Tags.Entry(name: "filename", value: attachment.name),
      Tags.Entry(name: "mimetype", value: attachment.mimeType),
    ])
    _ = try add(attachment: attachment.bytes, tags, codec: AV_CODEC_ID_BIN_DATA)
  }

  private mutating func addAttachment(
    copying stream: StreamDescription
  ) throws(MediaFailure) -> Int {
    let codec = stream.parameters.handle.pointee
    let bytes = UnsafeBufferPointer(start: codec.extradata, count: Int(codec.extradata_size))
    return try add(attachment: Array(bytes), stream.tags, codec: codec.codec_id)
  }

  private mutating func addCover(copying stream: StreamDescription) throws(MediaFailure) -> Int {
    guard let bytes = stream.parameters.attachedPicture else {
      throw MediaFailure(.mediaDamaged, "the cover picture of \(name) has no bytes")
    }
    let codec = stream.parameters.codec
    let (suffix, type) = codec == "mjpeg" ? ("jpg", "jpeg") : (codec, codec)
    var tags = stream.tags
    for (name, value) in [("filename", "cover.\(suffix)"), ("mimetype", "image/\(type)")]
    where tags[name] == nil {
      tags.entries.append(Tags.Entry(name: name, value: value))
    }
    return try add(attachment: bytes, tags, codec: AV_CODEC_ID_BIN_DATA)
  }

  private mutating func add(
    attachment bytes: [UInt8], _ tags: Tags, codec: AVCodecID
  ) throws(MediaFailure) -> Int {
    guard container.holdsAttachments else {
      throw MediaFailure(
        .containerCannotHold, "\(container.name) cannot hold attachments", hint: "matroska can")
    }
    let stream = try newStream(nil)
    stream.pointee.codecpar.pointee.codec_type = AVMEDIA_TYPE_ATTACHMENT
    stream.pointee.codecpar.pointee.codec_id = codec
    let padded = bytes.count + Int(AV_INPUT_BUFFER_PADDING_SIZE)
    guard let memory = av_mallocz(padded)?.assumingMemoryBound(to: UInt8.self) else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for an attachment of \(name)")
    }
    _ = UnsafeMutableBufferPointer(start: memory, count: padded).update(fromContentsOf: bytes)
    stream.pointee.codecpar.pointee.extradata = memory
    stream.pointee.codecpar.pointee.extradata_size = Int32(bytes.count)
    Self.set(tags, on: &stream.pointee.metadata)
    streams.append(
      Stream(timebase: Rational(1, 1000), isEmbedded: true, lastDecodingTicks: nil))
    return streams.count - 1
  }

  /// Adds chapters.
  package mutating func addChapters(_ chapters: [Chapter]) throws(MediaFailure) {
    precondition(state == .collecting, "chapters are added before start()")
    for chapter in chapters {
      guard
        let raw = av_mallocz(MemoryLayout<AVChapter>.size)?.assumingMemoryBound(to: AVChapter.self)
      else { throw MediaFailure(.mediaOutOfMemory, "no memory for the chapters of \(name)") }
      let count = handle.pointee.nb_chapters
      raw.pointee.id = Int64(count) + 1
      raw.pointee.time_base = chapter.start.timebase.raw
      raw.pointee.start = chapter.start.ticks
      raw.pointee.end = chapter.end.rescaled(to: chapter.start.timebase).ticks
      Self.set(chapter.tags, on: &raw.pointee.metadata)
      // An int in libav's helper, unsigned in its struct.
      var length = Int32(count)
      let status = av_dynarray_add_nofree(&handle.pointee.chapters, &length, raw)
      guard status >= 0 else {
        av_dict_free(&raw.pointee.metadata)
        av_free(raw)
        throw MediaFailure(.mediaOutOfMemory, "no memory for the chapters of \(name)")
      }
      handle.pointee.nb_chapters = UInt32(length)
    }
  }
}
