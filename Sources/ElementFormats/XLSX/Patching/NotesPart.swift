import ElementCore

/// The notes of a sheet (ECMA-376 part 1, 18.7): those that people wrote stay as they are, ours go and come.
struct NotesPart {
  private var part: MarkupPart
  private let prefix: String
  /// The notes by their cells; an empty one is gone.
  private var notes: [(cell: String, markup: String)] = []
  private var places: [String: Int] = [:]
  private var added: [(cell: String, text: String)] = []
  /// The cells whose notes were ours alone: they lose their shapes too.
  private(set) var gone: [String] = []
  /// The cells that get a note and had none: they need a shape.
  var fresh: [String] { added.map(\.cell) }
  /// Whether anything differs from what was read.
  private(set) var isChanged = false

  /// Who writes them.
  private static let author = "yaosu"
  /// What stands between what somebody wrote in a note and ours.
  private static let rule = "\n----\n"

  /// The notes of a part.
  init(_ bytes: [UInt8]) {
    part = MarkupPart(bytes)
    prefix = part.prefix
    for element in part.elements(named: ["comment"]) {
      let cell = part.value(of: "ref", element) ?? ""
      places[cell] = notes.count
      notes.append((cell, String(decoding: part.bytes[element.range], as: UTF8.self)))
    }
  }

  /// A part without notes, in the namespace of its workbook.
  init(namespace: String) {
    self.init(
      Array("\(XLSXParts.head)<comments xmlns=\"\(namespace)\"><authors/><commentList/></comments>".utf8))
  }

  /// Takes our notes away.
  mutating func clear() {
    for place in notes.indices {
      let note = NoteText(notes[place].markup)
      guard let cut = note.start(ofAny: MarkWords.notes, behind: NotesPart.rule) else { continue }
      isChanged = true
      let kept = note.text[..<cut].allSatisfy(\.isWhitespace) ? "" : note.prefix(upTo: cut)
      notes[place].markup = kept
      if kept.isEmpty { gone.append(notes[place].cell) }
    }
  }

  /// Adds a note to a cell, behind one that somebody wrote.
  mutating func add(_ text: String, to cell: String) {
    isChanged = true
    guard let place = places[cell], !notes[place].markup.isEmpty else { return added.append((cell, text)) }
    let close = "</\(prefix)text>"
    guard let end = notes[place].markup.ranges(of: close).last else { return }
    notes[place].markup.insert(contentsOf: run(NotesPart.rule + text), at: end.lowerBound)
  }

  private func run(_ text: String) -> String {
    var out: [UInt8] = []
    XLSXText.escape(Array(text.utf8).span, to: &out)
    return
      "<\(prefix)r><\(prefix)rPr><\(prefix)sz val=\"9\"/><\(prefix)rFont val=\"等线\"/></\(prefix)rPr><\(prefix)t xml:space=\"preserve\">"
      + String(decoding: out, as: UTF8.self) + "</\(prefix)t></\(prefix)r>"
  }

  /// Whether no note is left.
  var isEmpty: Bool { added.isEmpty && notes.allSatisfy(\.markup.isEmpty) }

  /// The part with what was added and without what was taken away.
  var bytes: [UInt8] {
    var part = part
    let authors = part.elements(named: ["author"])
    let known = authors.firstIndex { part.bytes[$0.content].elementsEqual(NotesPart.author.utf8) }
    let ours = added.map { cell, text in
      "<\(prefix)comment ref=\"\(cell)\" authorId=\"\(known ?? authors.count)\"><\(prefix)text>\(run(text))</\(prefix)text></\(prefix)comment>"
    }
    // From the end on: what stands before keeps its place.
    if let list = part.elements(named: ["commentList"]).first {
      let kept = notes.map(\.markup).filter { !$0.isEmpty }
      if list.range == list.tag {
        part.append(kept + ours, to: list)
      } else {
        part.replace(list.content, with: (kept + ours).joined())
      }
    }
    if known == nil, !ours.isEmpty, let list = part.elements(named: ["authors"]).first {
      part.append(["<\(prefix)author>\(NotesPart.author)</\(prefix)author>"], to: list)
    }
    return part.bytes
  }
}
