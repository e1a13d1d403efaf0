package import ElementCore
import ElementSchema

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

}
