import ElementCore
import ElementExchange
import ElementFormats
import ElementWarehouse

extension ExportRefusal {
  /// Of a format that the profile does not have.
  static func format(_ profile: ExportProfile, _ format: WrittenFormat) -> ExportRefusal {
    let names = profile.layout.formats.map(\.rawValue).joined(separator: ", ")
    return ExportRefusal(
      profile.name, message: LocalizedText(zh: "方案没有格式 \(format.rawValue)", en: "has no format \(format.rawValue)"),
      hint: LocalizedText(zh: "可用：\(names)", en: "Use one of \(names)"))
  }

  /// Of an encrypted package under the name of an archive.
  static func encryptedName(_ profile: ExportProfile) -> ExportRefusal {
    ExportRefusal(
      profile.name, message: LocalizedText(zh: "加密的包不是 .zip", en: "is encrypted for this recipient, and then no .zip"),
      hint: LocalizedText(zh: "文件名写成 .zip.age 之类", en: "Choose a name such as package.zip.age"))
  }

  /// Of headings that the format cannot hold.
  static func heading(_ profile: ExportProfile) -> ExportRefusal {
    ExportRefusal(
      profile.name,
      message: LocalizedText(
        zh: "列名写不进 \(profile.layout.format.rawValue)，或编码没有其中的字",
        en: "has headings that \(profile.layout.format.rawValue) or the encoding cannot hold"),
      hint: LocalizedText(zh: "改列名，或换格式、编码", en: "Change the headings, the format or the encoding"))
  }

  /// Of two files of one name, or of one that a package needs itself.
  static func fileName(_ profile: ExportProfile, _ name: String) -> ExportRefusal {
    ExportRefusal(
      profile.name,
      message: LocalizedText(
        zh: "数据文件名 \(name) 重复，或是数据包自己要用的", en: "names a data file \(name) twice, or as a package calls its own files"),
      hint: LocalizedText(zh: "在 fileName 中加 {table}、{kind} 或 {part}", en: "Put {table}, {kind} or {part} into fileName"))
  }

  /// Of pseudonyms without a key.
  static func pseudonymKey(_ profile: ExportProfile) -> ExportRefusal {
    ExportRefusal(
      profile.name, message: LocalizedText(zh: "方案用假名（pseudonym），没有给出密钥", en: "writes pseudonyms, and no key is given"),
      hint: LocalizedText(
        zh: "用 --pseudonym-key 给出密钥文件（16 字节以上，0600）", en: "Name a key file (16 bytes or more, 0600) with --pseudonym-key"))
  }

  /// Of records that say whose they are, where nobody has been found yet.
  static func unlinked(_ profile: ExportProfile) -> ExportRefusal {
    ExportRefusal(
      profile.name,
      message: LocalizedText(zh: "写明记录是谁的（entity），而台账还没有归并", en: "says whose records are, and nobody has been found yet"),
      hint: LocalizedText(zh: "先运行 yaosu dedupe find --apply", en: "Run yaosu dedupe find --apply first"))
  }

  /// Of more records than the target takes.
  static func tooMany(_ profile: ExportProfile, _ limit: Int) -> ExportRefusal {
    ExportRefusal(
      profile.name, message: LocalizedText(zh: "记录超过方案上限 \(limit)", en: "would hold more than its limit of \(limit) records"),
      hint: LocalizedText(zh: "没有写出任何文件；请缩小 where，或与对方商定上限", en: "Nothing was written; narrow where, or agree on another limit")
    )
  }

  /// Of a delta over records that were removed for good.
  static func erased(_ profile: ExportProfile) -> ExportRefusal {
    ExportRefusal(
      profile.name,
      message: LocalizedText(
        zh: "上次确认之后有记录被彻底清除，它们的主键没有保留，增量无法告知对方删除",
        en: "cannot tell of records that were removed for good since the last acknowledged package: their keys are not kept"),
      hint: LocalizedText(
        zh: "请用 --full 发全量，对方以全量替换；只追加的中间表请另行告知对方删除",
        en:
          "Send a full package with --full, which replaces what the target has; tell the owner of a table that is only added to by other means"
      ))
  }

  /// Of a resending where nothing was refused.
  static func nothingRefused(_ profile: ExportProfile, _ cause: ReceiptMapping.Cause) -> ExportRefusal {
    ExportRefusal(
      profile.name,
      message: LocalizedText(zh: "没有因 \(cause.rawValue) 被退回的记录", en: "has no record that was refused for \(cause.rawValue)"),
      hint: LocalizedText(zh: "先用 yaosu receipt 读入回执", en: "Read the answer with yaosu receipt first"))
  }

  /// Of a delta by a profile that tells none.
  static func noDelta(_ profile: ExportProfile) -> ExportRefusal {
    ExportRefusal(
      profile.name, message: LocalizedText(zh: "方案只发全量（deletions: never）", en: "makes full packages only (deletions: never)"),
      hint: LocalizedText(zh: "去掉 --since", en: "Leave --since out"))
  }

  /// Of a delta since something that is no package.
  static func noBase(_ profile: ExportProfile, _ point: String) -> ExportRefusal {
    ExportRefusal(
      profile.name,
      message: LocalizedText(zh: "没有以 \(point) 为起点的已确认包", en: "has no acknowledged package that \(point) means"),
      hint: LocalizedText(
        zh: "先用 --full 发全量，收到回执后再发增量；--since 写包号、批次、日期或 last",
        en: "Send a full package first, and read its receipt; --since takes a package, a batch, a day or last"))
  }

  /// Of a delta after the profile changed.
  static func otherProfile(_ profile: ExportProfile, _ point: String) -> ExportRefusal {
    ExportRefusal(
      profile.name,
      message: LocalizedText(
        zh: "\(point) 之后方案改过，增量说不清每条记录的变化",
        en: "was changed since \(point): every record may be other"),
      hint: LocalizedText(zh: "请用 --full 发全量", en: "Send a full package with --full"))
  }
}
