/// How much of a document a parser takes, and what it is asked for.
package struct XMLLimits: Sendable {
  /// How deep elements may be nested.
  package let depth: Int
  /// How many attributes an element may have.
  package let attributes: Int
  /// The depth, from 1 for the root, of the elements whose places are asked for, and those around them; 0 for none.
  package let tagDepth: Int

  /// Limits.
  package init(depth: Int = 64, attributes: Int = 256, tagDepth: Int = 0) {
    (self.depth, self.attributes, self.tagDepth) = (depth, attributes, tagDepth)
  }
}
