extension RowComparer {
  /// Asks of rows that the delivery would take over whether other offices confirmed them lately.
  package func watchOwners(_ claim: OwnershipClaim) throws {
    guard let shape = lookup?.shape, storedCount > 0 else { return }
    owners = try RowOwners(db, shape, claim, before: Int(batch), path: path)
    claimsRows = claim.owner != nil
  }

  /// The office that the stored row of a number belongs to, where it is another than the delivery's; nil where it may be taken over.
  package func otherOwner(of id: Int64) -> RowOwner? { owners?.other(of: id) }
}
