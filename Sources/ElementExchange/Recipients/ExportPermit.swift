package import ElementCore
import ElementSchema

/// Why a package is not made: a decision of the register, the profile or the warehouse. Ends with exit code 2.
package struct ExportRefusal: Error, Sendable {
  /// The profile, register or folder that it is about.
  package let subject: String
  /// What is in the way.
  package let message: LocalizedText
  /// What to do next.
  package let hint: LocalizedText

  /// A refusal.
  package init(_ subject: String, message: LocalizedText, hint: LocalizedText) {
    (self.subject, self.message, self.hint) = (subject, message, hint)
  }
}

/// By what right a package leaves: who receives it, which approvals hold, and which fields stay.
package struct ExportPermit: Sendable {
  /// What whoever asks for the package brings along.
  package struct Request: Sendable {
    /// The recipient by its name in the register; nil where the profile leaves no choice.
    package var recipient: String?
    /// Approvals beside those of the register.
    package var approvals: [ExportApproval] = []
    /// The reference of an assessment beside that of the register; nil for none.
    package var impactAssessment: String?
    /// Whether it may leave without encryption.
    package var isUnencrypted = false
    /// What it is for, beside what the profile says; nil for nothing.
    package var purpose: String?
    /// Whether datasets may leave that need an opt-in.
    package var allowsRestricted = false

    /// A request that brings nothing along.
    package init() {}
  }

  /// The entry of the register; nil for the office itself.
  package let entry: RecipientEntry?
  /// The approvals that it leaves by.
  package let approvals: [ExportApproval]
  /// The reference of the assessment of its impact; nil for the office itself.
  package let impactAssessment: String?
  /// Whether records of children under 14 may leave.
  package var admitsMinors: Bool { entry?.admitsMinors ?? true }
  /// The words of the command that encrypts it; nil where it leaves as it is.
  package let crypto: [String]?
  /// The profile with the columns that the recipient may have; the others are written empty.
  package let profile: ExportProfile
  /// The names of fields that stay, with their datasets.
  package let withheld: [(dataset: String, field: String)]

  /// Decides on days: what is asked for is as of the first, and approvals hold on all of them.
  ///
  /// - Throws: `ExportRefusal` where a dataset needs an opt-in, the recipient is not registered, an approval is lacking or has ended, or its impact
  ///   was not assessed.
  package init(
    _ profile: ExportProfile, _ register: RecipientRegister, _ request: Request, on days: [CalendarDate]
  ) throws(ExportRefusal) {
    try Self.confirmOptIn(profile, request)
    guard profile.audience != .own else {
      (entry, approvals, impactAssessment, crypto) = (nil, [], nil, nil)
      (self.profile, withheld) = (profile, [])
      return
    }
    let entry = try Self.entry(profile, register, request)
    let valid = (entry.approvals + request.approvals).filter { approval in days.allSatisfy(approval.holds) }
    try Self.confirm(valid, entry, register, request, on: days)
    impactAssessment = try Self.assessment(entry, register, request)
    crypto = try Self.crypto(entry, register, request, valid)
    (self.profile, withheld) = try Self.restricted(profile, entry, register)
    (self.entry, approvals) = (entry, valid)
  }

  /// Refuses datasets that need an opt-in where none is given, with a purpose.
  private static func confirmOptIn(_ profile: ExportProfile, _ request: Request) throws(ExportRefusal) {
    guard let part = profile.datasets.first(where: { $0.dataset.restriction != nil }) else { return }
    if request.allowsRestricted, request.purpose?.isEmpty == false { return }
    let title = part.dataset.title
    throw ExportRefusal(
      profile.name, message: LocalizedText(zh: "含受限数据集“\(title.zh)”", en: "holds the restricted dataset \(part.dataset.name)"),
      hint: LocalizedText(
        zh: "确有依据时用 --allow-restricted，并用 --purpose 写明用途",
        en: "Where there is a basis, give --allow-restricted and say what for with --purpose"))
  }

  private static func entry(
    _ profile: ExportProfile, _ register: RecipientRegister, _ request: Request
  ) throws(ExportRefusal) -> RecipientEntry {
    let fitting = register.entries(for: profile.name)
    let subject = register.path.isEmpty ? "recipients.yaml" : register.path
    if let name = request.recipient {
      guard let entry = register.entry(name) else {
        throw ExportRefusal(
          subject, message: LocalizedText(zh: "没有登记接收方 \(name)", en: "has no recipient \(name)"),
          hint: LocalizedText(
            zh: "先在 recipients.yaml 登记：名称、统一社会信用代码、法律依据、方案、字段、渠道、批准",
            en: "Enter it in recipients.yaml first: name, credit code, legal basis, profiles, fields, channel, approvals"))
      }
      guard fitting.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
        throw ExportRefusal(
          subject,
          message: LocalizedText(
            zh: "接收方 \(name) 没有登记方案 \(profile.name)", en: "does not let \(name) have the profile \(profile.name)"),
          hint: LocalizedText(zh: "登记后再导出", en: "Enter the profile under profiles of the recipient"))
      }
      return entry
    }
    guard fitting.count == 1 else {
      let names = fitting.map(\.name).joined(separator: ", ")
      throw ExportRefusal(
        subject,
        message: fitting.isEmpty
          ? LocalizedText(zh: "没有可以接收方案 \(profile.name) 的接收方", en: "has nobody who may receive the profile \(profile.name)")
          : LocalizedText(
            zh: "方案 \(profile.name) 有几个接收方：\(names)", en: "has several who may receive \(profile.name): \(names)"),
        hint: fitting.isEmpty
          ? LocalizedText(
            zh: "先在 recipients.yaml 登记接收方，并在 yaosu.yaml 写 recipients: recipients.yaml",
            en: "Enter the recipient in recipients.yaml, and say recipients: recipients.yaml in yaosu.yaml")
          : LocalizedText(zh: "用 --recipient 指定一个", en: "Choose one with --recipient"))
    }
    return fitting[0]
  }

  /// Refuses where fewer bodies approve than must.
  private static func confirm(
    _ valid: [ExportApproval], _ entry: RecipientEntry, _ register: RecipientRegister, _ request: Request,
    on days: [CalendarDate]
  ) throws(ExportRefusal) {
    let bodies = Set(valid.map { Array($0.body.utf8) }).count
    if bodies >= entry.approvalCount { return }
    let ended = (entry.approvals + request.approvals).filter { approval in days.contains { approval.validUntil < $0 } }.map {
      "\($0.number)（\($0.validUntil.text)）"
    }
    let which = ended.joined(separator: "、")
    throw ExportRefusal(
      register.path,
      message: LocalizedText(
        zh: "向 \(entry.name) 提供需要 \(entry.approvalCount) 个单位批准，现有 \(bodies) 个有效" + (which.isEmpty ? "" : "；已过期：\(which)"),
        en: "asks for approvals of \(entry.approvalCount) bodies for \(entry.name), and \(bodies) hold"
          + (which.isEmpty ? "" : "; ended: " + ended.joined(separator: ", "))),
      hint: LocalizedText(
        zh: "续批后更新 recipients.yaml，或用 --approval 编号,单位,日期,有效期至",
        en: "Enter a new one in recipients.yaml, or give --approval NUMBER,BODY,DATE,VALID-UNTIL"))
  }

  private static func assessment(
    _ entry: RecipientEntry, _ register: RecipientRegister, _ request: Request
  ) throws(ExportRefusal) -> String {
    if let found = request.impactAssessment ?? entry.impactAssessment, !found.isEmpty { return found }
    throw ExportRefusal(
      register.path,
      message: LocalizedText(
        zh: "向 \(entry.name) 提供个人信息前须做影响评估（个人信息保护法第55条）",
        en: "has no impact assessment for \(entry.name), which PIPL 55 asks for"),
      hint: LocalizedText(
        zh: "在 recipients.yaml 写 impactAssessment，或用 --pia 编号", en: "Enter impactAssessment, or give --pia REFERENCE"))
  }

  private static func crypto(
    _ entry: RecipientEntry, _ register: RecipientRegister, _ request: Request, _ valid: [ExportApproval]
  ) throws(ExportRefusal) -> [String]? {
    switch entry.channel {
    case .encrypted(let words) where !request.isUnencrypted: return words
    case .plain(let number?) where valid.contains(where: { $0.number.utf8.elementsEqual(number.utf8) }): return nil
    default:
      if request.isUnencrypted, request.approvals.contains(where: valid.contains) { return nil }
      throw ExportRefusal(
        register.path,
        message: LocalizedText(
          zh: "\(entry.name) 的包不加密送出，须有批准", en: "lets packages for \(entry.name) leave unencrypted by an approval only"),
        hint: LocalizedText(
          zh: "改用 channel: encrypted-file，或用 --unencrypted 并给出 --approval",
          en: "Use channel: encrypted-file, or give --unencrypted with --approval"))
    }
  }

  /// Refuses names of fields in the register that their dataset does not have: a slip would keep a field back in silence.
  private static func confirmNames(
    _ parts: [ProfileDataset], _ entry: RecipientEntry, _ register: RecipientRegister
  ) throws(ExportRefusal) {
    for part in parts {
      let named = entry.fields.first { $0.dataset.utf8.elementsEqual(part.dataset.name.utf8) }?.fields ?? []
      guard let unknown = named.first(where: { part.dataset.index(of: $0) == nil }) else { continue }
      throw ExportRefusal(
        register.path,
        message: LocalizedText(
          zh: "接收方 \(entry.name) 登记了 \(part.dataset.name) 没有的字段 \(unknown)",
          en: "names \(unknown) for \(entry.name), which \(part.dataset.name) does not have"),
        hint: LocalizedText(zh: "更正 fields 下的字段名", en: "Correct the name under fields"))
    }
  }

  /// Refuses conditions over fields that the recipient may not have: who stands in a file would say what they say.
  private static func confirmConditions(
    _ parts: [ProfileDataset], _ entry: RecipientEntry, _ register: RecipientRegister
  ) throws(ExportRefusal) {
    for part in parts {
      for place in part.conditionFields {
        let field = part.dataset.fields[place]
        if entry.admits(field.name, of: part.dataset.name, isSensitive: field.sensitivity == .sensitive) { continue }
        throw ExportRefusal(
          register.path,
          message: LocalizedText(
            zh: "方案的条件用到接收方 \(entry.name) 没有登记的字段 \(field.name)",
            en: "does not let \(entry.name) have \(field.name), which a condition of the profile asks for"),
          hint: LocalizedText(zh: "登记该字段，或从 where 和 rules 中去掉", en: "Enter the field, or take it out of where and rules"))
      }
    }
  }

  /// The profile whose columns show what the recipient may have, and nothing else.
  private static func restricted(
    _ profile: ExportProfile, _ entry: RecipientEntry, _ register: RecipientRegister
  ) throws(ExportRefusal) -> (ExportProfile, [(dataset: String, field: String)]) {
    // What the register does not name at all is left out whole.
    let own = profile.datasets.filter { part in entry.fields.contains { $0.dataset.utf8.elementsEqual(part.dataset.name.utf8) }
    }
    var withheld: [(dataset: String, field: String)] = profile.datasets.map(\.dataset.name).filter { name in
      !own.contains { $0.dataset.name == name }
    }.map { ($0, "*") }
    if own.isEmpty {
      throw ExportRefusal(
        register.path,
        message: LocalizedText(
          zh: "接收方 \(entry.name) 没有登记方案 \(profile.name) 的任何数据集",
          en: "does not let \(entry.name) have any dataset of \(profile.name)"),
        hint: LocalizedText(zh: "在 fields 下登记数据集和字段", en: "Enter datasets and fields under fields"))
    }
    let datasets = own.map { part in
      let hidden = part.shownFields.filter { place in
        let field = part.dataset.fields[place]
        // Of a dataset in which standing says something sensitive, or that needs an opt-in, each field is named.
        let isSensitive = field.sensitivity == .sensitive || part.dataset.isSensitive || part.dataset.restriction != nil
        return !entry.admits(field.name, of: part.dataset.name, isSensitive: isSensitive)
      }
      withheld += hidden.map { (part.dataset.name, part.dataset.fields[$0].name) }
      return part.withholding(Set(hidden))
    }
    try confirmNames(own, entry, register)
    try confirmConditions(own, entry, register)
    for part in own {
      for field in part.dataset.key where part.shownFields.contains(field) {
        let name = part.dataset.fields[field].name
        let isHidden = withheld.contains { $0.dataset == part.dataset.name && $0.field == name }
        if isHidden, part.aggregate == nil {
          throw ExportRefusal(
            register.path,
            message: LocalizedText(
              zh: "接收方 \(entry.name) 没有登记 \(part.dataset.name) 的主键字段 \(name)",
              en: "does not let \(entry.name) have \(name), the key of \(part.dataset.name)"),
            hint: LocalizedText(zh: "登记该字段，或换一个方案", en: "Enter the field, or choose another profile"))
        }
      }
    }
    return (profile.with(datasets), withheld)
  }
}
