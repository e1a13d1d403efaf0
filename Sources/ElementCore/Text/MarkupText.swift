/// Text inside XML and HTML, in elements and in attributes.
package enum MarkupText {
  /// The text with what markup reserves written as entities.
  package static func escape(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
  }
}
