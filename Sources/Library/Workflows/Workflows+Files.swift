package import Foundations
package import Model

extension Workflows {
  private static let format = "mediary-workflow"

  /// A workflow as a file's JSON, to be imported here or elsewhere.
  package func export(_ id: WorkflowID) throws -> JSONValue {
    let workflow = try show(id)
    return [
      "format": .string(Self.format), "version": 1, "id": .string(id.text),
      "name": .string(workflow.name), "description": .string(orNull: workflow.description),
      "status": .string(workflow.status.rawValue), "is_template": .bool(workflow.isTemplate),
      "definition": workflow.definition,
    ]
  }

  /// Makes a workflow of a file's JSON: an exported one, a row of the other MediaManager, or a bare
  /// definition.
  ///
  /// It gets an id of its own, unless the one it had is asked for.
  @discardableResult
  package func `import`(
    _ json: JSONValue, name: String? = nil, keepsID: Bool = false
  ) throws -> Kept {
    guard json.object != nil else {
      throw ModelFailure(.modelBadWorkflow, "a workflow is a JSON object")
    }
    let definition = try Self.definition(of: json)
    let id = keepsID ? try json["id"]?.string.map { try WorkflowID($0) } : nil
    return try create(
      name: name ?? json["name"]?.string ?? "workflow",
      description: json["description"]?.string, definition: definition,
      status: json["status"]?.string.flatMap(Workflow.Status.init(rawValue:)) ?? .draft, id: id,
      isTemplate: json["is_template"]?.bool ?? false)
  }

  /// The definition in it, which some keep as a text of JSON.
  private static func definition(of json: JSONValue) throws -> JSONValue {
    guard let found = json["definition"] else { return json }
    guard let text = found.string else { return found }
    do { return try JSONReader.read(text) } catch {
      throw ModelFailure(
        .modelBadWorkflow, "the definition is a text that is no JSON", cause: error)
    }
  }
}
