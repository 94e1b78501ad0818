package import Foundations
package import Model

extension Page {
  /// `{"items": […], "next_cursor": …}`: a list as every surface answers it.
  package func json(_ item: (Item) -> JSONValue) -> JSONValue {
    [
      "items": .array(items.map(item)),
      "next_cursor": .string(orNull: next?.description),
    ]
  }
}
