import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

extension DeliveryOptions {
  /// The limits that a run went beyond, beside so many rows of a dataset that are stored; none where somebody goes on with a held load, brings rows back that waited, or moves records to other grids.
  func excesses(_ result: RunResult, stored: (String) -> Int) -> [LoadLimits.Excess] {
    if resumes != nil || retries || regrids != nil { return [] }
    var own = LoadLimits()
    own.maxErrors = errorLimit.map { [$0] } ?? []
    var out = own.excesses(result.counts, renamed: 0, of: result.counts.read, dataset: nil)
    let names = Set(result.inputs.map { Array($0.map.dataset.name.utf8) })
    for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }).map({ String(decoding: $0, as: UTF8.self) }) {
      let inputs = result.inputs.filter { $0.map.dataset.name.utf8.elementsEqual(name.utf8) }
      var (counts, renamed) = (RunCounts(), 0)
      for input in inputs {
        counts.add(input.counts)
        for (key, count) in input.findings.counts.counts
        where key.code == NameOther.descriptor.code || key.code == OwnerOther.descriptor.code { renamed += count }
      }
      out += configuration.limits(of: name, sender: sender).excesses(
        counts, renamed: renamed, of: mode == .patch ? stored(name) : counts.read, dataset: name)
      for presence in result.presences where presence.dataset.utf8.elementsEqual(name.utf8) {
        out += configuration.limits(of: name, sender: sender).excesses(presence, read: counts.read)
      }
    }
    return out
  }
}
