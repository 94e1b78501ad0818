import Foundations
package import Model

extension RunStorage {
  /// Adds content to a run as an output: `output_<type>.<ext>`, and `output_<type>_2.<ext>` next.
  ///
  /// Its blob is committed already. The type is what the bytes are, whatever was asked for, and a
  /// page where a picture should be is refused. When this returns, the file, metadata.json and the
  /// catalogue have it.
  ///
  /// After `run.not_catalogued` it can be called again: the same content with the same details is
  /// the output that is there already.
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
      try self.lookForUnanswered(in: &run)
      let ordinal = try run.add(arrival, type, about, file)
      return (ordinal, run.document.outputs[ordinal - 1])
    }
    return record.row(id, ordinal: ordinal, arrival.asset?.asset.id)
  }

  /// Finds the outputs of a run that was read anew which are in no catalogue.
  private func lookForUnanswered(in run: inout OpenRun) throws {
    guard run.unanswered == nil else { return }
    let (id, outputs) = (run.id, run.document.outputs)
    let known = try catalogue.read { catalogue in
      // A catalogue that has lost the run tells nothing of what was answered.
      try catalogue.run(id).map { _ in Set(try catalogue.outputs(of: id).map(\.filename)) }
    }
    run.unanswered = (0..<run.outputsBefore).filter { index in
      known.map { !$0.contains(outputs[index].filename) } ?? false
    }
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
