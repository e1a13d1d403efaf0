/// How far a local number, such as that of a household, is unique: what a site says with `householdNumberScope`.
package enum NumberScope: String, Sendable, CaseIterable {
  /// In a community or village: 12 digits of a statistical code.
  case community
  /// In a street or township: 9 digits.
  case street
  /// Wherever the site reaches.
  case site

  /// How many digits of a statistical code name the area in which a number is unique.
  package var digits: Int {
    switch self {
    case .community: 12
    case .street: 9
    case .site: 0
    }
  }
}

/// A number that others give too, such as that of a household, which every village counts from 1 on, and the field that says where it was
/// given. All are fields of the dataset, from 0.
package struct LocalNumber: Sendable {
  /// What is counted anew in each community.
  package let number: Int
  /// Where it was given; filled from the others where a record does not say it.
  package let scope: Int
  /// The grid code that tells the community; nil for none.
  package let grid: Int?
  /// The name of the community; nil for none.
  package let community: Int?
}

/// What a row of a work list that was handed out holds before anybody answered: its number, which the list gave. All are fields of the dataset,
/// from 0.
package struct WorkListFields: Sendable {
  /// What the list gave to each row; begins with `QD`, the day and a hyphen.
  package let number: Int
  /// What a person fills in: a row in which all of them are empty says nothing yet.
  package let answers: [Int]
}

/// Where a dataset has the communities by code and name, both fields from 0.
package struct CommunityFields: Sendable {
  /// The 12 digits of its statistical code.
  package let code: Int
  /// What people call it.
  package let name: Int
}
