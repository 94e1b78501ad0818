import EmbeddedMetadata
import Foundations
import Glibc
import MediaOutput

// The functions of the shared library behind the Python package. Each takes a request as JSON and
// answers with JSON, `{"ok": …}` or `{"error": {"code", "message", "hint", "kind"}}`, which the
// caller gives back to `mediary_free`. Arrays are lent by address for the time of the call.

/// Writes a film: `{"frames": ARRAY or null, "layout", "path", "settings", "sound", "metadata",
/// "ticket"}`; without an array the frames come from `next`.
@_cdecl("mediary_write_video")
public func writeVideo(
  _ request: UnsafePointer<CChar>?, _ next: NextFrame?, _ context: UnsafeMutableRawPointer?,
  _ say: SayLine?
) -> UnsafeMutablePointer<CChar>? {
  answer(request) { request in
    var settings = try SettingsReading.video(request["settings"])
    settings.metadata = try SettingsReading.told(request)
    let layout = try request["layout"]?.string.map { try PixelLayout(named: $0) }
    let source: any FrameSource
    if let array = request["frames"], array != .null {
      source = try ArrayFrames(film: try LentArray.read(array), layout: layout)
    } else if let next {
      source = CalledFrames(next, context, layout: layout)
    } else {
      throw BindingFailure("a film needs frames")
    }
    return try Tickets.whileStoppable(request) { stop in
      let writer = FilmWriter(settings, log: logger(say), stop: stop)
      let sound = try SettingsReading.sound(request["sound"])
      return .object(try writer.write(source, sound: sound, to: try path(request)).json)
    }
  }
}

/// Writes a picture: `{"picture": ARRAY, "layout", "path", "settings", "gray", "metadata",
/// "ticket"}`.
@_cdecl("mediary_write_image")
public func writeImage(
  _ request: UnsafePointer<CChar>?, _ say: SayLine?
) -> UnsafeMutablePointer<CChar>? {
  answer(request) { request in
    var settings = try SettingsReading.image(request["settings"])
    settings.metadata = try SettingsReading.told(request)
    let layout = try request["layout"]?.string.map { try PixelLayout(named: $0) }
    let source = try ArrayFrames(
      picture: try LentArray.read(request["picture"] ?? .null), layout: layout)
    return try Tickets.whileStoppable(request) { stop in
      let written = try PictureWriter(settings, log: logger(say), stop: stop).write(
        source, to: try path(request), keepsGray: request["gray"]?.bool ?? false)
      return .object(written.json)
    }
  }
}

/// Writes sound: `{"samples": ARRAY, "path", "settings", "metadata", "ticket"}`.
@_cdecl("mediary_write_audio")
public func writeAudio(
  _ request: UnsafePointer<CChar>?, _ say: SayLine?
) -> UnsafeMutablePointer<CChar>? {
  answer(request) { request in
    var settings = try SettingsReading.audio(request["settings"])
    settings.metadata = try SettingsReading.told(request)
    let array = try LentArray.read(request["samples"] ?? .null)
    return try Tickets.whileStoppable(request) { stop in
      let writer = SoundWriter(settings, log: logger(say), stop: stop)
      return .object(try writer.write(array, to: try path(request)).json)
    }
  }
}

/// Writes, reads, strips or copies metadata:
/// `{"do": "write"|"read"|"strip"|"copy", "path", "text", "to", "placement", "pictures"}`.
@_cdecl("mediary_metadata")
public func metadata(_ request: UnsafePointer<CChar>?) -> UnsafeMutablePointer<CChar>? {
  answer(request) { request in
    guard let path = try path(request) else { throw BindingFailure("metadata need a path") }
    switch request["do"]?.string {
    case "read":
      let reading = try EmbeddedMetadata.read(path)
      return [
        "source": .string(reading.source), "place": .string(reading.place),
        "record": reading.record.json, "raw": .string(reading.raw),
      ]
    case "write":
      return try EmbeddedMetadata.write(
        request["text"]?.string ?? "", to: path, options: try SettingsReading.metadata(request)
      ).bindingJSON
    case "strip": return try EmbeddedMetadata.strip(path).bindingJSON
    case "copy":
      guard let target = request["to"]?.string else {
        throw BindingFailure("a copy needs a target")
      }
      return try EmbeddedMetadata.copy(
        from: path, to: FilePath(target), options: try SettingsReading.metadata(request)
      ).bindingJSON
    default: throw BindingFailure("metadata are read, written, stripped or copied")
    }
  }
}

extension MetadataWriting {
  fileprivate var bindingJSON: JSONValue {
    var object: JSONObject = ["path": .string(path.text), "bytes": .int(Int(bytes))]
    object["where"] = .string(place ?? (sidecar != nil ? "sidecar" : "nowhere"))
    if let sidecar { object["sidecar"] = .string(sidecar.text) }
    if let note { object["note"] = .string(note) }
    return .object(object)
  }
}

/// Stops the call whose request had this ticket, from another thread or a signal's handler; one
/// that is not running is none of ours.
@_cdecl("mediary_stop")
public func stopCall(_ ticket: UnsafePointer<CChar>?) {
  if let ticket { Tickets.stop(String(cString: ticket)) }
}

/// Gives back an answer's memory.
@_cdecl("mediary_free")
public func freeAnswer(_ answer: UnsafeMutablePointer<CChar>?) { free(answer) }

private func path(_ request: JSONValue) throws -> FilePath? {
  guard let text = request["path"]?.string else { return nil }
  guard !text.isEmpty, !text.utf8.contains(0) else {
    throw BindingFailure("a path is neither empty nor has it a zero byte")
  }
  return FilePath(text)
}

/// Reads a request, does the work, and puts what came of it into memory of the C library's.
private func answer(
  _ request: UnsafePointer<CChar>?, _ work: (JSONValue) throws -> JSONValue
) -> UnsafeMutablePointer<CChar>? {
  let result: JSONObject
  do {
    guard let request else { throw BindingFailure("there is no request") }
    result = ["ok": try work(try JSONReader.read(String(cString: request)))]
  } catch {
    let failure = error.asFailure
    var object = failure.json.object ?? [:]
    object["kind"] = .string("\(failure.kind)")
    result = ["error": .object(object)]
  }
  return strdup(JSONValue.object(result).text())
}

/// A request that makes no sense.
struct BindingFailure: Failure {
  let code = FailureCode.usageBadValue
  let message: String
  let hint: String? = nil
  let cause: (any Error)? = nil

  init(_ message: String) { self.message = message }
}
