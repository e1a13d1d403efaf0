extension WarehouseFormat {
  /// What makes a file of format 9 one of format 10: whose the records of a package were, and which waiting rows are perhaps of somebody who stands.
  ///
  /// The `terms` of a run are what it was done by beside its model, so that it can be done again. A `linkage_hint` says that a waiting row fits a stored one; it holds no value of either.
  ///
  /// A package of records that say whose they are keeps, of each row or person that its receiver has when it has taken it in (`sent`, row numbers in
  /// their order), what it said (`sent_as`): the number of the person, or the digest of a golden record. A delta is told by it.
  static let entities = """
    ALTER TABLE package_dataset ADD COLUMN sent BLOB NOT NULL DEFAULT x'';
    ALTER TABLE package_dataset ADD COLUMN sent_as BLOB NOT NULL DEFAULT x'';
    ALTER TABLE linkage_run ADD COLUMN terms TEXT NOT NULL DEFAULT '';
    CREATE TABLE linkage_hint (
      quarantine INTEGER PRIMARY KEY REFERENCES quarantine(id),
      kind TEXT NOT NULL,
      dataset TEXT NOT NULL,
      row INTEGER NOT NULL,
      pattern INTEGER NOT NULL,
      weight INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX linkage_hint_row ON linkage_hint (dataset, row);
    """
}
