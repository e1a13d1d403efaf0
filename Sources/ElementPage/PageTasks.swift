/// What is to be done, in order, with how much of it there is: the list that a page begins with.
package struct PageTasks: Sendable {
  /// Something to do.
  package struct Item: Sendable {
    /// What is to be done, verb first.
    let what: String
    /// How much of it there is, and the unit.
    let count: (number: String, unit: String)
    /// Whose it is, where, and how it is done.
    let facts: String
    /// The section that says more of it, and what the link to it is called.
    let link: (section: String, text: String)

    /// An item.
    package init(_ what: String, count: (number: String, unit: String), facts: String, link: (section: String, text: String)) {
      (self.what, self.count, self.facts, self.link) = (what, count, facts, link)
    }
  }

  private let items: [Item]
  private let colon: String

  /// A list of items; what a link is about is read out behind a colon of the language.
  package init(_ items: [Item], colon: String) { (self.items, self.colon) = (items, colon) }

  /// The list as it stands on the page.
  package var markup: Markup {
    let lines = items.map { item in
      "<li><span class=\"what\">\(item.what)</span><span class=\"count\">\(item.count.number)<small>\(item.count.unit)</small></span><span class=\"who\"><span>\(item.facts)</span><a href=\"#\(item.link.section)\">\(item.link.text)<span class=\"hide\">\(colon)\(item.what)</span></a></span></li>\n"
        as Markup
    }
    return "<ol class=\"todo\">\n\(lines.joined())</ol>\n"
  }
}

/// A part of a page that is folded away until somebody wants it.
package struct PageFold: Sendable {
  private let summary: String
  private let body: Markup

  /// A part with a line that says what it holds.
  package init(_ summary: String, _ body: Markup) { (self.summary, self.body) = (summary, body) }

  /// The part as it stands on the page.
  package var markup: Markup { "<details><summary>\(summary)</summary>\n\(body)</details>\n" }
}
