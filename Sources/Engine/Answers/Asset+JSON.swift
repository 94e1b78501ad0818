import Blobs
package import Foundations
package import Library
import Media
package import Model
import Sniffing

extension Asset {
  /// The asset as every surface answers it.
  ///
  /// `id`, `file_hash`, `source_type`, `created_at` and their like are words that users of the
  /// MediaManager before know; `asset_id` is what other answers call it.
  package func json(_ library: MediaLibrary) -> JSONValue {
    var object: JSONObject = [
      "asset_id": .string(id.text), "id": .string(id.text), "name": .string(name),
      "file_path": .string(orNull: library.blobs.localPath(of: blob)?.text),
      "file_hash": .string(blob.description), "size_bytes": .int(size),
      "source_type": .string(source.rawValue), "created_at": .string(addedAt.description),
      "user_id": .string(orNull: user),
    ]
    for (key, value) in facts.json.members { object[key] = value }
    object["tags"] = .array(notes.tags.map { .string($0) })
    object["notes"] = .string(orNull: notes.text)
    object["rating"] = .int(orNull: notes.rating)
    object["favourite"] = .bool(notes.isFavourite)
    object["metadata"] = .object(notes.extra)
    object["deleted_at"] = .string(orNull: deletedAt?.description)
    return .object(object)
  }
}

extension AssetFacts {
  /// What the bytes tell, as members of an answer.
  package var json: JSONObject {
    [
      "kind": .string(kind.rawValue), "format": .string(format), "mime_type": .string(mimeType),
      "readable": .bool(isReadable), "width": .int(orNull: width), "height": .int(orNull: height),
      "resolution": .string(orNull: resolution), "aspect_ratio": .string(orNull: aspectRatio),
      "duration_seconds": .double(orNull: durationSeconds),
      "fps": .double(orNull: frameRate?.double),
      "fps_rational": .string(orNull: frameRate?.description), "codec": .string(orNull: codec),
      "bitrate": .int(orNull: bitrate), "audio_codec": .string(orNull: audioCodec),
      "channels": .int(orNull: channels), "sample_rate": .int(orNull: sampleRate),
      "rotation": .int(orNull: rotation), "hdr": .string(orNull: dynamicRange),
      "perceptual_hash": .string(orNull: likeness?.hex),
    ]
  }
}

extension AddedAsset {
  /// What adding came to.
  package var json: JSONValue {
    [
      "asset_id": .string(asset.id.text), "is_duplicate": .bool(isDuplicate),
      "original_id": isDuplicate ? .string(asset.id.text) : .null,
      "is_revived": .bool(isRevived), "name": .string(asset.name), "size_bytes": .int(asset.size),
      "file_hash": .string(asset.blob.description), "kind": .string(asset.facts.kind.rawValue),
    ]
  }
}

extension AssetOrigin {
  /// One way that content came.
  package var json: JSONValue {
    [
      "name": .string(name), "source_type": .string(source.rawValue),
      "added_at": .string(addedAt.description), "from": .string(orNull: from),
      "user_id": .string(orNull: user),
    ]
  }
}

extension Generation {
  /// One way that an asset was made.
  package var json: JSONValue {
    [
      "generation_id": .string(id.text), "asset_id": .string(orNull: asset?.text),
      "provider": .string(orNull: provider), "model": .string(orNull: model),
      "prompt": .string(orNull: prompt), "negative_prompt": .string(orNull: negativePrompt),
      "seed": .string(orNull: seed), "generation_params": .object(parameters),
      "job_id": .string(orNull: jobID), "status": .string(status), "error": .string(orNull: error),
      "started_at": .string(orNull: startedAt?.description),
      "completed_at": .string(orNull: completedAt?.description),
      "read_from": .string(orNull: readFrom),
    ]
  }
}

extension Likeness {
  /// 32 hexadecimal digits.
  package var hex: String {
    [bits, inner].map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
