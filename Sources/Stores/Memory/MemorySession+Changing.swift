import Blobs
import Foundations
import Model

extension MemorySession {
  func addAsset(_ new: NewAsset, id: AssetID) throws -> AddedAsset {
    let known = asset(of: new.blob)
    let wanted = new.id ?? known?.id ?? id
    if wanted != known?.id, asset(wanted) != nil { throw ModelFailure.conflict("asset", wanted) }
    let id = known?.id ?? wanted
    let isRevived = known?.deletedAt != nil
    if isRevived { try undeleteAsset(id) }
    if known == nil {
      let asset = Asset(
        id: id, blob: new.blob, size: new.size, name: new.name, source: new.source,
        addedAt: new.addedAt, user: new.user, facts: new.facts)
      state.assets[id] = MemoryState.AssetEntry(row: state.nextRow(), asset: asset)
    }
    let origin = AssetOrigin(
      asset: id, name: new.name, source: new.source, addedAt: new.addedAt, from: new.from,
      user: new.user)
    state.assets[id]?.origins.append(origin)
    tell(.origin(origin, blob: new.blob))
    if let generation = new.generation { try add(generation, to: id) }
    return AddedAsset(
      asset: try entry(id).asset, isDuplicate: known != nil, isRevived: isRevived)
  }

  private func add(_ generation: Generation, to id: AssetID) throws {
    var generation = generation
    generation.asset = id
    if try entry(id).generations.contains(where: { $0.tellsTheSame(as: generation) }) { return }
    guard
      !state.fruitless.contains(where: { $0.id == generation.id }),
      !state.assets.values.contains(where: { $0.generations.contains { $0.id == generation.id } })
    else { throw ModelFailure.conflict("generation", generation.id) }
    state.assets[id]?.generations.append(generation)
    state.place(generation.id)
    tell(.generation(generation))
  }

  func changeAsset(_ id: AssetID, _ change: AssetChange) throws -> Asset {
    let before = try entry(id).asset
    let after = try change.applied(to: before)
    if after != before {
      state.assets[id]?.asset = after
      tell(.notes(id, name: after.name, user: after.user, after.notes))
    }
    return after
  }

  func setFacts(of id: AssetID, _ facts: AssetFacts) throws {
    _ = try entry(id)
    state.assets[id]?.asset.facts = facts
  }

  func deleteAsset(_ id: AssetID, at time: Timestamp, evenIfReferenced: Bool) throws {
    guard try entry(id).asset.deletedAt == nil else { return }
    if !evenIfReferenced, let first = try references(to: id).first {
      throw ModelFailure(.modelReferenced, "\(first) refers to asset \(id)")
    }
    state.assets[id]?.asset.deletedAt = time
    tell(.deleted(id, at: time))
  }

  func undeleteAsset(_ id: AssetID) throws {
    guard try entry(id).asset.deletedAt != nil else { return }
    state.assets[id]?.asset.deletedAt = nil
    tell(.undeleted(id))
  }

  func purgeAsset(_ id: AssetID) throws {
    guard try entry(id).asset.deletedAt != nil else {
      throw ModelFailure(.modelConflict, "asset \(id) is not in the trash")
    }
    for generation in state.assets[id]?.generations ?? [] {
      state.generationRows[generation.id] = nil
    }
    state.assets[id] = nil
    state.associations.removeAll { $0.asset == id }
    for (run, outputs) in state.outputs {
      state.outputs[run] = outputs.map { $0.asset == id ? $0.withoutAsset : $0 }
    }
    tell(.purged(id))
  }

  func putGeneration(_ generation: Generation) throws {
    if let id = generation.asset { _ = try entry(id) }
    for id in state.assets.keys {
      state.assets[id]?.generations.removeAll { $0.id == generation.id }
    }
    state.fruitless.removeAll { $0.id == generation.id }
    if let id = generation.asset {
      state.assets[id]?.generations.append(generation)
    } else {
      state.fruitless.append(generation)
    }
    state.place(generation.id)
    tell(.generation(generation))
  }

  func setText(of id: AssetID, _ kind: String, _ text: String?) throws {
    guard AssetTexts.kinds.contains(kind) else {
      throw ModelFailure(.modelBadValue, "there is no text of the kind \"\(kind)\"")
    }
    _ = try entry(id)
    state.assets[id]?.texts[kind] = text
    tell(.text(id, kind: kind, text))
  }
}

extension RunOutput {
  fileprivate var withoutAsset: RunOutput {
    RunOutput(
      run: run, ordinal: ordinal, type: type, filename: filename, asset: nil, blob: blob,
      addedAt: addedAt, details: details)
  }
}
