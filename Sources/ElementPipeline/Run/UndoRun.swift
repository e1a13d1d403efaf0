package import ElementCore
package import ElementSchema
package import ElementWarehouse

/// Takes a load back: what `yaosu undo` does.
package struct UndoRun {
  /// Which batch, and how.
  package let order: Warehouse.UndoOrder
  /// The schemas: they say which fields name other rows, and how keys are shown.
  package let pack: SchemaPack
  /// Who takes it back.
  package let operatorName: String
  /// The version of the program.
  package let toolVersion: String
  /// The day that counts as today.
  package let today: CalendarDate
  /// Which command it comes from.
  package var origin = AuditOrigin(command: "undo", arguments: [], account: "", host: "", anchor: nil)

  /// An order with what is known of who gives it.
  package init(
    _ order: Warehouse.UndoOrder, pack: SchemaPack, operatorName: String, toolVersion: String, today: CalendarDate
  ) {
    (self.order, self.pack, self.operatorName, self.toolVersion, self.today) = (order, pack, operatorName, toolVersion, today)
  }

  /// Takes the batch back in the warehouse at a path.
  ///
  /// - Throws: `UndoRefusal`, `WarehouseError`; nothing is changed then.
  package func run(_ path: String) throws -> UndoReport {
    // An undo makes no warehouse.
    _ = try Warehouse(path: path, mode: .read, wait: 0)
    var head = BatchHead(
      operatorName: operatorName, sender: nil, area: nil, toolVersion: toolVersion, schemaDigest: pack.digest,
      deliveryDigest: "",
      asOf: today.text)
    head.origin = origin
    return try Warehouse(path: path, mode: .write).undo(order, head, references: references, known: known)
  }

  /// What rows without a key are known by, by the name of their dataset.
  private var known: [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: pack.datasets.compactMap { dataset in
        dataset.interim.map { (dataset.name, dataset.names(of: $0.must)) }
      })
  }

  /// The fields by which rows of the pack's datasets name others.
  private var references: [StoredReference] {
    pack.datasets.flatMap { dataset in
      dataset.references.flatMap { reference in
        reference.targets.map { target in
          StoredReference(
            dataset: dataset.name, field: dataset.fields[reference.field].name, target: target,
            targetField: reference.targetField)
        }
      }
    }
  }
}
