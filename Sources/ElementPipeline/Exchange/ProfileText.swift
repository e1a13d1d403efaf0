package import ElementCore
package import ElementExchange
import ElementExpression
package import ElementFormats
package import ElementSchema

/// Export profiles for people and for scripts.
package enum ProfileText {
  /// Name, title, formats and audience, a line each.
  package static func lines(_ profiles: [ExportProfile], _ language: Language) -> String {
    profiles.map { profile in
      let formats = profile.layout.formats.map(\.rawValue).joined(separator: "/")
      return "\(profile.name)  \(profile.title[language])  \(formats)  \(audience(profile.audience)[language])\n"
    }.joined()
  }

  /// One object with all profiles.
  package static func list(_ profiles: [ExportProfile], _ version: String) -> JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("profile list")), ("version", .text(version)), ("outcome", .text("listed")),
      (
        "profiles",
        .list(
          profiles.map { profile in
            .object([
              ("name", .text(profile.name)), ("title", .text(profile.title.zh)), ("target", .text(profile.target.zh)),
              ("audience", .text(profile.audience.rawValue)),
              ("formats", .list(profile.layout.formats.map { .text($0.rawValue) })),
              ("deltas", .bool(profile.tellsDeltas)), ("answered", .bool(profile.receipt != nil)),
              ("datasets", .list(profile.datasets.map { .text($0.dataset.name) })), ("sha256", .text(profile.digest)),
            ])
          })
      ), ("error", .null),
    ])
  }

  private static func audience(_ audience: ExportProfile.Audience) -> LocalizedText {
    switch audience {
    case .own: LocalizedText(zh: "本单位", en: "own")
    case .superior: LocalizedText(zh: "上级（须登记接收方）", en: "superior, by the register of recipients")
    case .outside: LocalizedText(zh: "外单位（须登记接收方）", en: "outside, by the register of recipients")
    }
  }

  /// A profile whole.
  package static func text(_ profile: ExportProfile, _ language: Language) -> String {
    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
    var out = "\(profile.name)  \(profile.title[language])\n\(profile.target[language])\n"
    out += say("版面来源", "layout from") + "  \(profile.source)\n"
    out += say("法律依据", "legal basis") + "  \(profile.legalBasis)\n"
    out += say("用途", "purpose") + "  \(profile.purpose)\n"
    out += say("给谁", "audience") + "  \(audience(profile.audience)[language])\n"
    out += say("格式", "format") + "  \(profile.layout.formats.map(\.rawValue).joined(separator: ", "))"
    if profile.layout.format == .csv { out += " \(profile.layout.text.encoding.rawValue)" }
    out += "\n" + say("删除", "deletions") + "  \(profile.deletions.rawValue)\n"
    for part in profile.datasets {
      out += "\n\(part.dataset.name)  \(part.dataset.title[language])  → \(part.table)\n"
      if let filter = part.filter { out += "  " + say("条件", "where") + "  \(filter.source)\n" }
      if part.entity == .golden {
        let names = part.sources.map(\.dataset.title[language]).joined(separator: say("、", ", "))
        out += "  " + say("一人一条，取自", "one record a person, of") + "  \(names)\n"
      }
      for column in part.columns { out += "  \(column.name)  ←  \(source(column, part.dataset))\(demands(column, say))\n" }
      for rule in part.rules { out += "  " + say("要求", "rule") + "  \(rule.message[language])\n" }
    }
    return out
  }

  private static func source(_ column: ProfileColumn, _ dataset: Dataset) -> String {
    switch column.source {
    case .field(let field): dataset.fields[field].name
    case .joined(let fields, _): dataset.names(of: fields).joined(separator: " + ")
    case .constant(let text): "“\(String(escapingInvalid: text.span))”"
    case .stamp(let stamp): stamp.rawValue
    }
  }

  private static func demands(_ column: ProfileColumn, _ say: (String, String) -> String) -> String {
    var out: [String] = []
    if column.isRequired { out.append(say("必填", "required")) }
    if let length = column.length { out.append(say("最多 \(length) 字", "\(length) characters at most")) }
    if column.pattern != nil { out.append(say("有格式要求", "of a pattern")) }
    switch column.form {
    case .codes: out.append(say("按对方代码", "in the target's codes"))
    case .date: out.append(say("按对方日期样式", "in the target's style of dates"))
    case .flag, .stored: break
    }
    return out.isEmpty ? "" : "  (" + out.joined(separator: say("，", ", ")) + ")"
  }
}

/// A profile to begin with: all fields of a dataset, codes mapped to themselves.
package enum ProfileDraft {
  /// The text of a draft (YAML).
  package static func text(_ dataset: Dataset, in pack: SchemaPack) -> String {
    let keys = Set(dataset.names(of: dataset.key))
    let columns = dataset.fields.filter { $0.sensitivity != .sensitive || keys.contains($0.name) }.map { field -> String in
      var line = "      # \(field.title)\n      - {name: \(field.name.uppercased()), field: \(field.name)"
      if keys.contains(field.name) { line += ", required: true" }
      if let length = field.length { line += ", length: \(length)" }
      if field.type == .date { line += ", date: yyyy-MM-dd" }
      if case .code(let set) = field.type, !field.isOpen, pack.table(set).only(field.values).entries.count <= 60 {
        let pairs = pack.table(set).only(field.values).entries.map { "'\($0.code)': '\($0.code)'" }
        line += ", codes: {\(pairs.joined(separator: ", "))}"
      }
      return line + "}\n"
    }
    return """
      # 由 yaosu profile new 起草：按对方的列名、代码和要求改写，再用 yaosu export --profile-check 检查。
      profile: my-target
      title: {zh: 对方系统的名称, en: The name of the target}
      target: {zh: 发给谁、做什么用, en: Who receives it}
      source: 对方给的接口文件名和版本
      legalBasis: 按接收方登记的依据
      purpose: 写明用途
      audience: superior
      format: csv
      encoding: utf-8
      fileName: "{table}_{time}_{part}.csv"
      recordsPerFile: 100000
      deletions: marked
      empty: blank
      receipt:
        silent: open
        key: [\(dataset.key.map { dataset.fields[$0].name.uppercased() }.joined(separator: ", "))]
        status: 处理结果
        accepted: [成功]
        reason: 失败原因
      datasets:
        - dataset: \(dataset.name)
          table: \(dataset.name)
          columns:
      \(columns.joined())      - {name: UPLOAD_TIME, value: uploadTime}
            - {name: UPLOAD_STATUS, value: operation, words: {kept: I, deleted: D}}

      """
  }
}
