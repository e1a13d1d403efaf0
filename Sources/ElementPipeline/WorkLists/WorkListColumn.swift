/// Headings that a work list shows for reading only: what stands under them is not taken when the list comes back.
enum WorkListColumn {
  /// What such a heading begins with.
  static let mark = "※"

  /// Whether a heading is one of these.
  static func isOwn(_ heading: String) -> Bool { heading.utf8.starts(with: mark.utf8) }
}
