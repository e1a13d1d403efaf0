/// A sheet that people read, filter and print: headings that stay in view, widths, numbers as numbers, colours by what they say.
package struct StyledSheet: Sendable {
  /// What stands in a cell.
  package enum Cell: Sendable, Hashable {
    /// Nothing.
    case blank
    /// A text, never a formula.
    case text(String)
    /// A text over several lines where it is long.
    case wrapped(String)
    /// A text that is bad: in the colour of what wants doing.
    case alarming(String)
    /// A place that a person fills in.
    case entry(String)
    /// What stands over the headings in large letters.
    case title(String)
    /// What stands over the headings, and may run on over the cells right of it.
    case note(String)
    /// A text that leads to a place of the workbook, such as `'户籍'!C17`.
    case link(String, to: String)
    /// A whole number.
    case count(Int)
    /// A share of 0 to 1, shown in per cent with one decimal.
    case share(Double)
    /// A number with two decimals.
    case number(Double)
  }

  /// A column: what stands over it, how wide it is, and what a person may choose in it.
  package struct Column: Sendable {
    /// Its heading.
    let title: String
    /// Its width in Latin characters; a character of Chinese takes two.
    let width: Int
    /// What may be chosen; empty for anything.
    let choices: [String]
    /// How its cells are coloured.
    let colour: Colour?

    /// A column.
    package init(_ title: String, width: Int, choices: [String] = [], _ colour: Colour? = nil) {
      (self.title, self.width, self.choices, self.colour) = (title, width, choices, colour)
    }
  }

  /// How the cells of a column are coloured by what they say.
  package enum Colour: Sendable, Hashable {
    /// Shares below a target, of 0 to 1, and those three points below it more strongly.
    case below(Double)
    /// Counts by bars.
    case bars
  }

  /// What the sheet is called.
  let name: String
  /// What paper says over each page: title on the left, and what is right of it.
  let heading: (left: String, right: String)
  /// The rows over the headings.
  let preface: [[Cell]]
  /// What stands side by side, from A on.
  let columns: [Column]
  /// The rows, a cell for each column.
  let rows: [[Cell]]
  /// Whether paper lies across.
  let isWide: Bool
  /// Whether rows are as high as handwriting needs.
  let isForm: Bool

  /// A sheet.
  package init(
    _ name: String, heading: (left: String, right: String), _ columns: [Column], _ rows: [[Cell]], isWide: Bool = false,
    isForm: Bool = false, preface: [[Cell]] = []
  ) {
    self.preface = preface
    (self.name, self.heading, self.columns, self.rows) = (name, heading, columns, rows)
    (self.isWide, self.isForm) = (isWide, isForm)
  }
}
