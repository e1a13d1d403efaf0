package import ElementCore
package import ElementExchange
package import ElementFormats
package import ElementWarehouse

/// What a receiver found of a package, for people and for scripts.
package struct PackageText {
  private let found: PackageVerification
  private let path: String
  private let language: Language

  /// The texts of a check of the package at a path.
  package init(_ found: PackageVerification, _ path: String, _ language: Language) {
    (self.found, self.path, self.language) = (found, path, language)
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// A line for each thing that is not as it must be.
  package var lines: String {
    found.differences.map { "\(PrintableText.escape($0.file)): \($0.message[language])\n" }.joined()
  }

  /// One line at the end.
  package var summary: String {
    let count = found.differences.count
    guard let manifest = found.manifest else { return say("不能核对：\(count) 处不符\n", "cannot be checked: \(count) differences\n") }
    let signed =
      switch found.signature {
      case .none: say("没有签名", "not signed")
      case .sound(let signer?): say("签名人 \(PrintableText.escape(signer))", "signed by \(PrintableText.escape(signer))")
      case .sound(nil): say("签名完好，没有给名单核对是谁", "soundly signed, by whom no list was given to tell")
      case .broken: say("签名无效", "the signature is broken")
      }
    return say(
      "\(PrintableText.escape(manifest.package))：\(manifest.files.count) 个文件，\(manifest.counts.records) 条记录，\(signed)，不符 \(count) 处\n",
      "\(PrintableText.escape(manifest.package)): \(manifest.files.count) files, \(manifest.counts.records) records, \(signed), \(count) differences\n"
    )
  }

  /// One object for scripts.
  package func object(_ version: String) -> JSONValue {
    let signature =
      switch found.signature {
      case .none: "none"
      case .sound: "sound"
      case .broken: "broken"
      }
    var signer: String?
    if case .sound(let name) = found.signature { signer = name }
    return .object([
      ("format", .integer(1)), ("command", .text("package verify")), ("version", .text(version)),
      ("outcome", .text(found.differences.isEmpty ? "verified" : "differs")), ("path", .text(path)),
      ("package", .optional(found.manifest?.package)), ("profile", .optional(found.manifest?.profile.name)),
      ("records", found.manifest.map { .integer($0.counts.records) } ?? .null), ("signature", .text(signature)),
      ("signer", .optional(signer)),
      (
        "differences",
        .list(found.differences.map { .object([("file", .text($0.file)), ("message", .text($0.message[language]))]) })
      ), ("error", .null),
    ])
  }
}

/// The packages that left a warehouse, for people and for scripts.
package enum PackageListText {
  /// Identity, kind, recipient, numbers and state, a line each.
  package static func lines(_ packages: [StoredPackage], _ language: Language) -> String {
    packages.map { package in
      let recipient = package.recipient ?? (language == .zh ? "本单位" : "own")
      let counts =
        language == .zh
        ? "记录 \(package.records) 删除 \(package.deletions) 留下 \(package.behind)"
        : "\(package.records) records, \(package.deletions) deletions, \(package.behind) behind"
      return
        "\(package.identity)  \(package.kind.rawValue)  \(recipient)  \(counts)  \(state(package)[language])\n"
    }.joined()
  }

  /// What became of a package, in words.
  package static func state(_ package: StoredPackage) -> LocalizedText {
    switch (package.state, package.answer) {
    case (.begun, _), (.written, _): LocalizedText(zh: "导出中断", en: "broken off")
    case (.lost, _): LocalizedText(zh: "没有送出", en: "did not leave")
    case (.sent, _) where !package.isAnswered: LocalizedText(zh: "已送出（没有回执）", en: "sent (no answer is due)")
    case (.sent, .open): LocalizedText(zh: "等回执", en: "open")
    case (.sent, .partly): LocalizedText(zh: "部分确认", en: "partly acknowledged")
    case (.sent, .acknowledged): LocalizedText(zh: "已确认", en: "acknowledged")
    }
  }

  /// What `package list --json` prints.
  package static func object(_ packages: [StoredPackage], _ version: String) -> JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("package list")), ("version", .text(version)), ("outcome", .text("listed")),
      (
        "packages",
        .list(
          packages.map { package in
            .object([
              ("package", .text(package.identity)), ("number", .integer(package.number)), ("profile", .text(package.profile)),
              ("kind", .text(package.kind.rawValue)), ("recipient", .optional(package.recipient)),
              ("madeAt", .text(package.madeAt)), ("operator", .text(package.operatorName)), ("place", .text(package.place)),
              ("state", .text(package.state.rawValue)), ("answer", .text(package.answer.rawValue)),
              ("records", .integer(package.records)), ("deletions", .integer(package.deletions)),
              ("behind", .integer(package.behind)), ("manifestSha256", .optional(package.manifestSha256)),
            ])
          })
      ), ("error", .null),
    ])
  }
}
