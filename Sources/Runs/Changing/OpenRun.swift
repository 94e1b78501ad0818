import Blobs
import Foundations
import Model
import Synchronization

/// A run in the hands of one who changes it: its locked folder and what its metadata says.
struct OpenRun {
  let id: RunID
  let folder: Folder
  var document: RunDocument
  var names: TakenNames
  /// Content that the catalogue is to learn of with this change.
  var arrivals: [Arrival] = []
  /// Files put into the folder by this change, to be taken out where it fails.
  var placed: [FileName] = []
  /// How many outputs the catalogue is known to have; nil where nobody knows.
  var catalogued: Int?
  /// The outputs that were there before this change and are in no catalogue, so that who added them
  /// had no answer; nil where nobody has looked.
  var unanswered: [Int]?
  /// How many outputs there were before this change.
  let outputsBefore: Int

  init(
    id: RunID, folder: Folder, document: RunDocument, names: TakenNames, catalogued: Int? = nil
  ) {
    self.id = id
    self.folder = folder
    self.document = document
    self.names = names
    self.catalogued = catalogued
    if catalogued != nil { unanswered = [] }
    outputsBefore = document.outputs.count
  }

  /// Where a file of this name goes.
  func destination(_ name: String) throws(FileFailure) -> Destination {
    guard let name = FileName(text: name) else {
      throw FileFailure(.nameUnsafe, "a file of run \(id) cannot have that name")
    }
    return Destination(folder: folder, name: name)
  }

  /// Adds content as an output and tells its number.
  mutating func add(
    _ arrival: Arrival, _ type: OutputType, _ about: OutputDetails, _ file: IncomingFile
  ) throws -> Int {
    let new = arrival.new
    arrivals.append(arrival)
    // An addition that a crash cut short, once more: the file is there already.
    if let found = document.outputs.recovered.first(where: { document.outputs[$0].blob == new.blob }
    ) {
      let filename = document.outputs[found].filename
      document.replace(found + 1, by: OutputRecord(type.text, filename, new, about))
      catalogued = nil
      return found + 1
    }
    if let found = takeUnanswered(type, new, about) { return found + 1 }
    let filename = names.take("output_\(type.text)", type.fileExtension)
    let target = try destination(filename)
    try file.publish(as: target)
    placed.append(target.name)
    return document.append(OutputRecord(type.text, filename, new, about))
  }

  /// The place of an output that is in the folder and not in the catalogue, and is now added again.
  private mutating func takeUnanswered(
    _ type: OutputType, _ new: NewAsset, _ about: OutputDetails
  ) -> Int? {
    let place = unanswered?.firstIndex { index in
      let there = document.outputs[index]
      return there.isRepeated(by: OutputRecord(type.text, there.filename, new, about))
    }
    // Who adds it a third time has a second one in mind.
    return place.map { unanswered?.remove(at: $0) } ?? nil
  }
}

/// Content on its way into the catalogue, and what came of it.
final class Arrival: Sendable {
  let new: NewAsset
  let id: AssetID
  private let added = Mutex<AddedAsset?>(nil)

  init(_ new: NewAsset, id: AssetID) {
    self.new = new
    self.id = id
  }

  /// What the catalogue made of it, once it has.
  var asset: AddedAsset? { added.withLock { $0 } }

  func settle(_ asset: AddedAsset) { added.withLock { $0 = asset } }
}
