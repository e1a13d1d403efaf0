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
  /// Whether text stands beside elements, which no value can take.
  private(set) var isMixed = false
  /// The columns whose value came more than once.
  private(set) var isList: Set<Int> = []
  /// The nodes of the elements that are open inside it.
  private var nodes: [XMLColumns.Node] = []
  /// What the open element says in an attribute.
  private var attribute: [UInt8] = []
  /// Whether the open element has attributes that are columns.
  private var hasOwn = false
  /// What the open elements are called; nil for those that hold elements themselves.
  private var names: [XMLColumns.Key?] = []

  /// Begins a record.
  mutating func open(_ event: XMLEvent, _ start: Int, _ columnCount: Int) {
    (isOpen, self.start, line, byte) = (true, start, Int(event.line), event.byte)
    (isTooLong, isMixed, size) = (false, false, 0)
    if !isList.isEmpty { isList.removeAll() }
    fields.removeAll(keepingCapacity: true)
    fields.append(contentsOf: repeatElement(.empty, count: columnCount))
    text.removeAll(keepingCapacity: true)
  }

  /// The element that is open inside it; 0 for the record itself.
  var node: XMLColumns.Node { nodes.last ?? 0 }

  /// Begins an element inside the record, and the one around it is no value; `attribute` is what it says where it has no text;
  /// one with attributes that are columns (`hasOwn`) is no value without either.
  mutating func startElement(
    _ name: XMLColumns.Key, _ node: XMLColumns.Node, _ attribute: ArraySlice<UInt8>?, hasOwn: Bool
  ) {
    leaveValue()
    names.append(name)
    nodes.append(node)
    self.attribute = attribute.map { Array($0) } ?? []
    self.hasOwn = hasOwn
    size += self.attribute.count
  }

  /// What is open holds elements: it is no value, and its text is none.
  mutating func leaveValue() {
    if !names.isEmpty { names[names.count - 1] = nil }
    if text.isEmpty { return }
    if !text.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D }) { isMixed = true }
    text.removeAll(keepingCapacity: true)
  }

  /// Ends an element; its name where it is a value, and `text` holds it.
  mutating func endElement() -> XMLColumns.Key? {
    nodes.removeLast()
    let name = names.removeLast()
    if name == nil { leaveValue() }
    return hasOwn && text.isEmpty && attribute.isEmpty ? nil : name
  }

  /// Adds to the text of the open element; what is longer than `limit` bytes is cut, and told.
  mutating func append(_ bytes: Span<UInt8>, limit: Int) {
    size += bytes.count
    guard text.count + bytes.count <= limit else {
      isTooLong = true
      return
    }
    text.append(span: bytes)
  }

  /// Takes a value that came whole.
  mutating func value(_ column: Int?, _ bytes: Span<UInt8>, limit: Int, _ out: inout [UInt8]) {
    leaveValue()
    size += bytes.count
    if let column { set(column, bytes, limit: limit, &out) } else if bytes.count > limit { isTooLong = true }
  }

  /// Sets a value to the text of the element that ended, or to what its attribute says where it has none.
  mutating func set(_ column: Int, limit: Int, _ out: inout [UInt8]) {
    let value = text.isEmpty ? attribute : text
    set(column, value.span, limit: limit, &out)
    text.removeAll(keepingCapacity: true)
  }

  /// Sets a value; one that comes again stands behind a semicolon, as values of a list do, up to `limit` bytes.
  mutating func set(_ column: Int, _ value: Span<UInt8>, limit: Int, _ out: inout [UInt8]) {
    let before = fields[column]
    if value.isEmpty {
      if before.isEmpty { fields[column] = FieldRange(out.count, out.count) }
      return
    }
    let from = out.count
    guard before.count + value.count <= limit else {
      isTooLong = true
      return
    }
    if before.isEmpty {
      out.append(span: value)
      fields[column] = FieldRange(from, out.count)
    } else {
      isList.insert(column)
      // What comes behind the last value of all goes on there; else it is copied, which counts as bytes of the record.
      let goesOn = Int(before.end) + 1 == from
      if goesOn { out.removeLast() } else { out += Array(out[before.indices]) }
      if !goesOn { size += before.count }
      out.append(0x3B)
      out.append(span: value)
      fields[column] = FieldRange(goesOn ? Int(before.start) : from, out.count)
    }
    // What separates the values in the bytes of a record, which its digest is over.
    out.append(0x1F)
  }

  /// What is odd about it.
  var flags: RecordFlags {
    var flags: RecordFlags = []
    if isTooLong { flags.insert(.fieldTooLong) }
    if isMixed { flags.insert(.mixedText) }
    return flags
  }

  /// Ends the record.
  mutating func close() {
    isOpen = false
    names.removeAll(keepingCapacity: true)
    nodes.removeAll(keepingCapacity: true)
  }
}
