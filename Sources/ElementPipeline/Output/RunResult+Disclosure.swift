import ElementCore
import ElementFormats
import ElementSchema
import ElementWarehouse

extension RunResult {
  /// Tells the audit chain of the run's warehouse, before a list is written, that it shows values as they were written, to whom and for what.
  ///
  /// - Throws: `WarehouseError` where the chain cannot be written to: then nothing may be shown.
  package func tellDisclosure(_ options: DeliveryOptions) throws {
    guard let path = options.warehouse else { bug("values are shown, and no chain tells of it") }
    var head = options.head(schemaDigest: "", sender: options.sender)
    head.purpose = options.purpose
    let datasets = Set(inputs.map(\.map.dataset.name)).sorted()
    let count = findings.counts.values.reduce(0, +)
    // Showing makes no warehouse.
    _ = try Warehouse(path: path, mode: .read)
    try Warehouse(path: path, mode: .write).tellExport(head, "unmaskedFindings=\(count)", datasets: datasets)
  }
}
