package import ElementCore

/// A page: one file for a browser, a telephone and a printer, without script, picture or outside address.
package struct Page: Sendable {
  /// What it is called: the heading, and the name of the window.
  package let title: String
  /// What stands beside the heading, such as the day: names and values.
  package let facts: [(name: String, value: String)]
  /// The first screen.
  package let first: Markup
  /// What follows, in order.
  package let sections: [PageSection]
  /// The end: what differs between two pages of the same data.
  package let end: String
  /// The language of its words.
  package let language: Language

  /// A page.
  package init(
    title: String, facts: [(name: String, value: String)], first: Markup, sections: [PageSection], end: String,
    language: Language
  ) {
    (self.title, self.facts, self.first, self.sections, self.end, self.language) =
      (title, facts, first, sections, end, language)
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// The page as it stands in the file.
  package var html: String {
    let style = PageStyle.sheet(
      margin: title, wide: say("表较宽，可左右滑动", "The table is wide: move it to the side"))
    let meta = facts.map { "<div><dt>\($0.name)</dt><dd>\($0.value)</dd></div>\n" as Markup }.joined()
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="\(say("zh-Hans", "en"))">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <style>
      \(Markup(stringLiteral: style))
      </style>
      </head>
      <body>
      <a class="skip" href="#today">\(say("跳到结论", "Go to the verdict"))</a>
      <header class="top"><div class="page">
      <h1>\(title)</h1>
      <dl class="meta">
      \(meta)</dl>
      </div></header>
      <main class="page">
      \(first)
      \(contents)
      \(sections.enumerated().map { $1.markup(number: $0 + 1, language) }.joined())
      </main>
      <footer class="foot"><div class="page"><p>\(end)</p></div></footer>
      </body>
      </html>

      """
    return page.html
  }

  private var contents: Markup {
    let entries = sections.enumerated().map { place, section in
      "<li><a href=\"#\(section.name)\">\(PageSection.numeral(place + 1, language))\(section.title)<span>\(section.question)</span></a></li>\n"
        as Markup
    }
    return "<nav class=\"toc\" aria-label=\"\(say("目录", "Contents"))\"><ol>\n\(entries.joined())</ol></nav>\n"
  }
}

/// A section of a page: beside it what it answers, and for whom.
package struct PageSection: Sendable {
  /// Its place for links: ASCII letters.
  package let name: String
  /// What it is about.
  package let title: String
  /// What it answers.
  package let question: String
  /// Who reads it, and how its marks are read.
  package let reader: String
  /// What it says; where there is no data, why not.
  package let body: Markup

  /// A section.
  package init(name: String, title: String, question: String, reader: String, body: Markup) {
    (self.name, self.title, self.question, self.reader, self.body) = (name, title, question, reader, body)
  }

  /// Says why a section has nothing to say.
  package static func empty(_ reason: String) -> Markup { "<p class=\"empty\">\(reason)</p>\n" }

  /// A number as headings count: 一, 十, 十一, 二十.
  static func numeral(_ number: Int, _ language: Language) -> String {
    guard language == .zh, number < 100 else { return "\(number)  " }
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    let (tens, ones) = (number / 10, number % 10)
    return (tens == 0 ? "" : (tens == 1 ? "" : digits[tens]) + "十") + digits[ones] + "　"
  }

  func markup(number: Int, _ language: Language) -> Markup {
    """

    <section class="sec grid" id="\(name)" aria-labelledby="h-\(name)">
    <div class="side"><div><h2 id="h-\(name)">\(Self.numeral(number, language))\(title)</h2><p class="ask">\(question)</p><p class="for">\(reader)</p></div></div>
    <div class="main">
    \(body)
    </div>
    </section>

    """
  }
}
