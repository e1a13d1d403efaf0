import ElementCore
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

extension DeliveryOptions {
  /// Refuses a file of corrections that holds nothing but what rows are known by.
  ///
  /// - Throws: `InputError` of kind `usage`.
  func refuseIdlePatch(_ input: PreparedInput) throws(InputError) {
    guard mode == .patch else { return }
    let dataset = input.map.dataset
    let hasKey = dataset.key.allSatisfy { input.map.columnOfField[$0] != nil }
    let known = Set(hasKey ? dataset.key : dataset.key + (dataset.interim?.fields ?? []))
    let said = input.map.columnOfField.indices.filter { input.map.columnOfField[$0] != nil && !known.contains($0) }
    guard said.isEmpty else { return }
    throw InputError(
      .usage, path: input.survey.original.path,
      message: LocalizedText(
        zh: "除了识别记录的列以外没有别的列，无可更新（--mode patch）",
        en: "has no column beside those that rows are known by: there is nothing to change (--mode patch)"),
      hint: LocalizedText(zh: "请加上要更新的列", en: "Add the columns that are to change"))
  }

  /// What is asked for, with the dataset or the sender of the waiting rows that come back, where nobody said another; nil where that does not
  /// help.
  func pinned(by refusal: WaitingRefusal) -> DeliveryOptions? {
    var pinned = self
    switch refusal {
    case .otherDataset(_, let dataset, _, _) where self.dataset == nil: pinned.dataset = dataset
    case .otherSender(_, let sender?, _, _) where self.sender == nil: pinned.sender = sender
    default: return nil
    }
    return pinned
  }

  /// The batch that answers a request that was made before; nil for a new one.
  ///
  /// - Throws: `RequestRefusal` where the request was made with another delivery, or its load was taken back.
  func answered(_ warehouse: Warehouse, digest: String) throws -> Int? {
    guard let request, let earlier = try warehouse.batch(ofRequest: request) else { return nil }
    guard earlier.deliveryDigest.utf8.elementsEqual(digest.utf8) else {
      throw RequestRefusal(request: request, batch: earlier.batch, isUndone: false)
    }
    if earlier.isUndone { throw RequestRefusal(request: request, batch: earlier.batch, isUndone: true) }
    return earlier.batch
  }
}
