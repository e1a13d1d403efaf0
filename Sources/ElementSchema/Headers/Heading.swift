/// A heading with its comparable forms, made once however many datasets it is compared with.
struct Heading: Sendable {
  /// As it is written.
  let text: String
  /// Its `HeaderText` key.
  let key: String
  /// Its key without what stands in brackets.
  let bare: String

  /// A heading as it is written.
  init(_ text: String) {
    self.text = text
    key = HeaderText.key(text)
    bare = HeaderText.keyWithoutNotes(text)
  }

  /// What an index by keys has for it, the whole heading first.
  func found<Value>(in index: [String: Value]) -> Value? { index[key] ?? index[bare] }
}
