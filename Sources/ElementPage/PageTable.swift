/// A table of a page, with what it is about over it; wide ones move to the side by themselves.
package struct PageTable: Sendable {
  /// What stands over a column, and how its cells stand.
  package struct Column: Sendable {
    /// What stands over it.
    let title: String
    /// Whether it holds numbers, which stand to the right.
    let isNumber: Bool
    /// Whether a telephone leaves it out.
    let isOptional: Bool
    /// Whether its cells stay on one line.
    let isShort: Bool

    /// A column.
    package init(_ title: String, isNumber: Bool = false, isOptional: Bool = false, isShort: Bool = false) {
      (self.title, self.isNumber, self.isOptional, self.isShort) = (title, isNumber, isOptional, isShort)
    }
  }

  /// What a row says in one place.
  package enum Cell: Sendable {
    /// As it is, escaped.
    case text(String)
    /// A piece of a page, such as a text with a link.
    case piece(Markup)
    /// A text that is good, bad, or of less weight.
    case marked(String, Mark)
    /// A bar of a share of 0 to 1 beside the number that says it.
    case bar(Double, Mark)
    /// A share against its target.
    case heat(String, Heat)
  }

  /// What a colour says that stands beside a text which says the same.
  package enum Mark: String, Sendable {
    /// New, or below a target.
    case bad
    /// Mended, or reached.
    case good
    /// Of less weight.
    case dim
  }

  /// How a share stands against its target.
  package enum Heat: String, Sendable {
    /// At it, or above.
    case ok
    /// Less than three points below.
    case low
    /// Three points below or more.
    case far

    /// A share of 0 to 1 against a target in per cent.
    package init(_ share: Double, target: Double) {
      let gap = target - share * 100
      self = gap <= 0 ? .ok : gap < 3 ? .low : .far
    }
  }

  /// A row: its heading, and a cell for each further column.
  package struct Row: Sendable {
    let heading: Markup
    let cells: [Cell]
    let isGroup: Bool

    /// A row; one of a group stands out.
    package init(_ heading: Markup, _ cells: [Cell], isGroup: Bool = false) {
      (self.heading, self.cells, self.isGroup) = (heading, cells, isGroup)
    }
  }

  private let caption: String
  private let note: String
  private let columns: [Column]
  private let rows: [Row]
  private let total: Row?
  private let isHeat: Bool
  private let hidesCaption: Bool

  /// A table with a caption, and a note below that; `total` stands at its end.
  package init(
    _ caption: String, note: String = "", _ columns: [Column], _ rows: [Row], total: Row? = nil, isHeat: Bool = false,
    hidesCaption: Bool = false
  ) {
    (self.caption, self.note, self.columns, self.rows, self.total) = (caption, note, columns, rows, total)
    (self.isHeat, self.hidesCaption) = (isHeat, hidesCaption)
  }

  /// The table as it stands on the page.
  package var markup: Markup {
    let heads = columns.map { "<th scope=\"col\"\(classes($0))>\($0.title)</th>" as Markup }.joined()
    let below: Markup = note.isEmpty ? .none : "<span>\(note)</span>"
    let foot = total.map { "<tfoot>\(line($0))</tfoot>" as Markup } ?? .none
    return """
      <div class="scroll" tabindex="0" role="group" aria-label="\(caption)"><table class="\(isHeat ? "heat few" : "few mid")"><caption\(hidesCaption ? " class=\"hide\"" as Markup : .none)>\(caption)\(below)</caption>
      <thead><tr>\(heads)</tr></thead><tbody>
      \(rows.map { line($0) }.joined())</tbody>\(foot)</table></div>

      """
  }

  private func classes(_ column: Column) -> Markup {
    let names =
      (column.isNumber ? ["num"] : []) + (column.isOptional ? ["opt"] : [])
      + (column.isShort ? ["st"] : [])
    return names.isEmpty ? .none : " class=\"\(names.joined(separator: " "))\""
  }

  private func line(_ row: Row) -> Markup {
    let cells = zip(columns.dropFirst(), row.cells).map { cell($1, $0) }.joined()
    return "<tr\(row.isGroup ? " class=\"comm\"" as Markup : .none)><th scope=\"row\">\(row.heading)</th>\(cells)</tr>\n"
  }

  private func cell(_ cell: Cell, _ column: Column) -> Markup {
    switch cell {
    case .text(let text): "<td\(classes(column))>\(text)</td>"
    case .piece(let piece): "<td\(classes(column))>\(piece)</td>"
    case .marked(let text, let mark): "<td\(classes(column))><span class=\"\(mark.rawValue)\">\(text)</span></td>"
    case .bar(let share, let mark): "<td class=\"inbar\">\(PageTable.bar(share, mark))</td>"
    case .heat(let text, let heat): "<td class=\"c \(heat.rawValue)\">\(text)</td>"
    }
  }

  /// A bar that says again what a number beside it does.
  static func bar(_ share: Double, _ mark: Mark) -> Markup {
    let fill = mark == .bad ? "f-new" : mark == .good ? "f-fix" : "f-mark"
    let width = PageNumber.place(min(1, max(0, share)) * 100)
    return "<svg class=\"bar\" aria-hidden=\"true\"><rect class=\"\(fill)\" width=\"\(width)%\" height=\"8\"/></svg>"
  }
}

/// A table that is folded away until somebody wants its numbers.
package struct FoldedTable: Sendable {
  private let summary: String
  private let heads: [String]
  private let rows: [[String]]

  /// The numbers behind a drawing.
  package init(_ summary: String, _ heads: [String], _ rows: [[String]]) {
    (self.summary, self.heads, self.rows) = (summary, heads, rows)
  }

  /// The table as it stands on the page.
  package var markup: Markup {
    let head = heads.map { "<th scope=\"col\">\($0)</th>" as Markup }.joined()
    let body = rows.map { row in
      "<tr><th scope=\"row\">\(row.first ?? "")</th>\(row.dropFirst().map { "<td>\($0)</td>" as Markup }.joined())</tr>\n"
        as Markup
    }.joined()
    return """
      <details><summary>\(summary)</summary><div class="scroll" tabindex="0" role="group" aria-label="\(summary)"><table class="raw"><caption class="hide">\(summary)</caption><thead><tr>\(head)</tr></thead><tbody>
      \(body)</tbody></table></div></details>

      """
  }
}
