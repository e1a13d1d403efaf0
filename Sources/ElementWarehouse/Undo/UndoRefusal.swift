/// A batch that cannot be taken back.
package enum UndoRefusal: Error, Sendable, Equatable {
  /// There is none of the number.
  case missing(Int)
  /// It was taken back already, by another one.
  case undone(Int, by: Int)
  /// It took another batch back for good: what that had made is not there any more.
  case erased(Int)
  /// It took another batch back itself, and made nothing that could be removed for good.
  case madeNothing(Int)
  /// It gave up a held load, by its batch, whose files are gone.
  case givenUp(Int, held: Int)
  /// A limit held it: nothing of it was stored.
  case held(Int)
  /// A row of a dataset was there before it, and the version of before is not.
  case damaged(dataset: String)
  /// A former value of a field is no number, which the column holds now.
  case misfit(dataset: String, field: String)
}
