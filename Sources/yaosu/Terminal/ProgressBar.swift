import ElementFormats
import ElementPipeline
import Foundation

/// Shows on a terminal how far a run has come; says nothing elsewhere, or one JSON object a step where asked.
final class ProgressBar {
  /// How progress is shown.
  enum Style: String {
    /// On a terminal only.
    case auto
    case never
    /// One JSON object a step.
    case json
  }

  private let style: Style
  private let started = Date()
  private var shown = Date.distantPast
  private var isOpen = false

  /// A bar in a style.
  init(_ style: Style) {
    self.style = style == .auto && !Console.talkIsTerminal ? .never : style
  }

  /// Shows a step, at most ten times a second.
  func show(_ progress: RunProgress) {
    guard style != .never, Date().timeIntervalSince(shown) > 0.1 || progress.bytes == progress.total else { return }
    shown = Date()
    if style == .json {
      let line = JSONValue.object([
        (
          "progress",
          .object([
            ("bytes", .integer(progress.bytes)), ("total", .integer(progress.total)), ("rows", .integer(progress.rows)),
            ("errors", .integer(progress.errors)),
          ])
        )
      ]).line
      return Console.talk(line + "\n")
    }
    isOpen = true
    let percent = progress.total == 0 ? 100 : progress.bytes * 100 / progress.total
    let filled = percent / 5
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
    let seconds = max(0.001, Date().timeIntervalSince(started))
    let rate = Int(Double(progress.rows) / seconds)
    Console.talk(
      "\r\u{1B}[K\(bar) \(percent)%  \(progress.rows) \(say("行", "rows"))  \(rate) \(say("行/秒", "rows/s"))  \(say("问题", "errors")) \(progress.errors)"
    )
  }

  /// Clears the line.
  func finish() {
    if isOpen { Console.talk("\r\u{1B}[K") }
    isOpen = false
  }
}
