import SQLite

/// The tables of the catalogue, as the steps that lead there.
///
/// A step that was released is never changed; a change is a further step.
enum CatalogueSchema {
  static let schema = Schema(
    // "Mdry"
    applicationID: 0x4D64_7279,
    steps: [
      Migration(
        "assets, runs, workflows, search, counts and the journal's place",
        AssetTables.sql + RunTables.sql + WorkflowTables.sql + SearchTables.sql + CountTables.sql
          + JournalTables.sql + JobTables.sql)
    ])
}
