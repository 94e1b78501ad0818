import Foundations
package import Model

extension RunStorage {
  /// Adds content to a run as an output: `output_<type>.<ext>`, and `output_<type>_2.<ext>` next.
  ///
  /// Its blob is committed already. The type is what the bytes are, whatever was asked for, and a
  /// page where a picture should be is refused. When this returns, the file, metadata.json and the
  /// catalogue have it.
  package func add(
    _ new: NewAsset, to id: RunID, _ about: OutputDetails = OutputDetails()
  ) throws -> RunOutput {
    let type = try OutputType.decide(
      asked: about.type, new.facts, size: new.size, name: new.name)
    try checkID(of: new)
    let arrival = Arrival(new, id: new.id ?? AssetID(ids.uuid()))
    // Before the copying: a run that is not there is told of at once.
    _ = try folder(id)
    let file = try incoming(new.blob)
    let (ordinal, record) = try change(id) { run in
      let ordinal = try run.add(arrival, type, about, file)
      return (ordinal, run.document.outputs[ordinal - 1])
    }
    return record.row(id, ordinal: ordinal, arrival.asset?.asset.id)
  }

  /// An id that stands for other content is refused before anything is written.
  private func checkID(of new: NewAsset) throws {
    guard let id = new.id, let there = try catalogue.read({ try $0.asset(id) }),
      there.blob != new.blob
    else { return }
    throw ModelFailure(
      .modelConflict, "the id \(id) stands for other content",
      hint: "let the library choose the id")
  }
}
