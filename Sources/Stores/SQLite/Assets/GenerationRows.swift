import Foundations
import Model
import SQLite

extension Generation {
  /// The columns that `init` reads, in its order.
  fileprivate static let columns: SQL = """
    g.id, a.id, provider, model, prompt, negative_prompt, seed, parameters, job_id, g.status,
    error, started_at, completed_at, read_from
    """

  private static let values: SQL = """
    INSERT INTO generation (id, asset, provider, model, prompt, negative_prompt, seed, parameters,
      job_id, status, error, started_at, completed_at, read_from)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
    ON CONFLICT
    """

  /// Does nothing where the id is there already.
  fileprivate static let insertion = values + " DO NOTHING"

  fileprivate static let replacement =
    values + """
       (id) DO UPDATE SET asset = ?2, provider = ?3, model = ?4, prompt = ?5,
        negative_prompt = ?6, seed = ?7, parameters = ?8, job_id = ?9, status = ?10, error = ?11,
        started_at = ?12, completed_at = ?13, read_from = ?14
      """

  fileprivate init(_ row: borrowing Row) throws {
    self.init(id: try row[0], asset: try row[1])
    provider = try row[2]
    model = try row[3]
    prompt = try row[4]
    negativePrompt = try row[5]
    seed = try row[6]
    parameters = try row[7]
    jobID = try row[8]
    status = try row[9]
    error = try row[10]
    startedAt = try row[11]
    completedAt = try row[12]
    readFrom = try row[13]
  }

  /// Whether it tells the same, whatever its id.
  func tellsTheSame(as other: Generation) -> Bool {
    var (left, right) = (self, other)
    right.id = left.id
    left.asset = nil
    right.asset = nil
    return left == right
  }
}

extension CatalogueQueries {
  func generations(of asset: AssetID) throws -> [Generation] {
    try all(
      "SELECT " + Generation.columns + """
         FROM generation AS g CROSS JOIN asset AS a ON a.row = g.asset
        WHERE g.asset = ?1 ORDER BY g.row DESC
        """, row(of: asset)
    ) { try Generation($0) }
  }

  /// Generations that made nothing, the first first.
  func fruitlessGenerations(_ body: (Generation) throws -> Void) throws {
    try each(
      "SELECT " + Generation.columns + """
         FROM generation AS g LEFT JOIN asset AS a ON a.row = g.asset
        WHERE g.asset IS NULL ORDER BY g.row
        """
    ) { try body(Generation($0)) }
  }
}

extension CatalogueWriter {
  /// Adds a generation that came with content, unless the asset has an equal one.
  func add(
    _ generation: Generation, to id: AssetID, _ row: Int64, isFirst: Bool = false
  ) throws {
    var generation = generation
    generation.asset = id
    if !isFirst,
      try generations(of: id).contains(where: { $0.tellsTheSame(as: generation) })
    {
      return
    }
    guard try insert(generation, row) else {
      throw ModelFailure.conflict("generation", generation.id)
    }
    try tell(.generation(generation))
  }

  func putGeneration(_ generation: Generation) throws {
    let row = try generation.asset.map { try self.row(of: $0) }
    let before =
      try value(
        "SELECT asset FROM generation WHERE id = ?1", generation.id, as: Int64?.self) ?? nil
    let assets = Set([row, before].compactMap { $0 })
    try changing(assets.sorted()) { try insert(generation, row, replacing: true) }
    try tell(.generation(generation))
  }

  /// False where the id is there already and is not to be replaced.
  @discardableResult
  private func insert(
    _ generation: Generation, _ row: Int64?, replacing: Bool = false
  ) throws -> Bool {
    try run(
      replacing ? Generation.replacement : Generation.insertion, generation.id, row,
      generation.provider, generation.model, generation.prompt, generation.negativePrompt,
      generation.seed, generation.parameters, generation.jobID, generation.status,
      generation.error, generation.startedAt, generation.completedAt, generation.readFrom) > 0
  }
}
