import Foundations
import Media

/// The packets of a film's pieces, one after the other.
///
/// Every piece must begin with a key frame and the same sequence header as the first.
struct PieceReader: ~Copyable {
  private let pieces: [FilePath]
  private let stop: StopFlag
  private var demuxer: Demuxer
  private var place = 0
  private var isAtStart = true
  private let header: SequenceHeader
  /// The stream as the first piece describes it.
  let parameters: CodecParameters
  /// How many packets came.
  private(set) var count = 0

  private init(
    pieces: [FilePath], stop: StopFlag, demuxer: consuming Demuxer, header: SequenceHeader,
    parameters: CodecParameters
  ) {
    self.pieces = pieces
    self.stop = stop
    self.demuxer = demuxer
    self.header = header
    self.parameters = parameters
  }

  /// Opens the first piece.
  static func open(_ pieces: [FilePath], stop: StopFlag) throws -> PieceReader {
    guard let first = pieces.first else {
      throw EncodingFailure(.encodingNoFilm, "there is no piece to join")
    }
    let (header, parameters) = try look(at: first, stop)
    return PieceReader(
      pieces: pieces, stop: stop, demuxer: try Demuxer.open(.file(first), stop: stop),
      header: header, parameters: parameters)
  }

  private static func look(
    at piece: FilePath, _ stop: StopFlag
  ) throws -> (SequenceHeader, CodecParameters) {
    let demuxer = try Demuxer.open(.file(piece), stop: stop)
    guard let stream = demuxer.streams.first, stream.codec == "av1" else {
      throw unfit(piece, "is no AV1")
    }
    let packet = try Packet()
    guard try demuxer.read(into: packet) else { throw unfit(piece, "holds no frame") }
    return (try header(of: packet, piece), stream.parameters)
  }

  private static func header(
    of packet: borrowing Packet, _ piece: FilePath
  ) throws(EncodingFailure) -> SequenceHeader {
    guard let header = SequenceHeader(in: packet.bytes) else {
      throw unfit(piece, "does not begin with a sequence header")
    }
    guard packet.isKeyFrame else { throw unfit(piece, "does not begin with a key frame") }
    return header
  }

  private static func unfit(_ piece: FilePath, _ what: String) -> EncodingFailure {
    EncodingFailure(
      .encodingPoison, "the piece \(piece) \(what), and cannot be joined to the others",
      hint: "remove it, and run again: it is encoded anew")
  }

  /// Reads the next packet; false at the end of the last piece.
  mutating func read(into packet: borrowing Packet) throws -> Bool {
    while true {
      if try demuxer.read(into: packet) {
        if isAtStart {
          guard try Self.header(of: packet, pieces[place]) == header else {
            throw Self.unfit(pieces[place], "was made with other settings than the first")
          }
        }
        isAtStart = false
        count += 1
        return true
      }
      if isAtStart { throw Self.unfit(pieces[place], "holds no frame") }
      guard place + 1 < pieces.count else { return false }
      place += 1
      isAtStart = true
      demuxer = try Demuxer.open(.file(pieces[place]), stop: stop)
    }
  }
}
