import Blobs
import Encoding
import Foundations
import Library
import Model
import Sniffing

/// What a job encodes: the content of an asset, or a file of the worker's machine.
enum EncodeSource {
  case asset(Asset)
  case path(FilePath)

  /// The members that name it, and where its output goes.
  static let members = ["asset_id", "path", "output", "container"]

  /// Reads the members; refuses what is no film.
  init(_ input: JobInput, in open: OpenLibrary) throws {
    switch (try input.plain("asset_id"), try input.plain("path")) {
    case (let id?, nil):
      let asset = try open.asset(named: id)
      try Self.check(asset)
      self = .asset(asset)
    case (nil, let text?):
      let path = try Self.path(text, "path")
      _ = try Film.open(path)
      self = .path(path)
    case (nil, nil):
      throw JobEngineFailure(
        .jobBadInput, "the input of \(input.kind) names no film",
        hint: "give asset_id, or path for a file of this machine")
    case (_?, _?):
      throw JobEngineFailure(
        .jobBadInput, "asset_id and path of \(input.kind) are two films",
        hint: "give one of them; each film is a job")
    }
  }

  /// What it was planned with; nothing is looked at but that it is there.
  init(planned input: JobInput, in open: OpenLibrary) throws {
    if let id = try input.plain("asset_id") {
      let asset = try open.library.asset(AssetID(id))
      try Self.check(asset)
      self = .asset(asset)
    } else {
      self = .path(FilePath(try input.text("path")))
    }
  }

  /// A whole path: who asks and who works may be in different folders.
  static func path(_ text: String, _ member: String) throws -> FilePath {
    let path = FilePath(text)
    guard path.isAbsolute else {
      throw JobEngineFailure(
        .jobBadInput, "'\(member)' of encode is \(path), which depends on where the worker is",
        hint: "give a path that begins with /")
    }
    return path
  }

  /// What people call it.
  var name: String {
    switch self {
    case .asset(let asset): asset.name
    case .path(let path): path.name
    }
  }

  /// As the input of the job has it.
  var member: (name: String, value: JSONValue) {
    switch self {
    case .asset(let asset): ("asset_id", .string(asset.id.text))
    case .path(let path): ("path", .string(path.text))
    }
  }

  private static func check(_ asset: Asset) throws {
    guard asset.facts.kind == .video else {
      throw EncodingFailure.noFilm(
        in: "asset \(asset.id) (\(asset.name))", kind: asset.facts.kind.rawValue)
    }
  }
}
