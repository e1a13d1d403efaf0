package import ElementCore
import ElementRules
package import ElementSchema

extension SchemaPack {
  /// The rules of a run with these schemas: theirs, beside the built-in ones.
  package var book: RuleBook { RuleBook(RuleCatalog.all + datasets.flatMap(\.descriptors)) }
}
