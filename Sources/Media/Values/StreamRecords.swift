import CFFmpeg

/// The extra records of a stream (rotation, HDR data, Dolby Vision, …) as libav's bytes, so that a
/// copy of the stream keeps even those that nothing here understands.
struct StreamRecords: Sendable {
  /// One record.
  struct Record: Sendable {
    let type: AVPacketSideDataType
    let bytes: [UInt8]
  }

  private(set) var list: [Record] = []

  /// No records.
  init() {}

  /// All records of a stream that was opened.
  init(of stream: UnsafePointer<AVStream>) {
    var index: Int32 = 0
    while let raw = mediary_stream_side_data_at(stream, index)?.pointee {
      list.append(Record(raw))
      index += 1
    }
  }

  /// All records that an encoder tells of.
  init(of encoder: UnsafePointer<AVCodecContext>) {
    list = (0..<Int(encoder.pointee.nb_coded_side_data)).map {
      Record(encoder.pointee.coded_side_data[$0])
    }
  }

  /// Whether there is one of a type.
  func has(_ type: AVPacketSideDataType) -> Bool { list.contains { $0.type == type } }

  /// Puts a record in the place of any of its type.
  mutating func set(_ type: AVPacketSideDataType, _ bytes: [UInt8]) {
    remove(type)
    list.append(Record(type: type, bytes: bytes))
  }

  /// Puts one of libav's plain structs in the place of any record of its type.
  mutating func set<Value: BitwiseCopyable>(_ type: AVPacketSideDataType, value: Value) {
    set(type, withUnsafeBytes(of: value) { Array($0) })
  }

  /// Takes the record of a type out.
  mutating func remove(_ type: AVPacketSideDataType) { list.removeAll { $0.type == type } }

  /// These, with the others' in the place of those they have too.
  func overridden(by others: StreamRecords) -> StreamRecords {
    var all = self
    for record in others.list { all.set(record.type, record.bytes) }
    return all
  }
}

extension StreamRecords.Record {
  init(_ raw: AVPacketSideData) {
    type = raw.type
    bytes = Array(UnsafeBufferPointer(start: raw.data, count: raw.size))
  }
}
