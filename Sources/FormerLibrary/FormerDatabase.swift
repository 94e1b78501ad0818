package import Foundations
import SQLite

/// The database of the MediaManager of Python that the library takes the place of, read as it is.
///
/// Its tables are `videos`, `video_generation`, `workflows`, `workflow_executions` and
/// `workflow_videos`. Foreign keys were never on there, so rows may refer to what is not there; that
/// is for the reader to find out. Columns that a version lacks are read as nothing.
package struct FormerDatabase: Sendable {
  /// The tables that are read.
  package enum Table: String, Sendable, CaseIterable {
    case videos
    case generations = "video_generation"
    case workflows
    case executions = "workflow_executions"
    case associations = "workflow_videos"
  }

  /// Where it lies.
  package let path: FilePath

  /// A database at a path; nothing is opened yet.
  package init(_ path: FilePath) { self.path = path }

  /// Hands every row of every table over, tables in the order of their needs.
  package func read(
    stop: StopFlag? = nil, each: (Table, FormerRow) throws -> Void
  ) throws {
    try ForeignDatabase.read(path, stop: stop) { connection in
      guard try !ForeignDatabase.columns(of: "videos", in: connection).isEmpty else {
        throw SQLiteFailure(
          .databaseForeign, "\(path) is no database of a MediaManager: it has no table of videos")
      }
      for table in Table.allCases {
        let present = try ForeignDatabase.columns(of: table.rawValue, in: connection)
        if present.isEmpty { continue }
        let columns = Self.columns(of: table)
        let wanted = SQL.joined(
          columns.map { present.contains($0.name) ? $0.sql : "NULL" }, by: ", ")
        try connection.each("SELECT " + wanted + " FROM " + Self.name(of: table)) { row in
          var values: [String: FormerRow.Value] = [:]
          for (place, column) in columns.enumerated() {
            values[column.name] = Self.value(try row.value(place, as: SQLValue.self))
          }
          try each(table, FormerRow(values: values))
        }
      }
    }
  }

  private static func value(_ value: SQLValue) -> FormerRow.Value? {
    switch value {
    case .null: nil
    case .integer(let number): .integer(number)
    case .real(let number): .real(number)
    case .text(let text): .text(text)
    case .bytes(let bytes): .text(String(decoding: bytes, as: UTF8.self))
    }
  }

  private static func name(of table: Table) -> SQL {
    switch table {
    case .videos: "videos"
    case .generations: "video_generation"
    case .workflows: "workflows"
    case .executions: "workflow_executions"
    case .associations: "workflow_videos"
    }
  }

  private static func columns(of table: Table) -> [(name: String, sql: SQL)] {
    let columns: [SQL] =
      switch table {
      case .videos:
        [
          "id", "name", "file_path", "file_hash", "size_bytes", "source_type", "created_at",
          "metadata",
        ]
      case .generations:
        [
          "video_id", "provider", "model", "prompt", "generation_params", "job_id", "status",
          "error", "started_at", "completed_at",
        ]
      case .workflows:
        ["id", "name", "description", "status", "definition", "created_at", "updated_at"]
      case .executions:
        [
          "id", "workflow_id", "status", "started_at", "completed_at", "error", "execution_data",
        ]
      case .associations:
        [
          "workflow_id", "video_id", "node_id", "node_type", "role", "execution_id",
          "created_at",
        ]
      }
    return columns.map { ($0.description, $0) }
  }
}
