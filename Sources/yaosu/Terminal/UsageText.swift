import ArgumentParser

/// The words of the argument parser in the language of the process: it speaks English only.
enum UsageText {
  /// A help page or an error with the parser's own words translated; our texts are left as they are.
  static func translated(_ text: String) -> String {
    guard say("zh", "en") == "zh" else { return text }
    var out = text
    for (english, chinese) in phrases { out = out.replacing(english, with: chinese) }
    for (pattern, chinese) in sentences() { out = out.replacing(pattern) { match in chinese(match.1, match.2) } }
    return out
  }

  private static let phrases = [
    ("OVERVIEW: ", "说明："), ("USAGE: ", "用法："), ("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："), ("SUBCOMMANDS:", "命令："),
    ("Error: ", "错误："), ("Usage: ", "用法："), ("Show the version.", "显示版本"), ("Show help information.", "显示帮助"),
    ("(default: ", "（默认："), ("for more information.", "可查看详细说明"), ("for detailed help.", "可查看该命令的说明"), ("Help:  ", "帮助："),
  ]

  /// Made anew each time: regular expressions are not sendable, and this runs once a process.
  private static func sentences() -> [(Regex<(Substring, Substring, Substring)>, (Substring, Substring) -> String)] {
    [
      (/Missing expected argument '([^']*)'()/, { name, _ in "缺少参数 \(name)" }),
      (/Please provide one of ([^\n]*?)\.?(?=\n|$)()/, { values, _ in "可用：\(values)" }),
      (
        /The option '([^']*)' does not take any value, but '([^']*)' was specified/,
        { name, value in "\(name) 不带值，却给了 \(value)" }
      ),
      (/\(values: ([^;)]*); default: ([^)]*)\)/, { values, chosen in "（可用：\(values)；默认：\(chosen)）" }),
      (/\(values: ([^;)]*)\)()/, { values, _ in "（可用：\(values)）" }),
      (/Missing value for '([^']*)'()/, { name, _ in "\(name) 缺少值" }),
      (/Unknown option '([^']*)'\. Did you mean '([^']*)'\?/, { name, near in "没有选项 \(name)，是否指 \(near)？" }),
      (/Unknown option '([^']*)'()/, { name, _ in "没有选项 \(name)" }),
      (/Unexpected argument '([^']*)'()/, { name, _ in "多余的参数 \(name)" }),
      (/(\d+) unexpected arguments: ([^\n]*)/, { count, names in "\(count) 个多余的参数：\(names)" }),
      (/The value '([^']*)' is invalid for '([^']*)'/, { value, name in "\(name) 不接受 \(value)" }),
      (/See '([^']*)' ()/, { command, _ in "输入 \(command) " }),
      (/Run '([^']*)' ()/, { command, _ in "输入 \(command) " }),
    ]
  }
}
