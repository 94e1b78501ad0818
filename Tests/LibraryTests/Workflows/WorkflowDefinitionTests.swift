import Foundations
import Library
import Model
import Testing

@Suite("workflow definitions")
struct WorkflowDefinitionTests {
  static let good: JSONValue = [
    "nodes": [
      ["id": "node1", "type": "TextInput"], ["id": "node-2", "type": "PromptGenerator"],
      ["id": "node3", "type": "VideoGenerator", "x": 4],
    ],
    "connections": [
      ["from": "node1-output-0", "to": "node-2-input-0"],
      "node-2-output-0 → node3-input-1",
    ],
  ]

  @Test("nodes and connections are read in the forms they are written in")
  func forms() throws {
    let definition = try WorkflowDefinition(Self.good)
    #expect(definition.nodes.map(\.id) == ["node1", "node-2", "node3"])
    #expect(definition.connections.map(\.to.description) == ["node-2-input-0", "node3-input-1"])
    #expect(definition.inOrder.map(\.id) == ["node1", "node-2", "node3"])
    #expect(definition.warnings.isEmpty)
    let byID: JSONValue = [
      "nodes": ["a": ["type": "TextInput"], "b": ["type": "Export"]],
      "connections": [["b-input-0", "a-output-0"]],
    ]
    #expect(try WorkflowDefinition(byID).connections.first?.from.node == "a")
  }

  @Test("a type that is not known is kept with a warning")
  func unknownType() throws {
    let definition = try WorkflowDefinition(
      ["nodes": [["id": "a", "type": "Teleporter"], ["id": "b"]]])
    #expect(definition.nodes.count == 2)
    #expect(definition.warnings.count == 2)
  }

  private static let bad: [(String, JSONValue)] = [
    ("two nodes", ["nodes": [["id": "a"], ["id": "a"]]]),
    ("has no id", ["nodes": [["type": "TextInput"]]]),
    (
      "belongs to no node",
      ["nodes": [["id": "a"]], "connections": [["from": "a-output-0", "to": "b-input-0"]]]
    ),
    (
      "has no output 3",
      [
        "nodes": [["id": "a", "type": "TextInput"], ["id": "b"]],
        "connections": [["from": "a-output-3", "to": "b-input-0"]],
      ]
    ),
    (
      "circle",
      [
        "nodes": [["id": "a"], ["id": "b"]],
        "connections": [
          ["from": "a-output-0", "to": "b-input-0"], ["from": "b-output-0", "to": "a-input-0"],
        ],
      ]
    ),
    (
      "joins two",
      ["nodes": [["id": "a"]], "connections": [["from": "a-input-0", "to": "a-input-1"]]]
    ),
    ("no JSON object", "text"),
    ("no two ends", ["nodes": [], "connections": [7]]),
  ]

  @Test("what makes no sense is refused with a word for it", arguments: bad.indices)
  func refused(_ index: Int) {
    let (word, json) = Self.bad[index]
    let error = #expect(throws: ModelFailure.self) { try WorkflowDefinition(json) }
    #expect(error?.code == .modelBadWorkflow)
    #expect(error?.message.contains(word) == true)
  }
}
