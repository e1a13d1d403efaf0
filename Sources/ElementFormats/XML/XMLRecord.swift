import ElementCore
import XMLStream

/// The record of an XML document that is being read.
struct XMLRecord {
  /// Whether its end has not come yet.
  private(set) var isOpen = false
  /// The ranges of its values, column by column.
  private(set) var fields: [FieldRange] = []
  /// Where its values start in the batch.
  private(set) var start = 0
  /// The line of its start tag, from 1.
  private(set) var line = 0
  /// The offset of its start tag in the document, from 0.
  private(set) var byte = 0
  /// The text of the element that is open.
  private(set) var text: [UInt8] = []
  /// Whether a value is longer than is allowed.
  private(set) var isTooLong = false
  /// The bytes of text so far.
  private(set) var size = 0
  /// Whether one name came from two places, such as the name of a person and that of the householder.
  private(set) var isAmbiguous = false
  /// The element around each value: a number of its name, -1 for the record itself.
  private var parents: [Int] = []
  private var containers: [Int] = []
  /// What the open elements are called; nil for those that hold elements themselves.
  private var names: [XMLColumns.Key?] = []

  /// Begins a record.
  mutating func open(_ event: XMLEvent, _ start: Int, _ columnCount: Int) {
    (isOpen, self.start, line, byte) = (true, start, Int(event.line), event.byte)
    (isTooLong, isAmbiguous, size) = (false, false, 0)
    parents.removeAll(keepingCapacity: true)
    parents.append(contentsOf: repeatElement(-1, count: columnCount))
    fields.removeAll(keepingCapacity: true)
    fields.append(contentsOf: repeatElement(.empty, count: columnCount))
    text.removeAll(keepingCapacity: true)
  }

  /// Begins an element inside the record, and the one around it is no value.
  mutating func startElement(_ name: XMLColumns.Key) {
    if !names.isEmpty { names[names.count - 1] = nil }
    names.append(name)
    if case .element(let id) = name { containers.append(Int(id)) } else { containers.append(-2) }
    text.removeAll(keepingCapacity: true)
  }

  /// Ends an element; its name where it is a value, and `text` holds it.
  mutating func endElement() -> XMLColumns.Key? {
    containers.removeLast()
    return names.removeLast()
  }

  /// Adds to the text of the open element; what is longer than `limit` bytes is cut, and told.
  mutating func append(_ bytes: ArraySlice<UInt8>, limit: Int) {
    size += bytes.count
    guard text.count + bytes.count <= limit else {
      isTooLong = true
      return
    }
    text += bytes
  }

  /// Sets a value to the text of the element that ended.
  mutating func set(_ column: Int, _ out: inout [UInt8]) { set(column, text[...], &out) }

  /// Sets a value; one that comes again stands behind a semicolon, as values of a list do.
  mutating func set(_ column: Int, _ value: ArraySlice<UInt8>, _ out: inout [UInt8]) {
    if value.isEmpty { return }
    let before = fields[column]
    let from = out.count
    let parent = containers.last ?? -1
    if !before.isEmpty, parents[column] != parent { isAmbiguous = true }
    parents[column] = parent
    if !before.isEmpty { out += Array(out[before.indices]) + [0x3B] }
    out += value
    fields[column] = FieldRange(from, out.count)
    // What separates the values in the bytes of a record, which its digest is over.
    out.append(0x1F)
  }

  /// What is odd about it.
  var flags: RecordFlags {
    var flags: RecordFlags = []
    if isTooLong { flags.insert(.fieldTooLong) }
    if isAmbiguous { flags.insert(.duplicateKey) }
    return flags
  }

  /// Ends the record.
  mutating func close() {
    isOpen = false
    names.removeAll(keepingCapacity: true)
    containers.removeAll(keepingCapacity: true)
  }
}
