import ElementCore
import ElementWarehouse

extension DeliveryOptions {
  /// How many findings of a code are kept where no full list is asked for: enough for a page and for people.
  private static let keptFindings = 1_000

  /// How many findings of a code are kept; nil for all.
  var findingLimit: Int? { keepsAllFindings ? nil : DeliveryOptions.keptFindings }

  /// Where the findings of an input go: a load keeps all errors, whatever the limit. What is too much for memory stands beside the list
  /// that is written, the warehouse, or where temporary files stand.
  var findingLog: FindingLog {
    FindingLog(
      FindingCounts(limit: findingLimit, keepsErrors: verb == .load),
      beside: findingsPaths + Warehouse.spillPlaces(warehouse))
  }
}
