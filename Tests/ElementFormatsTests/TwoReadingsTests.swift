import ElementCore
import ElementTestSupport
import Foundation
import Testing

@testable import ElementFormats

/// Names of many scripts in files of many sizes: read as they were written, or refused with both readings.
struct TwoReadingsTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  static let scripts: [(name: String, words: [String])] = [
    ("Latin", ["García", "José", "Müller", "Łukasz", "Ångström", "Dvořák", "Nuñez", "François", "Šimić", "Ørsted"]),
    ("one word", ["García"]), ("one letter alone", ["é"]),
    ("Cyrillic", ["Иван", "Мария", "Сергей", "Ольга", "Дмитрий", "Анна", "Юрий"]), ("one Cyrillic word", ["Иван"]),
    ("Greek", ["Γιώργος", "Μαρία", "Νίκος", "Ελένη"]), ("Arabic", ["محمد", "فاطمة", "علي", "خديجة"]),
    ("Hebrew", ["דוד", "שרה", "משה", "רחל"]), ("Chinese", ["示例甲", "欧阳示例", "王芳", "李建国", "赵敏"]), ("女", ["女"]),
    ("楼", ["A楼", "B楼"]),
    ("Chinese that is UTF-8 too", ["楼路女", "毛脸", "巫密"]),
  ]
  static let cases = scripts.indices.flatMap { script in
    [1, 2, 7, 60, 3_000].flatMap { rows in
      [false, true].flatMap { chinese in [TextEncoding.utf8, .gb18030].map { (script, rows, chinese, $0) } }
    }
  }

  @Test(arguments: cases) func `names are read as written or refused with both readings`(
    _ script: Int, _ rows: Int, _ hasChineseHeader: Bool, _ encoding: TextEncoding
  ) throws {
    try confirm(Self.scripts[script].words, rows, hasChineseHeader, encoding)
  }

  @Test(arguments: ["García", "Иван", "محمد"]) func `a hundred thousand rows are no doubt at all`(_ word: String) throws {
    try confirm([word, "Nuñez"], 100_000, false, .utf8, isCertain: true)
    try confirm(["示例甲", word], 100_000, true, .gb18030, isCertain: true)
  }

  private func confirm(
    _ words: [String], _ rows: Int, _ hasChineseHeader: Bool, _ encoding: TextEncoding, isCertain: Bool = false
  ) throws {
    var text = hasChineseHeader ? "公民身份号码,姓名\n" : "identityNum,personName\n"
    for row in 0..<rows { text += "3206991970010100\(row % 90 + 10),\(words[row % words.count])\n" }
    let path = try scratch.file("r.csv", encoding == .utf8 ? Array(text.utf8) : Self.gb18030(text))
    do {
      let survey = try FileSurvey(try InputFile(path: path), encoding: nil)
      // What is ASCII throughout is the same in both.
      #expect(survey.encoding == encoding || text.utf8.allSatisfy { $0 < 0x80 }, "\(words[0]) × \(rows)")
    } catch {
      #expect(!isCertain && error.kind == .encoding && rows < 3_000 || words.count < 4, "\(error)")
      #expect(error.message.zh.contains("按 utf-8 是") && error.message.zh.contains("按 gb18030 是"), "\(error.message.zh)")
    }
  }

  private static func gb18030(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    for scalar in text.unicodeScalars {
      if scalar.isASCII { out.append(UInt8(scalar.value)) } else { _ = GB18030.shared.append(scalar.value, to: &out) }
    }
    return out
  }
}
