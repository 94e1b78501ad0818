import Foundations
import Model
import SQLite

/// What reading and writing sessions share: all that can be asked, in one file a noun.
protocol CatalogueQueries: Queries, CatalogueReading {
  /// By what a way is chosen.
  var limits: WalkLimits { get }

  /// Brings what is derived from the assets (words, texts, counts) into line with them, so that it
  /// can be asked.
  func settle() throws
}

/// A session that only reads, on one state of the catalogue.
struct CatalogueReader: CatalogueQueries {
  let connection: Connection
  let limits: WalkLimits

  // Whatever is committed is in line.
  func settle() {}
}

/// A session that writes, as one part of a group's transaction.
struct CatalogueWriter: CatalogueQueries, CatalogueTransaction {
  let transaction: WriteTransaction
  let limits: WalkLimits
  /// Whether changes are told to the journal; not while the journal itself is replayed.
  var tells = true
  /// What this write knows of the jobs.
  let known = KnownJobs()

  var connection: Connection { transaction.connection }

  /// What is done once for this write and its neighbours.
  var group: CatalogueGroup {
    guard let group = transaction.groupWork as? CatalogueGroup else {
      preconditionFailure("the catalogue's database has the catalogue's groups")
    }
    return group
  }

  func settle() throws { try group.settle(on: connection) }
}

extension CatalogueQueries {
  /// The row of an asset; `library.not_found` where there is none.
  func row(of id: AssetID) throws -> Int64 {
    try required("SELECT row FROM asset WHERE id = ?1", id, "asset")
  }

  func row(of id: RunID) throws -> Int64 {
    try required("SELECT row FROM run WHERE id = ?1", id, "run")
  }

  func row(of id: WorkflowID) throws -> Int64 {
    try required("SELECT row FROM workflow WHERE id = ?1", id, "workflow")
  }

  func row(of id: ExecutionID) throws -> Int64 {
    try required("SELECT row FROM execution WHERE id = ?1", id, "execution")
  }

  private func required<Tag>(_ sql: SQL, _ id: EntityID<Tag>, _ noun: String) throws -> Int64 {
    guard let row = try value(sql, id, as: Int64.self) else { throw ModelFailure.missing(noun, id) }
    return row
  }
}

extension ModelFailure {
  /// The failure that a missing thing is.
  static func missing<Tag>(_ noun: String, _ id: EntityID<Tag>) -> ModelFailure {
    ModelFailure(.modelNotFound, "there is no \(noun) \(id)")
  }

  static func conflict<Tag>(_ noun: String, _ id: EntityID<Tag>) -> ModelFailure {
    ModelFailure(
      .modelConflict, "the id \(id) stands for another \(noun) already",
      hint: "leave the id away, or give another")
  }
}
